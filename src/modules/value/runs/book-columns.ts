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

/**
 * The figures of the customers from … to − 1 as the book of customers takes them. Probabilities and counts are handed over as they are, money is rounded to minor units. Stays good when the valuation's book is
 * given back, not when its figures are.
 */
export function bookColumns({ ids, book, figures, windows }: ValuedBook, from: number, to: number): BookColumns {
  const count = to - from
  const firstOrderDay = new Int32Array(count)
  const lastOrderDay = new Int32Array(count)
  const revenueMinor = new Float64Array(count)
  const lifetimeValueMinor = new Float64Array(count)
  const expectedSpendMinor = new Float64Array(count)
  const activity = new Uint8Array(count)
  for (let i = from; i < to; i++) {
    const at = i - from
    const bought = book.history.purchaseDays[i]! > 0
    firstOrderDay[at] = bought ? book.history.firstDay[i]! : noDay
    lastOrderDay[at] = bought ? book.history.lastDay[i]! : noDay
    revenueMinor[at] = netRevenueOf(book, i)
    const lifetimeValue = figures.lifetimeValue[i]!
    lifetimeValueMinor[at] = Number.isNaN(lifetimeValue) ? 0 : Math.round(lifetimeValue)
    expectedSpendMinor[at] = Math.round(figures.expectedOrders[i]! * figures.expectedSpend[i]!)
    activity[at] = activityOf(book.history, i, windows)
  }
  const codes = (values: Uint8Array, shift: number) => values.subarray(from, to).map((value) => (value === 0 ? noCode : value + shift))
  return {
    count,
    ids: ids.subarray(from * 16, to * 16),
    orders: book.orders.slice(from, to),
    firstOrderDay,
    lastOrderDay,
    revenueMinor,
    profitMinor: figures.profit.subarray(from, to).map(Math.round),
    lifetimeValueMinor,
    expectedSpendMinor,
    expectedOrders: figures.expectedOrders.subarray(from, to),
    probabilityAlive: figures.probabilityAlive.subarray(from, to),
    probabilityOrdering: figures.probabilityOrdering.subarray(from, to),
    tier: figures.tier.subarray(from, to).map((code) => code - 1),
    valueLabel: figures.valueLabel.subarray(from, to).map((code) => Math.max(0, code - 1)),
    activity,
    segment: codes(figures.segment, -1),
    recencyScore: codes(figures.recencyScore, 0),
    frequencyScore: codes(figures.frequencyScore, 0),
    monetaryScore: codes(figures.monetaryScore, 0),
    valuedOn: dayText(book.settings.asOfDay),
  }
}
