import type { Actions } from '#platform/module.ts'
import { catalogueActions } from './actions/catalogue.ts'
import { promiseActions } from './actions/promises.ts'
import { readActions } from './actions/read.ts'
import { termsActions } from './actions/terms.ts'
import { writeActions } from './actions/write.ts'
import type { termsApi } from './api/terms.ts'
import type { ordersApi } from './api.ts'

export const ordersActions: Actions<typeof ordersApi> = { ...readActions, ...writeActions, ...catalogueActions }

export const fulfilmentActions: Actions<typeof termsApi> = { ...termsActions, ...promiseActions }
