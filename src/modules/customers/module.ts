import { builtInRoles, module } from '#platform/module.ts'
import { actions } from './actions.ts'
import { api } from './api.ts'
import { checks } from './checks.ts'
import { customersImporter } from './importers.ts'
import { customerNames, customerOwners } from './store/lookups.ts'
import { timeline } from './timeline.ts'

export const customers = module({
  name: 'customers',
  api,
  actions,
  permissions: {
    'customers.read': builtInRoles,
    // Taking the whole list away is more than looking at it.
    'customers.export': ['supervisor', 'account-manager', 'loyalty-manager', 'analyst'],
    'customers.strategy': ['loyalty-manager', 'executive', 'administrator'],
    'customers.write': ['agent', 'supervisor', 'account-manager', 'loyalty-manager', 'administrator'],
  },
  timeline,
  customerNames,
  things: { customer: customerOwners },
  importers: [customersImporter],
  checks,
})
