import { builtInRoles, module } from '#platform/module.ts'
import { actions } from './actions.ts'
import { api } from './api.ts'
import { checks } from './checks.ts'
import { backupCommands } from './commands/backups.ts'
import { commands } from './commands.ts'
import { jobs } from './jobs.ts'
import { backupRun, verifyBackupRun } from './runs/backups.ts'
import { verifyTrailRun } from './runs/verify-trail.ts'
import { auditSetting, backupsSetting, organizationProfile, uploadsSetting } from './settings.ts'
import { texts } from './texts/index.ts'

export const organization = module({
  name: 'organization',
  api,
  actions,
  permissions: {
    'organization.read': builtInRoles,
    'organization.manage': [],
    'organization.manage-users': [],
    'organization.audit': ['executive'],
    'organization.backup': [],
  },
  jobs,
  runs: [verifyTrailRun, backupRun, verifyBackupRun],
  commands: [...commands, ...backupCommands],
  settings: [organizationProfile, uploadsSetting, auditSetting, backupsSetting],
  checks,
  notifications: { kinds: { 'import-ended': { mail: 'now' }, 'work-failed': { mail: 'now' } }, texts },
})
