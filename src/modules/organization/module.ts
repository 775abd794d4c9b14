import { builtInRoles, module } from '#platform/module.ts'
import { actions } from './actions.ts'
import { api } from './api.ts'
import { commands } from './commands.ts'
import { jobs } from './jobs.ts'
import { organizationProfile, uploadsSetting } from './settings.ts'
import { texts } from './texts/index.ts'

export const organization = module({
  name: 'organization',
  api,
  actions,
  permissions: {
    'organization.read': builtInRoles,
    'organization.manage': [],
    'organization.manage-users': [],
  },
  jobs,
  notifications: { kinds: { 'import-ended': { mail: 'now' }, 'work-failed': { mail: 'now' } }, texts },
  commands,
  settings: [organizationProfile, uploadsSetting],
})
