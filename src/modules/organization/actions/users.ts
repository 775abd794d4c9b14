import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, placeOf } from '#platform/cursor.ts'
import { type Action, builtInRoles, type Module } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import { randomPassword } from '#platform/sign-in/credentials.ts'
import { passwordLinkRequested } from '#platform/sign-in/facts.ts'
import { endOtherSessions } from '#platform/sign-in/open-sessions.ts'
import { secondFactorsOf } from '#platform/sign-in/second-factor.ts'
import {
  createUser as addUser,
  enabledAmong,
  replacePassword,
  setDisabled,
  type User,
  userById,
  usersAfter,
} from '#platform/sign-in/users.ts'
import type { api } from '../api.ts'
import { changedGrants, keepsAnAdministrator, type Scope } from '../domain.ts'
import {
  passwordReplaced,
  rolePermissionsChanged,
  sessionsEnded,
  userAdded,
  userDisabled,
  userEnabled,
  userRolesChanged,
} from '../facts.ts'
import { revokeInvitationsBy } from '../store/invitations.ts'
import { forgetFirstAdministratorTokens } from '../store/people.ts'
import {
  allRoles,
  giveRoles,
  holdAdministrators,
  holdersOf,
  holdRoles,
  type Role,
  rolesOf,
  setPermissions,
  unknownRoles,
} from '../store/roles.ts'
import { refuseAccountBeyondOwn, refuseBeyondOwn, refuseGrantsBeyondOwn, refuseKey } from './doors.ts'

export const users: Action<typeof api.users> = async ({ db }, { cursor, limit = defaultPageSize }) => {
  const after = cursor === undefined ? null : String(placeOf(cursor, ['text'])[0])
  const rows = await usersAfter(db, after, limit + 1)
  const shown = rows.slice(0, limit)
  const ids = shown.map(({ id }) => id)
  const [held, factors] = [await rolesOf(db, ids), await secondFactorsOf(db, ids)]
  return {
    items: shown.map((user) => viewOf(user, held.get(user.id) ?? [], factors.has(user.id))),
    next: rows.length > limit ? cursorOf([shown.at(-1)!.email]) : null,
  }
}

/** Adds somebody with a first password that is answered once: for the command line and the demo company. People are invited. */
export async function createUser(
  context: Context,
  { name, email, roles: given }: { readonly name: string; readonly email: string; readonly roles: readonly string[] },
) {
  const { db, now } = context
  await refuseUnknownRoles(context, given)
  const password = randomPassword()
  const id = context.newId()
  await forgetFirstAdministratorTokens(db)
  await addUser(db, { id, name, email, password, initialPassword: true }, now)
  await giveRoles(db, id, given)
  await context.publish(userAdded, { userId: id, roles: [...given] })
  return { user: viewOf(await userCalled(context, id), [...new Set(given)].toSorted(), false), password }
}

export const changeUserRoles: Action<typeof api.changeUserRoles> = async (context, { userId, before: seen, roles: after }) => {
  const { db } = context
  refuseKey(context)
  await refuseUnknownRoles(context, after)
  await refuseBeyondOwn(context, after)
  const user = await userCalled(context, userId)
  await refuseAccountBeyondOwn(context, userId)
  await refuseWithoutAdministrator(context, userId, after.includes('administrator') && user.disabledAt === null)
  const before = (await rolesOf(db, [userId])).get(userId) ?? []
  if (!isSameSet(before, seen)) throw changedMeanwhile('these roles', 'before')
  await giveRoles(db, userId, after)
  await context.publish(userRolesChanged, { userId, before, after })
  return view(context, userId)
}

export const changeUserAccess: Action<typeof api.changeUserAccess> = async (context, { userId, enabled }) => {
  const { db, now, actor } = context
  // A program may close the house to somebody who has left, never open it.
  if (enabled) refuseKey(context)
  const user = await userCalled(context, userId)
  await refuseAccountBeyondOwn(context, userId)
  if (!enabled && actor.id === userId)
    throw refuse('conflict', 'own-access', 'Nobody can take away their own access; ask another administrator')
  if (!enabled) await refuseWithoutAdministrator(context, userId, false)
  if (enabled !== (user.disabledAt === null)) {
    await setDisabled(db, userId, !enabled, now)
    if (!enabled) await revokeInvitationsBy(db, userId, now)
    await context.publish(enabled ? userEnabled : userDisabled, { userId })
  }
  return view(context, userId)
}

export const replaceUserPassword: Action<typeof api.replaceUserPassword> = async (context, { userId, by }) => {
  const { db, now } = context
  refuseKey(context)
  await userCalled(context, userId)
  await refuseAccountBeyondOwn(context, userId)
  if (by === 'mail') {
    refuseWithoutMail(context)
    await context.publish(sessionsEnded, { userId, count: await endOtherSessions(db, userId, null) })
    await context.publish(passwordLinkRequested, { userId })
    return { password: null }
  }
  const password = randomPassword()
  await replacePassword(db, userId, password, true, now)
  await context.publish(passwordReplaced, { userId })
  return { password }
}

export const roles: Action<typeof api.roles> = async ({ db, house }) => ({
  roles: (await allRoles(db)).toSorted((a, b) => placeOfRole(a) - placeOfRole(b)).map(onTheWire),
  permissions: house.modules.flatMap((module) => Object.keys(module.permissions).map((name) => ({ name, scoped: isScoped(module, name) }))),
})

export const changeRolePermissions: Action<typeof api.changeRolePermissions> = async (context, { before, after }) => {
  refuseKey(context)
  // All roles wait here for whoever changes any: two writes with the same roles in another order cannot block each other.
  await holdRoles(context.db)
  const roles = []
  for (const [name, wanted] of Object.entries(after)) roles.push(await changePermissionsOf(context, name, wanted, before[name] ?? {}))
  return { roles }
}

type Wanted = Readonly<Record<string, Scope | null>>

async function changePermissionsOf(context: Context, name: string, wanted: Wanted, seen: Wanted) {
  const { db, house, actor } = context
  const role = (await allRoles(db)).find((one) => one.name === name)
  if (!role) throw refuse('missing', 'no-such-role', `There is no role ${name}`, { values: { role: name } })
  if (name === 'administrator') throw refuse('conflict', 'administrator-has-all', 'The administrator always holds every permission')
  const known = new Set(house.modules.flatMap((module) => Object.keys(module.permissions)))
  const unknown = Object.keys(wanted).find((permission) => !known.has(permission))
  if (unknown)
    throw refuse('invalid', 'no-such-permission', `There is no permission ${unknown}`, {
      fields: [{ field: 'after', reason: 'no-such-permission', detail: `There is no permission ${unknown}` }],
    })
  if (Object.keys(wanted).some((permission) => (role.permissions.get(permission) ?? null) !== (seen[permission] ?? null)))
    throw changedMeanwhile(`the role ${name}`, 'before')
  const merged = Object.entries({ ...Object.fromEntries(role.permissions), ...wanted }).filter(isHeld)
  const permissions = Object.fromEntries(merged.toSorted(([a], [b]) => (a < b ? -1 : 1)))
  if (!Object.hasOwn(permissions, 'organization.read'))
    throw refuse('conflict', 'read-needed', 'Everybody who signs in needs the permission organization.read')
  const unlimited = new Set(house.modules.flatMap((m) => Object.keys(m.permissions).filter((permission) => !isScoped(m, permission))))
  const needless = Object.entries(permissions).find(([permission, scope]) => scope !== 'all' && unlimited.has(permission))
  if (needless)
    throw refuse('invalid', 'not-about-customers', `${needless[0]} is not about customers, so it has no narrower scope`, {
      fields: [{ field: 'after', reason: 'not-about-customers', detail: `${needless[0]} has no narrower scope` }],
    })
  const given = new Map(Object.entries(permissions))
  refuseGrantsBeyondOwn(actor, changedGrants(role.permissions, given))
  await setPermissions(db, name, given)
  await context.publish(rolePermissionsChanged, { role: name, before: Object.fromEntries(role.permissions), after: permissions })
  return { name, builtIn: role.builtIn, permissions }
}

const isHeld = (grant: [string, Scope | null]): grant is [string, Scope] => grant[1] !== null
const isSameSet = (a: readonly string[], b: readonly string[]) => [...new Set(a)].toSorted().join() === [...new Set(b)].toSorted().join()

export async function refuseUnknownRoles({ db }: Context, given: readonly string[]): Promise<void> {
  const [unknown] = await unknownRoles(db, given)
  if (unknown)
    throw refuse('invalid', 'no-such-role', `There is no role ${unknown}`, {
      fields: [{ field: 'roles', reason: 'no-such-role', detail: `There is no role ${unknown}` }],
      values: { role: unknown },
    })
}

/** Whoever changes who administrates waits for whoever does the same, so that two cannot leave nobody. */
async function refuseWithoutAdministrator({ db }: Context, userId: string, administratorAfterwards: boolean): Promise<void> {
  await holdAdministrators(db)
  const administrators = await enabledAmong(db, await holdersOf(db, 'administrator'))
  if (!administrators.includes(userId)) return
  if (!keepsAnAdministrator({ userId, administratorAfterwards, administrators }))
    throw refuse('conflict', 'last-administrator', 'This is the last administrator; make somebody else administrator first')
}

function refuseWithoutMail({ house }: Context): void {
  if (!house.mail) throw refuse('conflict', 'mail-not-set-up', 'No outgoing mail is set up here')
}

async function userCalled({ db }: Context, id: string): Promise<User> {
  const user = await userById(db, id)
  if (!user) throw refuse('missing', 'no-such-user', 'There is no such user')
  return user
}

async function view(context: Context, id: string) {
  const user = await userCalled(context, id)
  const factors = await secondFactorsOf(context.db, [id])
  return viewOf(user, (await rolesOf(context.db, [id])).get(id) ?? [], factors.has(id))
}

const viewOf = ({ id, name, email, createdAt, disabledAt, initialPassword }: User, held: readonly string[], secondFactor: boolean) => ({
  id,
  name,
  email,
  roles: [...held],
  enabled: disabledAt === null,
  initialPassword,
  secondFactor,
  createdAt,
})

/** Whether any endpoint under a permission is about customers. */
const isScoped = (module: Module, permission: string): boolean =>
  Object.values(module.api).some((endpoint) => endpoint.permission === permission && endpoint.about !== 'nobody')

/** The built-in roles in their own order, then those that the company made, by name. */
const placeOfRole = ({ name }: Role) => (builtInRoles as readonly string[]).indexOf(name) + 1 || builtInRoles.length + 1

const onTheWire = ({ name, builtIn, permissions }: Role) => ({ name, builtIn, permissions: Object.fromEntries(permissions) })
