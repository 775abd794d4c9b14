import type { Actions } from '#platform/module.ts'
import { homeActions } from './actions/home.ts'
import { oldCustomerActions } from './actions/old-customers.ts'
import type { insightApi } from './api.ts'

export const insightActions: Actions<typeof insightApi> = { ...homeActions, ...oldCustomerActions }
