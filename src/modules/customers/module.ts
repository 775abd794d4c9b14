import { builtInRoles, module } from '#platform/module.ts'
import { actions } from './actions.ts'
import { api } from './api.ts'
import { checks } from './checks.ts'
import * as facts from './facts.ts'
import { customersImporter } from './importers.ts'
import { consentSetting, contactSetting, ownFieldSetting, targetSetting } from './settings.ts'
import { customerNames, customerOwners } from './store/lookups.ts'
import { timeline } from './timeline.ts'

export const customers = module({
  name: 'customers',
  api,
  actions,
  facts: Object.values(facts),
  permissions: {
    'customers.read': builtInRoles,
    // Taking the whole list away is more than looking at it.
    'customers.export': ['supervisor', 'account-manager', 'loyalty-manager', 'analyst'],
    'customers.strategy': ['loyalty-manager', 'executive', 'administrator'],
    'customers.write': ['agent', 'supervisor', 'account-manager', 'loyalty-manager', 'administrator'],
    // E-mail addresses, numbers, addresses and birthdays. Figures need no names.
    'customers.read-personal': builtInRoles.filter((role) => role !== 'analyst'),
    'customers.manage-needs': ['supervisor', 'account-manager', 'loyalty-manager', 'analyst'],
    // What concerns every archive at once, such as deleting what a removed field held.
    'customers.manage': [],
  },
  timeline,
  settings: [consentSetting, contactSetting, ownFieldSetting, targetSetting],
  customerNames,
  things: { customer: customerOwners },
  importers: [customersImporter],
  checks,
})
