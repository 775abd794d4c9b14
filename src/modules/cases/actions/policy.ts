import { servicePolicyOf } from '#modules/value/public.ts'
import type { Context } from '#platform/context.ts'
import type { PolicyTerms } from '../domain/event.ts'

/** By which policy a customer's case is served, as it is now. */
export async function policyFor(context: Context, customerId: string): Promise<PolicyTerms> {
  const { policy, tier } = await servicePolicyOf(context, customerId)
  return { policyId: policy.id, version: policy.version, tier, priority: policy.priority, teamId: policy.servedByTeamId }
}
