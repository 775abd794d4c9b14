import type { Reach } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import { type Scope, widestScope } from '../domain.ts'
import { colleaguesOf } from './departments.ts'

export interface Role {
  readonly name: string
  readonly builtIn: boolean
  readonly permissions: ReadonlyMap<string, Scope>
}

export interface Grants {
  readonly roles: readonly string[]
  /** As far as which customers, per permission. */
  readonly permissions: ReadonlyMap<string, Reach>
}

/** What somebody may do, in one statement, or two where a scope ends at their teams: it stands in the way of every request. */
export async function grantsOf(db: Db, userId: string): Promise<Grants> {
  const rows = await db
    .selectFrom('organization.user_role as u')
    .leftJoin('organization.role_permission as p', 'p.role', 'u.role')
    .select(['u.role', 'p.permission', 'p.scope'])
    .where('u.user_id', '=', userId)
    .execute()
  const scopes = new Map<string, Scope>()
  for (const { permission, scope } of rows)
    if (permission !== null) scopes.set(permission, widestScope(scopes.get(permission), scope as Scope))
  const own = [userId]
  const team = [...scopes.values()].includes('team') ? await colleaguesOf(db, userId) : own
  const reach = { own, team, all: 'all' } as const satisfies Record<Scope, Reach>
  return {
    roles: [...new Set(rows.map(({ role }) => role))].toSorted(),
    permissions: new Map([...scopes].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([permission, scope]) => [permission, reach[scope]])),
  }
}

export async function allRoles(db: Db): Promise<Role[]> {
  const rows = await db
    .selectFrom('organization.role as r')
    .leftJoin('organization.role_permission as p', 'p.role', 'r.name')
    .select(['r.name', 'r.built_in', 'p.permission', 'p.scope'])
    .orderBy('r.name')
    .orderBy('p.permission')
    .execute()
  const roles = new Map<string, { name: string; builtIn: boolean; permissions: Map<string, Scope> }>()
  for (const row of rows) {
    const role = roles.get(row.name) ?? { name: row.name, builtIn: row.built_in, permissions: new Map() }
    if (row.permission !== null) role.permissions.set(row.permission, row.scope as Scope)
    roles.set(row.name, role)
  }
  return [...roles.values()]
}

/** Those of the given names that are no roles. */
export async function unknownRoles(db: Db, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return []
  const rows = await db.selectFrom('organization.role').select('name').where('name', 'in', names).execute()
  const known = new Set(rows.map((row) => row.name))
  return names.filter((name) => !known.has(name))
}

export async function rolesOf(db: Db, userIds: readonly string[]): Promise<Map<string, string[]>> {
  const roles = new Map<string, string[]>(userIds.map((id) => [id, []]))
  if (userIds.length === 0) return roles
  const rows = await db.selectFrom('organization.user_role').selectAll().where('user_id', 'in', userIds).orderBy('role').execute()
  for (const row of rows) roles.get(row.user_id)?.push(row.role)
  return roles
}

/** Everybody with a role, whether they may sign in or not. */
export async function holdersOf(db: Db, role: string): Promise<string[]> {
  const rows = await db.selectFrom('organization.user_role').select('user_id').where('role', '=', role).execute()
  return rows.map((row) => row.user_id)
}

/** Everybody whose roles give them a permission for everything, whether they may sign in or not. */
export async function usersWith(db: Db, permission: string): Promise<string[]> {
  const rows = await db
    .selectFrom('organization.role_permission as p')
    .innerJoin('organization.user_role as u', 'u.role', 'p.role')
    .select('u.user_id')
    .distinct()
    .where('p.permission', '=', permission)
    .where('p.scope', '=', 'all')
    .execute()
  return rows.map((row) => row.user_id)
}

/** Whoever changes who administrates waits here for whoever does the same, so that two of them cannot leave nobody. */
export const holdAdministrators = (db: Db) =>
  db.selectFrom('organization.role').select('name').where('name', '=', 'administrator').forUpdate().execute()

/** Whoever changes what roles may do waits here for whoever does the same. */
export const holdRoles = (db: Db) => db.selectFrom('organization.role').select('name').orderBy('name').forUpdate().execute()

export async function giveRoles(db: Db, userId: string, roles: readonly string[]): Promise<void> {
  await db.deleteFrom('organization.user_role').where('user_id', '=', userId).execute()
  if (roles.length > 0)
    await db
      .insertInto('organization.user_role')
      .values([...new Set(roles)].map((role) => ({ user_id: userId, role })))
      .execute()
}

export async function setPermissions(db: Db, role: string, permissions: ReadonlyMap<string, Scope>): Promise<void> {
  await db.deleteFrom('organization.role_permission').where('role', '=', role).execute()
  await grant(
    db,
    [...permissions].map(([permission, scope]) => ({ role, permission, scope })),
  )
}

/** Makes the built-in roles that are not there yet, and answers which. */
export async function addRoles(db: Db, names: readonly string[]): Promise<string[]> {
  const rows = await db
    .insertInto('organization.role')
    .values(names.map((name) => ({ name, built_in: true })))
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning('name')
    .execute()
  return rows.map((row) => row.name)
}

/** Notes permissions as known; answers those that were not. Of two processes that start together only one is told. */
export async function newPermissions(db: Db, permissions: readonly string[]): Promise<string[]> {
  if (permissions.length === 0) return []
  const rows = await db
    .insertInto('organization.known_permission')
    .values(permissions.map((permission) => ({ permission })))
    .onConflict((conflict) => conflict.column('permission').doNothing())
    .returning('permission')
    .execute()
  return rows.map((row) => row.permission)
}

export async function grant(db: Db, grants: readonly { role: string; permission: string; scope: Scope }[]): Promise<void> {
  if (grants.length === 0) return
  await db
    .insertInto('organization.role_permission')
    .values(grants)
    .onConflict((conflict) => conflict.columns(['role', 'permission']).doNothing())
    .execute()
}
