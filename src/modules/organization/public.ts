import type { z } from 'zod'
import { type Database, type Db, withTransaction } from '#platform/database/connection.ts'
import { builtInRoles, type Module, type Setting } from '#platform/module.ts'
import type { Look } from '#platform/pages/look.ts'
import { hashOf, randomToken } from '#platform/sign-in/credentials.ts'
import type { DoorRules } from '#platform/sign-in/entrance.ts'
import { secondFactorsOf } from '#platform/sign-in/second-factor.ts'
import { anyUser, userById } from '#platform/sign-in/users.ts'
import { isUserId } from '#platform/user-id.ts'
import { type WorkingClock, type WorkingHours, workingClock } from './domain/calendar.ts'
import { pictureIn } from './domain/customer-pages.ts'
import { userAdded } from './facts.ts'
import { customerPagesSetting, organizationProfile, secondFactorSetting, settingValue, singleSignOnSetting } from './settings.ts'
import { hoursOf } from './store/calendars.ts'
import { addFirstAdministratorToken } from './store/people.ts'
import { addRoles, type Grants, giveRoles, grant, grantsOf, newPermissions, unknownRoles } from './store/roles.ts'
import { settingByKey, settingChanges, settingSecret } from './store/settings.ts'
import { staffOf } from './store/staff.ts'

export { calendarActions } from './actions/calendars.ts'
export { departmentActions } from './actions/departments.ts'
export { refuseAccountBeyondOwn, refuseKey } from './actions/doors.ts'
export { type News, notify } from './actions/notify.ts'
export { writeSetting } from './actions/settings.ts'
export { createUser } from './actions/users.ts'
export { type WallClockOffset, wallClockOffset } from './domain/wall-clock.ts'
export { dayIn, endOfDay } from './domain.ts'
export { passwordReplaced, secondFactorReset, sessionsEnded, settingChanged, userDisabled } from './facts.ts'
export { backupsSetting, organizationProfile } from './settings.ts'
export { absentOn } from './store/absences.ts'
export {
  allDepartments,
  allTeams,
  type Department,
  departmentsOfStaff,
  membersOfTeams,
  staffOfDepartments,
  teamsOf,
} from './store/departments.ts'
export { grantsOf, holdersOf, rolesOf, unknownRoles, usersWith } from './store/roles.ts'
export { settingsChanged, settingsChangedCount, storedSettingText } from './store/settings.ts'
export { staffOf as staffFilesOf } from './store/staff.ts'

/** The clock by which a department works; where nobody has said when that is, round the clock. */
export async function clockOf(db: Db, departmentId: string | null): Promise<WorkingClock> {
  return workingClock(await workingHoursOf(db, departmentId))
}

/** The hours by which a department works, or the company where none is named; round the clock where nobody has said. */
export async function workingHoursOf(db: Db, departmentId: string | null): Promise<WorkingHours> {
  return (await hoursOf(db, departmentId)) ?? roundTheClock((await readSetting(db, organizationProfile)).timeZone)
}

const roundTheClock = (timeZone: string): WorkingHours => ({ timeZone, week: Array(7).fill([{ from: 0, to: 1440 }]), specialDays: [] })

/** What holds now for a setting: one row by its key, so that it is right in the transaction that changes it and in every process. */
export async function readSetting<S extends z.ZodType>(db: Db, setting: Setting<S>): Promise<z.output<S>> {
  return settingValue(setting, (await settingByKey(db, setting.key))?.value)
}

/** The same of what a statement brought along by `storedSettingText`; null where nobody has set it yet. For settings that are records. */
export const settingBroughtAlong = <S extends z.ZodType>(setting: Setting<S>, stored: unknown): z.output<S> =>
  settingValue(setting, stored ?? undefined)

/** The same with its version, for whoever changes it by an endpoint of their own; 0 where nobody has set it yet. */
export async function settingWithVersion<S extends z.ZodType>(
  db: Db,
  setting: Setting<S>,
): Promise<{ readonly value: z.output<S>; readonly version: number }> {
  const stored = await settingByKey(db, setting.key)
  return { value: settingValue(setting, stored?.value), version: stored?.version ?? 0 }
}

/** How experienced somebody is at dealing with customers, 1 (begins) … 5 (teaches others); null where nobody has said. */
export async function experienceOf(db: Db, userId: string): Promise<number | null> {
  return isUserId(userId) ? ((await staffOf(db, [userId])).get(userId)?.experience ?? null) : null
}

/** What a setting ever held, its first value first; what does not fit its shape any more is left out. For whoever has to know what held when something was decided by it. */
export async function pastValues<S extends z.ZodType>(db: Db, setting: Setting<S>): Promise<readonly z.output<S>[]> {
  const changes = await settingChanges(db, setting.key, null, mostPast)
  const fitting = changes.toReversed().flatMap(({ after }) => {
    const parsed = setting.schema.safeParse(after)
    return parsed.success ? [parsed.data] : []
  })
  return [setting.initial, ...fitting]
}
/** Nobody changes a setting more often by hand. */
const mostPast = 10_000

/** How the company shows itself on pages for customers. */
export async function customerLook(db: Db): Promise<Look> {
  const { name, locale } = await readSetting(db, organizationProfile)
  const { email, colour, logo, sites } = await readSetting(db, customerPagesSetting)
  const picture = pictureIn(logo)
  const content = picture && new Uint8Array(Buffer.from(picture.base64, 'base64'))
  const version = hashOf(logo).toString('base64url').slice(0, 16)
  return {
    name,
    email: email || null,
    colour: colour || null,
    logo: picture && content && { mediaType: picture.mediaType, content, version },
    language: locale,
    sites,
  }
}

/** What somebody may do who shows no session, such as by a private address: nothing while they are disabled, or lack the second factor that one of their roles asks for. */
export async function grantsInAbsence(db: Db, userId: string): Promise<Grants | null> {
  const user = await userById(db, userId)
  if (!user || user.disabledAt) return null
  const grants = await grantsOf(db, userId)
  const { roles } = await readSetting(db, secondFactorSetting)
  const must = grants.roles.some((role) => roles.includes(role))
  return must && !(await secondFactorsOf(db, [userId])).has(userId) ? null : grants
}

/** What sign-in asks the organization. */
export const doorRules: DoorRules = {
  grantsOf,
  secondFactorRoles: async (db) => (await readSetting(db, secondFactorSetting)).roles,
  nameOf: async (db) => (await readSetting(db, organizationProfile)).name,
  async singleSignOn(db, sealing) {
    const { enabled, name: _, ...provider } = await readSetting(db, singleSignOnSetting)
    const secret = await settingSecret(db, singleSignOnSetting.key)
    if (!enabled || !secret) return null
    return { ...provider, clientSecret: await sealing.open(secret, singleSignOnSetting.key) }
  },
  async welcome(db, publish, userId, role) {
    const roles = (await unknownRoles(db, [role])).length === 0 ? [role] : []
    await giveRoles(db, userId, roles)
    await publish(userAdded, { userId, roles })
  },
}

/**
 * Makes the built-in roles, and gives each permission that this installation has not seen before to the roles its module names; what an administrator took
 * away stays away. The administrator holds every permission, always.
 */
export async function seedRoles(db: Db, modules: readonly Module[]): Promise<void> {
  const made = await addRoles(db, builtInRoles)
  const defaults = new Map(modules.flatMap((module) => Object.entries(module.permissions)))
  const unseen = await newPermissions(db, [...defaults.keys()])
  await grant(
    db,
    unseen.flatMap((permission) => (defaults.get(permission) ?? []).map((role) => ({ role, permission, scope: 'all' as const }))),
  )
  // A role that came with a later version begins with all that its modules mean for it.
  await grant(
    db,
    made.flatMap((role) =>
      [...defaults].flatMap(([permission, roles]) =>
        (roles as readonly string[]).includes(role) ? [{ role, permission, scope: 'all' as const }] : [],
      ),
    ),
  )
  await grant(
    db,
    [...defaults.keys()].map((permission) => ({ role: 'administrator', permission, scope: 'all' as const })),
  )
}

/** While nobody can sign in: a new one-time token without which nobody becomes the first administrator. Only its hash is kept. Null once there is a user. */
export async function firstAdministratorToken(database: Database, now: Date): Promise<string | null> {
  return withTransaction(database, async (db) => {
    if (await anyUser(db)) return null
    const token = randomToken()
    await addFirstAdministratorToken(db, hashOf(token), now)
    return token
  })
}
