import { builtInRoles, module } from '#platform/module.ts'
import * as signInFacts from '#platform/sign-in/facts.ts'
import { actions } from './actions.ts'
import { api } from './api.ts'
import { commands } from './commands.ts'
import * as facts from './facts.ts'
import { jobs } from './jobs.ts'
import { organizationProfile, secondFactorSetting, singleSignOnSetting, uploadsSetting } from './settings.ts'
import { texts } from './texts/index.ts'

export const organization = module({
  name: 'organization',
  api,
  actions,
  facts: [...Object.values(signInFacts), ...Object.values(facts)],
  permissions: {
    'organization.read': builtInRoles,
    'organization.make-keys': builtInRoles,
    'organization.manage': [],
    'organization.manage-users': [],
  },
  jobs,
  notifications: { kinds: { 'import-ended': { mail: 'now' }, 'work-failed': { mail: 'now' } }, texts },
  commands,
  settings: [organizationProfile, secondFactorSetting, singleSignOnSetting, uploadsSetting],
})
