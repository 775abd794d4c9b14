import { z } from 'zod'
import { code, fact } from '#platform/fact.ts'

/** `before` is missing where nobody had set it yet. */
export const settingChanged = fact(
  'organization.setting-changed',
  z.object({ key: code, version: z.int(), before: z.unknown().optional(), after: z.unknown() }),
)
export const settingSecretReplaced = fact('organization.setting-secret-replaced', z.object({ key: code }))
/** Somebody changed their own name, language or theme. */
export const profileChanged = fact('organization.profile-changed', z.object({ userId: z.uuid(), fields: z.array(code) }))
export const userAdded = fact('organization.user-added', z.object({ userId: z.uuid(), roles: z.array(code) }))
export const invitationMade = fact('organization.invitation-made', z.object({ invitationId: z.uuid() }))
export const invitationRevoked = fact('organization.invitation-revoked', z.object({ invitationId: z.uuid() }))
export const userDisabled = fact('organization.user-disabled', z.object({ userId: z.uuid() }))
export const userEnabled = fact('organization.user-enabled', z.object({ userId: z.uuid() }))
export const userRolesChanged = fact(
  'organization.user-roles-changed',
  z.object({ userId: z.uuid(), before: z.array(code), after: z.array(code) }),
)
export const passwordReplaced = fact('organization.password-replaced', z.object({ userId: z.uuid() }))
export const rolePermissionsChanged = fact(
  'organization.role-permissions-changed',
  z.object({ role: code, before: z.record(z.string(), z.string()), after: z.record(z.string(), z.string()) }),
)
const roleNames = z.object({ en: z.string(), 'zh-CN': z.string(), 'zh-TW': z.string() })
export const roleMade = fact(
  'organization.role-made',
  z.object({ role: code, copiedFrom: code, names: roleNames, permissions: z.record(z.string(), z.string()) }),
)
export const roleRenamed = fact('organization.role-renamed', z.object({ role: code, before: roleNames, after: roleNames }))
export const roleRemoved = fact('organization.role-removed', z.object({ role: code, names: roleNames }))
export const sessionsEnded = fact('organization.sessions-ended', z.object({ userId: z.uuid(), count: z.int() }))
export const secondFactorReset = fact('organization.second-factor-reset', z.object({ userId: z.uuid() }))
export const keyMade = fact(
  'organization.key-made',
  z.object({ keyId: z.uuid(), userId: z.uuid(), forService: z.boolean(), permissions: z.array(code) }),
)
export const keyRevoked = fact('organization.key-revoked', z.object({ keyId: z.uuid(), userId: z.uuid() }))
/** Whoever heads, stands in for or belongs to one of these reaches what its members look after; so it says who did before and who does now. */
export const departmentsChanged = fact(
  'organization.departments-changed',
  z.object({
    department: z.string(),
    team: z.string().nullable(),
    change: z.enum(['made', 'changed', 'removed']),
    before: z.array(z.uuid()),
    after: z.array(z.uuid()),
  }),
)
export const calendarsChanged = fact(
  'organization.calendars-changed',
  z.object({ calendar: z.string(), change: z.enum(['made', 'changed', 'removed']) }),
)
/** Something may be mailed to somebody by now. */
export const notificationsDue = fact('organization.notifications-due', z.object({ userId: z.uuid() }))
/** Of the fields only which ones: what is thought of somebody is nobody else's business. */
export const staffChanged = fact('organization.staff-changed', z.object({ userId: z.uuid(), fields: z.array(code) }))
/** Somebody is away, or is not after all. */
export const absencesChanged = fact(
  'organization.absences-changed',
  z.object({
    userId: z.uuid(),
    fromDay: z.iso.date(),
    untilDay: z.iso.date(),
    deputyId: z.uuid().nullable(),
    change: z.enum(['made', 'removed']),
  }),
)
