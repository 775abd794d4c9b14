import { netRevenueOf } from './pyramid.ts'
import type { ValuationBasis } from './valuation.ts'
import type { ValuationBook } from './valuation-book.ts'
import type { ValuationFigures } from './valuation-score.ts'

export interface RfmCell {
  readonly recency: number
  readonly frequency: number
  readonly customers: number
  /** Mean of the customers' monetary scores. */
  readonly monetaryScore: number
  readonly revenueMinor: number
}

export interface RfmMap {
  readonly bands: number
  readonly windowDays: number | null
  /** Cells that somebody is in; customers without scores are in none. */
  readonly cells: readonly RfmCell[]
  /** Where each score above 1 begins; null where nobody reaches it. Recency as days since the last order, so it falls. */
  readonly limits: {
    readonly recencyDays: readonly (number | null)[]
    readonly frequency: readonly (number | null)[]
    readonly monetaryMinor: readonly (number | null)[]
  }
}

/** Customers by recency score and frequency score. */
export function rfmMap(book: ValuationBook, figures: ValuationFigures, basis: ValuationBasis): RfmMap {
  const { bands, windowDays } = basis.settings.rfm
  const cells = Array.from({ length: bands * bands }, () => ({ customers: 0, monetary: 0, revenue: 0 }))
  for (let i = 0; i < book.customers; i++) {
    if (figures.recencyScore[i] === 0) continue
    const cell = cells[(figures.recencyScore[i]! - 1) * bands + figures.frequencyScore[i]! - 1]!
    cell.customers++
    cell.monetary += figures.monetaryScore[i]!
    cell.revenue += netRevenueOf(book, i)
  }
  return {
    bands,
    windowDays,
    cells: cells.flatMap((cell, k) =>
      cell.customers === 0
        ? []
        : [
            {
              recency: Math.floor(k / bands) + 1,
              frequency: (k % bands) + 1,
              customers: cell.customers,
              monetaryScore: cell.monetary / cell.customers,
              revenueMinor: cell.revenue,
            },
          ],
    ),
    limits: {
      recencyDays: basis.cuts.recency.map((cut) => (finite(cut) === null ? null : -cut)),
      frequency: basis.cuts.frequency.map(finite),
      monetaryMinor: basis.cuts.monetary.map(finite),
    },
  }
}

/** Scores that nobody reaches begin beyond every value. */
const finite = (value: number): number | null => (Math.abs(value) < 1e300 ? value : null)
