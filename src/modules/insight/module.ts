import { builtInRoles, module } from '#platform/module.ts'
import { insightActions } from './actions.ts'
import { insightApi } from './api.ts'

export const insight = module({
  name: 'insight',
  api: insightApi,
  actions: insightActions,
  permissions: { 'insight.read': builtInRoles },
})
