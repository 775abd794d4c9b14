import { module } from '#platform/module.ts'
import { demoActions } from './actions.ts'
import { demoApi } from './api.ts'
import { loadDemo, noteDeliveries, noteTouches, tellCases, valueDemo } from './load.ts'

/** The demo company as a part of the house. Who may load it: the administrator, and whoever is granted it. */
export const demo = module({
  name: 'demo',
  api: demoApi,
  actions: demoActions,
  permissions: { 'demo.load': [] },
  runs: [loadDemo, noteTouches, noteDeliveries, valueDemo, tellCases],
})
