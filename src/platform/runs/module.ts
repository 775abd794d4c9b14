import { builtInRoles, module } from '../module.ts'
import { carryRevoked, revokeAgain } from '../private-link.ts'
import { shellMentions, shellSubject } from '../subject/shell.ts'
import { runsActions } from './actions.ts'
import { runsApi } from './api.ts'
import { runChecks } from './checks.ts'
import * as facts from './facts.ts'
import { runsJobs } from './jobs.ts'

/** Long work, as everybody who is signed in may follow it. Who may stop or undo a run is said by its kind as well; `runs.write` is for those that somebody else asked for. */
export const runs = module({
  name: 'runs',
  api: runsApi,
  actions: runsActions,
  permissions: { 'runs.read': builtInRoles, 'runs.write': ['supervisor', 'account-manager', 'loyalty-manager', 'analyst'] },
  facts: Object.values(facts),
  jobs: runsJobs,
  subject: shellSubject,
  mentions: shellMentions,
  checks: runChecks,
  carry: carryRevoked,
  afterRestore: (context, { fromDatabase }) => revokeAgain(context, fromDatabase),
})
