import type { Case } from './case.ts'
import type { RemedyKind } from './taxonomy.ts'

/** What the company offers when something went wrong (G-08); amounts in minor units of its own currency. */
export interface RemedyOffer {
  readonly id: string
  readonly kind: RemedyKind
  readonly names: Readonly<Record<string, string>>
  readonly defaultMinor: number
  /** Null: no limit beyond that of whoever approves. */
  readonly mostMinor: number | null
  /** Where not, whoever handles a case may give it at once, up to its limit. */
  readonly needsApproval: boolean
  readonly retired: boolean
  readonly version: number
}

/** Why a remedy does not fit the line of the catalogue that it names; null where it does. */
export function offerProblem(
  offer: RemedyOffer | undefined,
  remedy: { readonly kind?: RemedyKind; readonly amountMinor: number },
): 'no-such-offer' | 'another-kind' | 'over-offer-limit' | null {
  if (!offer || offer.retired) return 'no-such-offer'
  if (remedy.kind !== undefined && remedy.kind !== offer.kind) return 'another-kind'
  return offer.mostMinor !== null && remedy.amountMinor > offer.mostMinor ? 'over-offer-limit' : null
}

/** What somebody gives at once, with all that was given so in the case before. */
export interface Gift {
  readonly amountMinor: number
  readonly offerId?: string | null | undefined
}

/** What a case was given at once so far: what helped first, and the value of goods that were taken back. */
export const giftsOf = ({ interim, goods }: Pick<Case, 'interim' | 'goods'>): readonly Gift[] => [
  ...interim,
  ...(goods ? [{ amountMinor: goods.valueMinor }] : []),
]

/**
 * Whether something may be given at once, before anybody has decided: what the catalogue lets go without approval, up to its limit, and anything up to a small sum. Both limit what one case is given, however many times it
 * is given. What costs nothing may always be.
 */
export function mayGiveAtOnce(offer: RemedyOffer | null, amountMinor: number, smallSumMinor: number, before: readonly Gift[]): boolean {
  const sum = (gifts: readonly Gift[]) => gifts.reduce((all, gift) => all + gift.amountMinor, amountMinor)
  if (amountMinor === 0 || sum(before) <= smallSumMinor) return true
  if (offer === null || offer.needsApproval) return false
  return offer.mostMinor === null || sum(before.filter(({ offerId }) => offerId === offer.id)) <= offer.mostMinor
}
