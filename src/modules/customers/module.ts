import { builtInRoles, module } from '#platform/module.ts'
import { actions } from './actions.ts'
import { api } from './api.ts'
import { customersImporter } from './importers.ts'
import { timeline } from './timeline.ts'

export const customers = module({
  name: 'customers',
  api,
  actions,
  permissions: {
    'customers.read': builtInRoles,
    'customers.write': ['agent', 'supervisor', 'account-manager', 'loyalty-manager', 'administrator'],
  },
  timeline,
  importers: [customersImporter],
})
