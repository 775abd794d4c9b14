import { indexIds } from '../domain/id-index.ts'
import { emptyFormer, type FormerFigures } from '../domain/material-change.ts'
import { tierReasons } from '../domain/tier-reason.ts'
import { bookOfAll, type ValuationBook } from '../domain/valuation-book.ts'
import type { ValuationSettings } from '../domain/valuation-settings.ts'

/** What a valuation reads about its customers, one place per customer, ascending by id. */
export interface Gathered {
  readonly ids: Uint8Array
  /** Finds a customer's place by id; −1 for one who has none. */
  readonly place: (bytes: Uint8Array, at: number) => number
  readonly book: ValuationBook
  readonly former: FormerFigures
}

/** Room for the customers whose ids are given; everything about them is still unknown. `firstDay` is what the back-test is planned from, null: there is none. */
export function gatherFor(ids: Uint8Array, settings: ValuationSettings, firstDay: number | null): Gathered {
  const count = ids.length / 16
  return { ids, place: indexIds(ids), book: bookOfAll(settings, count, firstDay), former: emptyFormer(count) }
}

const byHand = tierReasons.indexOf('by-hand')

/** Takes the tiers that hysteresis may hold on to from the last assessments; call when those and the decisions are read. A tier that was set by hand is none once the decision has ended. */
export function holdFormerTiers({ book, former }: Gathered): void {
  for (let i = 0; i < book.customers; i++)
    book.formerTier[i] = former.tierReason[i] === byHand && book.overrideTier[i] === 0 ? 0 : former.tier[i]!
}
