import type { Db } from '#platform/database/connection.ts'
import type { RoleNames } from '../domain/role-key.ts'

export interface NamedRole {
  readonly name: string
  /** Null for the built-in ones. */
  readonly names: RoleNames | null
}

export async function namedRoles(db: Db): Promise<NamedRole[]> {
  const rows = await db.selectFrom('organization.role').select(['name', 'names']).orderBy('name').execute()
  return rows.map(({ name, names }) => ({ name, names: names as RoleNames | null }))
}

export const insertRole = (db: Db, name: string, names: RoleNames) =>
  db
    .insertInto('organization.role')
    .values({ name, built_in: false, names: JSON.stringify(names) })
    .execute()

export const nameRole = (db: Db, name: string, names: RoleNames) =>
  db
    .updateTable('organization.role')
    .set({ names: JSON.stringify(names) })
    .where('name', '=', name)
    .execute()

/** Its permissions go with it. */
export const deleteRole = (db: Db, name: string) => db.deleteFrom('organization.role').where('name', '=', name).execute()
