import type { Deviation } from '#modules/orders/domain/deviations.ts'
import type { FreightKind, TermName } from '#modules/orders/domain/terms.ts'
import type { Category } from './taxonomy.ts'

/** Which reason of a contract complaint a term is (G-02). */
const reasonOfTerm: Readonly<Record<TermName, string>> = {
  quantity: 'quantity',
  grade: 'grade',
  specification: 'specification',
  deliveryTime: 'delivery-time',
  deliveryPlace: 'delivery-place',
  settlement: 'settlement',
  tradeTerms: 'trade-terms',
}
/** Which reason of a freight complaint something that happened on the way is. */
const reasonOfFreight: Readonly<Record<FreightKind, string>> = {
  damage: 'damage',
  loss: 'loss',
  deterioration: 'deterioration',
  handling: 'packing-handling',
}

/**
 * With what a complaint about an order begins (O-06): what happened to the goods on their way explains what is missing and so comes first; else the first term that was not kept. Null where all was as promised.
 *
 * @example complaintOf([{ term: 'quantity', … }], []) // => { category: 'contract', reason: 'quantity' }
 */
export function complaintOf(
  deviations: readonly Pick<Deviation, 'term' | 'difference'>[],
  freight: readonly { readonly kind: FreightKind }[],
): { readonly category: Category; readonly reason: string } | null {
  const [happened] = freight
  if (happened) return { category: 'freight', reason: reasonOfFreight[happened.kind] }
  const broken = deviations.find((one) => !tooEarly(one))
  return broken ? { category: 'contract', reason: reasonOfTerm[broken.term] } : null
}

/** Before the promised day is otherwise than promised, but seldom what somebody complains of. */
const tooEarly = ({ difference }: Pick<Deviation, 'difference'>): boolean => difference?.unit === 'days' && difference.days < 0
