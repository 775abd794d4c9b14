/** What may become of a customer who costs more than they bring (C-09). */
export const treatmentOutcomes = ['keep', 'raise-price', 'reduce-cost', 'release'] as const
export type TreatmentOutcome = (typeof treatmentOutcomes)[number]

export const treatmentStates = ['proposed', 'approved', 'rejected'] as const
export type TreatmentState = (typeof treatmentStates)[number]

/** Sums of a customer as the latest valuation has them, minor units; all ≥ 0 as recorded. */
export interface ProfitParts {
  readonly revenueMinor: number
  readonly discountMinor: number
  readonly refundMinor: number
  readonly costOfGoodsMinor: number
  readonly costToServeMinor: number
}

/** By which share prices rise or the cost to serve falls, and which share of their purchases the customer is expected to give up for it; shares of 1. Unused by the other outcomes. */
export interface TreatmentTerms {
  readonly changeShare: number
  readonly lostShare: number
}

/** Profit = revenue − discounts − refunds − cost of goods − cost to serve. */
export const profitNow = (parts: ProfitParts): number =>
  parts.revenueMinor - parts.discountMinor - parts.refundMinor - parts.costOfGoodsMinor - parts.costToServeMinor

/**
 * The profit that the customer would have brought under an outcome, minor units, rounded once. keep: as it is. raise-price: net revenue · (1 + rise) of the purchases that remain, less their goods; serving costs what
 * it costs. reduce-cost: purchases that remain, at a cost to serve of (1 − cut). release: nothing comes and nothing goes. What was already bought and given back is a share of what is bought.
 */
export function projectedProfit(parts: ProfitParts, outcome: TreatmentOutcome, terms: TreatmentTerms): number {
  const net = parts.revenueMinor - parts.discountMinor - parts.refundMinor
  const kept = 1 - terms.lostShare
  switch (outcome) {
    case 'keep':
      return profitNow(parts)
    case 'raise-price':
      return Math.round(kept * (net * (1 + terms.changeShare) - parts.costOfGoodsMinor) - parts.costToServeMinor)
    case 'reduce-cost':
      return Math.round(kept * (net - parts.costOfGoodsMinor) - parts.costToServeMinor * (1 - terms.changeShare))
    case 'release':
      return 0
  }
}

/** Why an outcome cannot be proposed, or null. Who is exempt as strategic is never proposed for release (C-10), nor is anybody who is not lead. */
export function refusedTreatment(
  outcome: TreatmentOutcome,
  customer: { readonly tier: string | null; readonly exempt: boolean },
): 'exempt-from-release' | 'not-lead' | null {
  if (outcome !== 'release') return null
  if (customer.exempt) return 'exempt-from-release'
  return customer.tier === 'lead' ? null : 'not-lead'
}
