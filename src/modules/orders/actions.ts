import type { Actions } from '#platform/module.ts'
import { catalogueActions } from './actions/catalogue.ts'
import { readActions } from './actions/read.ts'
import { writeActions } from './actions/write.ts'
import type { ordersApi } from './api.ts'

export const ordersActions: Actions<typeof ordersApi> = { ...readActions, ...writeActions, ...catalogueActions }
