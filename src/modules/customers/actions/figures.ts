import type { Context, Reach } from '#platform/context.ts'
import { refuse } from '#platform/refusal.ts'
import type { BookFigures } from '../domain/book.ts'
import { customersWithin } from '../store/lookups.ts'

/** What a customer brings is the business of whoever may see values, as far as that reaches, also where it stands beside the archive. The shell blanks what contracts mark for whoever may not see it at all; this is for the rest. */
const valuesReach = ({ actor }: Pick<Context, 'actor'>): Reach => (actor.can('value.read') ? actor.reach('value.read') : [])

/** Whether figures of every customer within the reach of the endpoint are seen: only then may one search or sort by them. */
export function seesFigures(context: Pick<Context, 'actor' | 'reach'>): boolean {
  const [far, asked] = [valuesReach(context), context.reach]
  if (!context.actor.can('value.read')) return false
  return far === 'all' || (asked !== 'all' && asked.every((owner) => far.includes(owner)))
}

/** Those of some customers within reach whose figures one sees. */
export async function withFiguresOf(context: Context, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (seesFigures(context)) return new Set(ids)
  const far = valuesReach(context)
  return far.length === 0 ? new Set() : customersWithin(context.db, [...ids], far)
}

export const noFigures: Readonly<Record<keyof BookFigures, null>> = {
  orders: null,
  firstOrderDay: null,
  lastOrderDay: null,
  revenueMinor: null,
  profitMinor: null,
  lifetimeValueMinor: null,
  expectedSpendMinor: null,
  expectedOrders: null,
  probabilityAlive: null,
  probabilityOrdering: null,
  tier: null,
  valueLabel: null,
  activity: null,
  segment: null,
  recencyScore: null,
  frequencyScore: null,
  monetaryScore: null,
  valuedOn: null,
}

/** Who is in a list by a figure would tell the figure. */
export const hiddenFigure = () =>
  refuse('forbidden', 'hidden-field', 'You do not see what customers bring, so you cannot pick customers by it')
