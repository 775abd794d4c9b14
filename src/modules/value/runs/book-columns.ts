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
  const bought = (i: number) => book.history.purchaseDays[i]! > 0
  return {
    count,
    ids,
    orders,
    firstOrderDay: Int32Array.from({ length: count }, (_, i) => (bought(i) ? book.history.firstDay[i]! : noDay)),
    lastOrderDay: Int32Array.from({ length: count }, (_, i) => (bought(i) ? book.history.lastDay[i]! : noDay)),
    revenueMinor: Float64Array.from({ length: count }, (_, i) => netRevenueOf(book, i)),
    profitMinor: figures.profit.map(Math.round),
    lifetimeValueMinor: figures.lifetimeValue.map((value) => (Number.isNaN(value) ? 0 : Math.round(value))),
    expectedSpendMinor: Float64Array.from({ length: count }, (_, i) => Math.round(figures.expectedOrders[i]! * figures.expectedSpend[i]!)),
    expectedOrders: figures.expectedOrders,
    probabilityAlive: figures.probabilityAlive,
    probabilityOrdering: figures.probabilityOrdering,
    tier: figures.tier.map((code) => code - 1),
    valueLabel: figures.valueLabel.map((code) => Math.max(0, code - 1)),
    activity: Uint8Array.from({ length: count }, (_, i) => activityOf(book.history, i, windows)),
    segment: codes(figures.segment, -1),
    recencyScore: codes(figures.recencyScore, 0),
    frequencyScore: codes(figures.frequencyScore, 0),
    monetaryScore: codes(figures.monetaryScore, 0),
    valuedOn: dayText(book.settings.asOfDay),
  }
}

const codes = (values: Uint8Array, shift: number): Uint8Array => values.map((value) => (value === 0 ? noCode : value + shift))
