import { module } from '../module.ts'
import { importsActions } from './actions.ts'
import { importsApi } from './api.ts'
import { plansApi } from './api-plans.ts'
import { importsCommands } from './commands.ts'
import { planFailing, planFileRefused } from './facts.ts'
import { importRun } from './import-run.ts'
import { importsJobs } from './jobs.ts'
import { plansActions } from './plan-actions.ts'

/** Files come in here; what they mean, modules say by their importers. */
export const imports = module({
  name: 'imports',
  api: { ...importsApi, ...plansApi },
  actions: { ...importsActions, ...plansActions },
  facts: [planFailing, planFileRefused],
  permissions: {
    'imports.read': ['supervisor', 'account-manager', 'loyalty-manager', 'analyst', 'administrator'],
    'imports.write': ['supervisor', 'account-manager', 'analyst', 'administrator'],
    'imports.plan': ['analyst'],
  },
  jobs: importsJobs,
  runs: [importRun],
  commands: importsCommands,
})
