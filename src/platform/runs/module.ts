import { builtInRoles, module } from '../module.ts'
import { runsActions } from './actions.ts'
import { runsApi } from './api.ts'
import { runChecks } from './checks.ts'
import { runsJobs } from './jobs.ts'

/** Long work, as everybody who is signed in may follow it. Who may stop or undo a run is said by its kind as well. */
export const runs = module({
  name: 'runs',
  api: runsApi,
  actions: runsActions,
  permissions: { 'runs.read': builtInRoles, 'runs.write': ['supervisor', 'account-manager', 'loyalty-manager', 'analyst'] },
  jobs: runsJobs,
  checks: runChecks,
})
