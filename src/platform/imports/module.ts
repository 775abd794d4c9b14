import { module } from '../module.ts'
import { importsActions } from './actions.ts'
import { importsApi } from './api.ts'
import { importsCommands } from './commands.ts'
import { importRun } from './import-run.ts'

/** Files come in here; what they mean, modules say by their importers. */
export const imports = module({
  name: 'imports',
  api: importsApi,
  actions: importsActions,
  permissions: {
    'imports.read': ['supervisor', 'account-manager', 'loyalty-manager', 'analyst', 'administrator'],
    'imports.write': ['supervisor', 'account-manager', 'analyst', 'administrator'],
  },
  runs: [importRun],
  commands: importsCommands,
})
