import { z } from 'zod'
import { fact } from '#platform/fact.ts'

/** `before` is missing where nobody had set it yet. */
export const settingChanged = fact(
  'organization.setting-changed',
  z.object({ key: z.string(), version: z.int(), before: z.unknown().optional(), after: z.unknown() }),
)
/** Somebody changed their own name, language or theme. */
export const profileChanged = fact('organization.profile-changed', z.object({ userId: z.uuid(), fields: z.array(z.string()) }))
export const userAdded = fact('organization.user-added', z.object({ userId: z.uuid(), roles: z.array(z.string()) }))
export const userInvited = fact('organization.user-invited', z.object({ userId: z.uuid() }))
export const userDisabled = fact('organization.user-disabled', z.object({ userId: z.uuid() }))
export const userEnabled = fact('organization.user-enabled', z.object({ userId: z.uuid() }))
export const userRolesChanged = fact(
  'organization.user-roles-changed',
  z.object({ userId: z.uuid(), before: z.array(z.string()), after: z.array(z.string()) }),
)
export const passwordReplaced = fact('organization.password-replaced', z.object({ userId: z.uuid() }))
export const rolePermissionsChanged = fact(
  'organization.role-permissions-changed',
  z.object({ role: z.string(), before: z.record(z.string(), z.string()), after: z.record(z.string(), z.string()) }),
)
export const departmentsChanged = fact(
  'organization.departments-changed',
  z.object({ department: z.string(), team: z.string().nullable(), change: z.enum(['made', 'changed', 'removed']) }),
)
export const calendarsChanged = fact(
  'organization.calendars-changed',
  z.object({ calendar: z.string(), change: z.enum(['made', 'changed', 'removed']) }),
)
/** Something may be mailed to somebody by now. */
export const notificationsDue = fact('organization.notifications-due', z.object({ userId: z.uuid() }))
export const staffChanged = fact('organization.staff-changed', z.object({ userId: z.uuid() }))
