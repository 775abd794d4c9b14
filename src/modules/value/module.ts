import { customerFacingRoles, module } from '#platform/module.ts'
import { valueActions } from './actions.ts'
import { valueApi } from './api.ts'
import { valueCommands } from './commands.ts'
import * as facts from './facts.ts'
import { valueImporters } from './importers.ts'
import { valueJobs } from './jobs.ts'
import { revalue } from './runs/revalue.ts'
import { valueSettings } from './settings.ts'
import { customersWithDecisions } from './store/decisions.ts'
import { valueSubject } from './subject.ts'
import { valueTimeline } from './timeline.ts'

export const value = module({
  name: 'value',
  api: valueApi,
  actions: valueActions,
  facts: Object.values(facts),
  permissions: {
    'value.read': customerFacingRoles.filter((role) => role !== 'department'),
    'value.manage': ['analyst', 'loyalty-manager', 'executive', 'administrator'],
    // What was noticed about a customer, what was given to them, and how they are to rise.
    'value.serve': ['agent', 'supervisor', 'account-manager', 'salesperson', 'store-clerk', 'loyalty-manager', 'administrator'],
    // What others propose about customers who cost more than they bring.
    'value.approve': ['executive', 'administrator'],
    // What customers get, by tier and segment.
    'value.policies': ['supervisor', 'loyalty-manager', 'executive', 'administrator'],
  },
  jobs: valueJobs,
  runs: [revalue],
  commands: valueCommands,
  importers: valueImporters,
  settings: valueSettings,
  timeline: valueTimeline,
  customersInUse: customersWithDecisions,
  subject: valueSubject,
})
