import { type TierFloors, type TierSettings, tierByFloors, tierCode, tierOfCode } from './tiers.ts'
import type { ValuationBook } from './valuation-book.ts'
import type { ValuationFigures } from './valuation-score.ts'

/**
 * Why a customer is in a tier. rank and amount: the profit lies within the tier's floors, which come from the rank of profit or were set as amounts ·
 * kept: it has left them, but by less than the hysteresis · costs-more: profit below 0 · by-hand: somebody decided so.
 */
export const tierReasons = ['rank', 'amount', 'kept', 'costs-more', 'by-hand'] as const
export type TierReason = (typeof tierReasons)[number]

/** Place in `tierReasons` of every customer's reason. */
export function tierReasonsOf(book: ValuationBook, figures: ValuationFigures, floors: TierFloors, settings: TierSettings): Uint8Array {
  const byBorder = tierReasons.indexOf('amount' in settings.by ? 'amount' : 'rank')
  const reasons = new Uint8Array(figures.tier.length)
  for (let i = 0; i < reasons.length; i++) reasons[i] = reasonOf(book, figures, i, floors, byBorder)
  return reasons
}

function reasonOf(book: ValuationBook, figures: ValuationFigures, i: number, floors: TierFloors, byBorder: number): number {
  const overridden = tierOfCode(book.overrideTier[i]!) !== null && book.overrideUntilDay[i]! >= book.settings.asOfDay
  if (overridden) return tierReasons.indexOf('by-hand')
  if (figures.profit[i]! < 0) return tierReasons.indexOf('costs-more')
  return tierCode(tierByFloors(figures.profit[i]!, floors)) === figures.tier[i] ? byBorder : tierReasons.indexOf('kept')
}
