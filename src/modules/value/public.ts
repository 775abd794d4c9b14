/** What other modules may use of value. */
import type { Context } from '#platform/context.ts'
import { rescoreCustomers } from './runs/rescore.ts'
import { type ServiceCost, saveServiceCost } from './store/service-costs.ts'

export { customerExempted, exemptionEnded, tierOverridden, tierOverrideEnded, tiersMoved, valueRevalued } from './facts.ts'
export { requestValuation } from './runs/request.ts'
export { marginSetting, serviceCostSetting, tierSetting } from './settings.ts'
export { exemptionOf, overrideOf } from './store/decisions.ts'
export { listSpend, type Spend } from './store/spend.ts'
export { latestValuation, summaryPart } from './store/valuations.ts'

/** Records what a customer cost, in the transaction that caused it (a case's remedy, a reward), and scores the customer again. A second record of the same cause replaces the first. */
export async function recordServiceCost(context: Context, cost: ServiceCost): Promise<void> {
  await saveServiceCost(context.db, cost)
  await rescoreCustomers(context, [cost.customerId])
}
export type { ServiceCost }
