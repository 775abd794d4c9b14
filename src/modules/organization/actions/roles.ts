import { isDeepStrictEqual } from 'node:util'
import type { Context } from '#platform/context.ts'
import { type Actions, builtInRoles } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { roleEndpoints } from '../api/roles.ts'
import { type RoleNames, roleKey, soundAlike } from '../domain/role-key.ts'
import { roleMade, roleRemoved, roleRenamed } from '../facts.ts'
import { readSetting } from '../public.ts'
import { secondFactorSetting, singleSignOnSetting } from '../settings.ts'
import { deleteRole, insertRole, type NamedRole, namedRoles, nameRole } from '../store/own-roles.ts'
import { allRoles, holdersOf, holdRoles, setPermissions } from '../store/roles.ts'
import { refuseBeyondOwn, refuseKey } from './doors.ts'

export const roleActions: Actions<typeof roleEndpoints> = {
  async roleNames({ db }) {
    return { roles: (await namedRoles(db)).toSorted((a, b) => placeOf(a) - placeOf(b)).map(onTheWire) }
  },

  async createRole(context, { names, copiedFrom }) {
    const { db } = context
    refuseKey(context)
    await holdRoles(db)
    const roles = await namedRoles(db)
    refuseTakenName(roles, null, names)
    const model = (await allRoles(db)).find(({ name }) => name === copiedFrom)
    if (!model)
      throw refuse('invalid', 'no-such-role', `There is no role ${copiedFrom}`, {
        fields: [{ field: 'copiedFrom', reason: 'no-such-role', detail: `There is no role ${copiedFrom}` }],
        values: { role: copiedFrom },
      })
    await refuseBeyondOwn(context, [copiedFrom])
    const name = roleKey(names, new Set(roles.map((role) => role.name)))
    await insertRole(db, name, names)
    await setPermissions(db, name, model.permissions)
    await context.publish(roleMade, { role: name, copiedFrom, names, permissions: Object.fromEntries(model.permissions) })
    return { name, names }
  },

  async renameRole(context, { role: name, before: seen, names }) {
    const { db } = context
    refuseKey(context)
    await holdRoles(db)
    const roles = await namedRoles(db)
    const before = ownRole(roles, name).names
    if (!isDeepStrictEqual({ ...before }, { ...seen })) throw changedMeanwhile(`the role ${name}`, 'before')
    refuseTakenName(roles, name, names)
    await nameRole(db, name, names)
    await context.publish(roleRenamed, { role: name, before, after: names })
    return { name, names }
  },

  async removeRole(context, { role: name, before: seen }) {
    const { db } = context
    refuseKey(context)
    await holdRoles(db)
    const { names } = ownRole(await namedRoles(db), name)
    if (!isDeepStrictEqual({ ...names }, { ...seen })) throw changedMeanwhile(`the role ${name}`, 'before')
    const holders = await holdersOf(db, name)
    if (holders.length > 0)
      throw refuse('conflict', 'role-held', `${holders.length} people have this role; give them another one first`, {
        values: { count: holders.length },
      })
    if (await isNamedInSettings(context, name))
      throw refuse('conflict', 'role-in-settings', 'The settings of signing in name this role; choose another one there first')
    await deleteRole(db, name)
    await context.publish(roleRemoved, { role: name, names })
    return {}
  },
}

/** The built-in roles in their own order, then those that the company made, by name. */
const placeOf = ({ name }: NamedRole) => (builtInRoles as readonly string[]).indexOf(name) + 1 || builtInRoles.length + 1

const onTheWire = ({ name, names }: NamedRole) => ({ name, names: names && { ...names } })

function ownRole(roles: readonly NamedRole[], name: string): { readonly names: RoleNames } {
  const role = roles.find((one) => one.name === name)
  if (!role) throw refuse('missing', 'no-such-role', `There is no role ${name}`, { values: { role: name } })
  if (role.names === null)
    throw refuse('conflict', 'role-built-in', 'This role belongs to the product; its permissions can be changed, its name not')
  return { names: role.names }
}

function refuseTakenName(roles: readonly NamedRole[], except: string | null, names: RoleNames): void {
  if (roles.some((role) => role.name !== except && role.names !== null && soundAlike(role.names, names)))
    throw refuse('conflict', 'role-name-taken', 'There is a role of this name already', {
      fields: [{ field: 'names', reason: 'role-name-taken', detail: 'There is a role of this name already' }],
    })
}

async function isNamedInSettings({ db }: Context, name: string): Promise<boolean> {
  const { role } = await readSetting(db, singleSignOnSetting)
  return role === name || (await readSetting(db, secondFactorSetting)).roles.includes(name)
}
