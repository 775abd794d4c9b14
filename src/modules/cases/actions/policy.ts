import { figuresOf } from '#modules/customers/public.ts'
import { servicePolicyOf } from '#modules/value/public.ts'
import type { Context } from '#platform/context.ts'
import type { PolicyTerms } from '../domain/event.ts'

/** By which policy a customer's case is served, as it is now. */
export async function policyFor(context: Context, customerId: string): Promise<PolicyTerms> {
  const { id, version, priority, servedByTeamId } = await servicePolicyOf(context, customerId)
  // Of a customer who is served by a segment's policy, too.
  const { tier, valuedOn } = await figuresOf(context.db, customerId)
  return { policyId: id, version, tier: valuedOn === null ? null : tier, priority, teamId: servedByTeamId }
}
