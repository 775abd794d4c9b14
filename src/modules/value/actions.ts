import type { Actions } from '#platform/module.ts'
import { customers } from './actions/customers.ts'
import { growth } from './actions/growth.ts'
import { observations } from './actions/observations.ts'
import { reports } from './actions/reports.ts'
import { servicePlanActions } from './actions/service-plan.ts'
import { servicePolicyActions } from './actions/service-policies.ts'
import { serviceCatalogue } from './actions/services.ts'
import { spend } from './actions/spend.ts'
import { treatments } from './actions/treatments.ts'
import type { valueApi } from './api.ts'
import { requestValuation } from './runs/request.ts'

export const valueActions: Actions<typeof valueApi> = {
  ...reports,
  ...customers,
  ...spend,
  ...servicePolicyActions,
  ...servicePlanActions,
  ...serviceCatalogue,
  ...observations,
  ...growth,
  ...treatments,
  requestValuation: async (context) => ({ runId: await requestValuation(context) }),
}
