import { builtInRoles, module } from '#platform/module.ts'
import * as signInFacts from '#platform/sign-in/facts.ts'
import { doorGuards } from './actions/single-sign-on.ts'
import { actions } from './actions.ts'
import { api } from './api.ts'
import { checks } from './checks.ts'
import { backupCommands } from './commands/backups.ts'
import { commands } from './commands.ts'
import { wallClockOffset } from './domain/wall-clock.ts'
import * as facts from './facts.ts'
import { jobs } from './jobs.ts'
import { readSetting } from './public.ts'
import { backupRun, verifyBackupRun } from './runs/backups.ts'
import { verifyTrailRun } from './runs/verify-trail.ts'
import {
  auditSetting,
  backupsSetting,
  customerPagesSetting,
  organizationProfile,
  secondFactorSetting,
  singleSignOnSetting,
  uploadsSetting,
} from './settings.ts'
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
    // Titles, roles in the value chain, ability and character of everybody; one's own is seen by everybody.
    'organization.read-staff': ['executive', 'human-resources'],
    'organization.write-staff': ['human-resources'],
    'organization.audit': ['executive'],
    'organization.backup': [],
  },
  jobs,
  runs: [verifyTrailRun, backupRun, verifyBackupRun],
  commands: [...commands, ...backupCommands],
  settings: [
    organizationProfile,
    secondFactorSetting,
    singleSignOnSetting,
    uploadsSetting,
    auditSetting,
    backupsSetting,
    customerPagesSetting,
  ],
  settingGuards: doorGuards,
  clock: async (db) => wallClockOffset((await readSetting(db, organizationProfile)).timeZone),
  checks,
  notifications: {
    kinds: {
      'import-ended': { mail: 'now' },
      'work-failed': { mail: 'now' },
      'plan-failing': { mail: 'now' },
      'plan-file-refused': { mail: 'now' },
      'backup-failed': { mail: 'now' },
      'house-work-failed': { mail: 'now' },
      'trail-broken': { mail: 'now' },
      'webhook-off': { mail: 'now' },
      'mailbox-failing': { mail: 'now' },
      'mail-given-up': { mail: 'now' },
      'password-replaced': { mail: 'now' },
      'second-factor-reset': { mail: 'now' },
      'recovery-code-used': { mail: 'now' },
      'identity-linked': { mail: 'now' },
    },
    texts,
  },
  // What people are told of may name a customer.
  mentions: [{ table: 'organization.notification', key: ['user_id', 'id'], columns: ['values'], how: 'strike' }],
})
