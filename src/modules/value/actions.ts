import type { Actions } from '#platform/module.ts'
import { customers } from './actions/customers.ts'
import { reports } from './actions/reports.ts'
import { spend } from './actions/spend.ts'
import type { valueApi } from './api.ts'
import { requestValuation } from './runs/request.ts'

export const valueActions: Actions<typeof valueApi> = {
  ...reports,
  ...customers,
  ...spend,
  requestValuation: async (context) => ({ runId: await requestValuation(context) }),
}
