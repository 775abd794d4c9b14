import type { Actions } from '#platform/module.ts'
import { accountActions } from './actions/account.ts'
import { accountServiceActions } from './actions/account-service.ts'
import { cadenceActions } from './actions/cadence.ts'
import { feedActions } from './actions/feed.ts'
import { readActions } from './actions/read.ts'
import { signalActions } from './actions/signals.ts'
import { writeActions } from './actions/write.ts'
import type { commitmentsApi } from './api.ts'

export const commitmentsActions: Actions<typeof commitmentsApi> = {
  ...readActions,
  ...writeActions,
  ...cadenceActions,
  ...accountActions,
  ...accountServiceActions,
  ...signalActions,
  ...feedActions,
}
