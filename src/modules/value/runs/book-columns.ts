import { type BookColumns, noCode, noDay } from '#modules/customers/public.ts'
import { type ActivityWindows, activityOf } from '../domain/activity.ts'
import { dayText } from '../domain/as-of.ts'
import { netRevenueOf } from '../domain/pyramid.ts'
import type { ValuationBook } from '../domain/valuation-book.ts'
import type { ValuationFigures } from '../domain/valuation-score.ts'

/** What the columns of the book are made from, one place per customer. */
export interface ValuedBook {
  /** Sixteen bytes per customer. */
  readonly ids: Uint8Array
  readonly book: ValuationBook
  readonly figures: ValuationFigures
  readonly windows: ActivityWindows
}

/** Arrays in which columns are made for so many customers at a time. */
export const columnsRoom = (customers: number) => ({
  firstOrderDay: new Int32Array(customers),
  lastOrderDay: new Int32Array(customers),
  revenueMinor: new Float64Array(customers),
  profitMinor: new Float64Array(customers),
  lifetimeValueMinor: new Float64Array(customers),
  expectedSpendMinor: new Float64Array(customers),
  tier: new Uint8Array(customers),
  valueLabel: new Uint8Array(customers),
  activity: new Uint8Array(customers),
  segment: new Uint8Array(customers),
  recencyScore: new Uint8Array(customers),
  frequencyScore: new Uint8Array(customers),
  monetaryScore: new Uint8Array(customers),
})

/**
 * The figures of the customers from … to − 1 as the book of customers takes them. Probabilities and counts are handed over as they are, money is rounded to minor units. Good until `room` is used
 * again, and until the valuation's own arrays are given back.
 */
export function bookColumns(
  { ids, book, figures, windows }: ValuedBook,
  from: number,
  to: number,
  room: ReturnType<typeof columnsRoom>,
): BookColumns {
  const count = to - from
  const code = (value: number, shift: number) => (value === 0 ? noCode : value + shift)
  for (let i = from; i < to; i++) {
    const at = i - from
    const bought = book.history.purchaseDays[i]! > 0
    room.firstOrderDay[at] = bought ? book.history.firstDay[i]! : noDay
    room.lastOrderDay[at] = bought ? book.history.lastDay[i]! : noDay
    room.revenueMinor[at] = netRevenueOf(book, i)
    room.profitMinor[at] = Math.round(figures.profit[i]!)
    const lifetimeValue = figures.lifetimeValue[i]!
    room.lifetimeValueMinor[at] = Number.isNaN(lifetimeValue) ? 0 : Math.round(lifetimeValue)
    room.expectedSpendMinor[at] = Math.round(figures.expectedOrders[i]! * figures.expectedSpend[i]!)
    room.tier[at] = figures.tier[i]! - 1
    room.valueLabel[at] = Math.max(0, figures.valueLabel[i]! - 1)
    room.activity[at] = activityOf(book.history, i, windows)
    room.segment[at] = code(figures.segment[i]!, -1)
    room.recencyScore[at] = code(figures.recencyScore[i]!, 0)
    room.frequencyScore[at] = code(figures.frequencyScore[i]!, 0)
    room.monetaryScore[at] = code(figures.monetaryScore[i]!, 0)
  }
  return {
    count,
    ids: ids.subarray(from * 16, to * 16),
    orders: book.orders.subarray(from, to),
    ...room,
    expectedOrders: figures.expectedOrders.subarray(from, to),
    probabilityAlive: figures.probabilityAlive.subarray(from, to),
    probabilityOrdering: figures.probabilityOrdering.subarray(from, to),
    valuedOn: dayText(book.settings.asOfDay),
  }
}
