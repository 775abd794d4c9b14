/** What other modules may use of value. */
import type { Context } from '#platform/context.ts'
import { rescoreCustomers } from './runs/rescore.ts'
import { type ServiceCost, saveServiceCost } from './store/service-costs.ts'

export { servicePolicyActions } from './actions/service-policies.ts'
export { servicePolicyOf, servicePolicyVersion } from './actions/service-policy-of.ts'
export {
  type ServiceChannel,
  type ServicePolicy,
  type ServiceTarget,
  serviceChannels,
  serviceTargets,
  type Targets,
} from './domain/service-policy.ts'
export {
  customerExempted,
  exemptionEnded,
  servicePolicyChanged,
  tierOverridden,
  tierOverrideEnded,
  tiersMoved,
  valueRevalued,
} from './facts.ts'
export { requestValuation } from './runs/request.ts'
export { marginSetting, serviceCostSetting, tierSetting } from './settings.ts'
export { exemptionOf, overrideOf } from './store/decisions.ts'
export { policiesSaved as servicePoliciesSaved } from './store/service-policies.ts'
export { listSpend, type Spend } from './store/spend.ts'
export { latestValuation, summaryPart } from './store/valuations.ts'

/** Records what a customer cost, in the transaction that caused it (a case's remedy, a reward), and scores the customer again. A second record of the same cause replaces the first. */
export const recordServiceCost = (context: Context, cost: ServiceCost): Promise<void> => recordServiceCosts(context, [cost])

/** The same of many, in order; each customer is scored once. */
export async function recordServiceCosts(context: Context, costs: readonly ServiceCost[]): Promise<void> {
  const changed: string[] = []
  for (const cost of costs) if (await saveServiceCost(context.db, cost)) changed.push(cost.customerId)
  if (changed.length > 0) await rescoreCustomers(context, changed)
}
export type { ServiceCost }
