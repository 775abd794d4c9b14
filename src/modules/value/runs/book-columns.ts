import { type BookColumns, noCode, noDay } from '#modules/customers/public.ts'
import { type ActivityWindows, activityOf } from '../domain/activity.ts'
import { dayText } from '../domain/as-of.ts'
import { netRevenueOf } from '../domain/pyramid.ts'
import type { ValuationBook } from '../domain/valuation-book.ts'
import type { ValuationFigures } from '../domain/valuation-score.ts'

/** The figures of a valuation as the book of customers takes them. Probabilities and counts are handed over as they are, money is rounded to minor units. */
export function bookColumns(
  ids: Uint8Array,
  book: ValuationBook,
  figures: ValuationFigures,
  orders: Int32Array,
  windows: ActivityWindows,
): BookColumns {
  const count = book.customers
  const firstOrderDay = new Int32Array(count)
  const lastOrderDay = new Int32Array(count)
  const revenueMinor = new Float64Array(count)
  const lifetimeValueMinor = new Float64Array(count)
  const expectedSpendMinor = new Float64Array(count)
  const activity = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    const bought = book.history.purchaseDays[i]! > 0
    firstOrderDay[i] = bought ? book.history.firstDay[i]! : noDay
    lastOrderDay[i] = bought ? book.history.lastDay[i]! : noDay
    revenueMinor[i] = netRevenueOf(book, i)
    const lifetimeValue = figures.lifetimeValue[i]!
    lifetimeValueMinor[i] = Number.isNaN(lifetimeValue) ? 0 : Math.round(lifetimeValue)
    expectedSpendMinor[i] = Math.round(figures.expectedOrders[i]! * figures.expectedSpend[i]!)
    activity[i] = activityOf(book.history, i, windows)
  }
  return {
    count,
    ids,
    orders,
    firstOrderDay,
    lastOrderDay,
    revenueMinor,
    profitMinor: figures.profit.map(Math.round),
    lifetimeValueMinor,
    expectedSpendMinor,
    expectedOrders: figures.expectedOrders,
    probabilityAlive: figures.probabilityAlive,
    probabilityOrdering: figures.probabilityOrdering,
    tier: figures.tier.map((code) => code - 1),
    valueLabel: figures.valueLabel.map((code) => Math.max(0, code - 1)),
    activity,
    segment: codes(figures.segment, -1),
    recencyScore: codes(figures.recencyScore, 0),
    frequencyScore: codes(figures.frequencyScore, 0),
    monetaryScore: codes(figures.monetaryScore, 0),
    valuedOn: dayText(book.settings.asOfDay),
  }
}

const codes = (values: Uint8Array, shift: number): Uint8Array => values.map((value) => (value === 0 ? noCode : value + shift))
