import type { Actor, Reach } from '../context.ts'
import type { Db } from '../database/connection.ts'

/** What somebody may do, as the organization keeps it. */
export interface Grants {
  readonly roles: readonly string[]
  /** As far as which customers, per permission. */
  readonly permissions: ReadonlyMap<string, Reach>
}
export type GrantsOf = (db: Db, userId: string) => Promise<Grants>

/** A person with what they are granted; by a key only as far as the key goes too. */
export function actorOf(
  person: { readonly id: string; readonly name: string },
  { roles, permissions }: Grants,
  through: NonNullable<Actor['through']>,
  only?: readonly string[],
): Actor {
  const can = (permission: string) => permissions.has(permission) && (only?.includes(permission) ?? true)
  const reach = (permission: string) => (can(permission) ? (permissions.get(permission) ?? []) : [])
  return { kind: 'person', id: person.id, name: person.name, roles, can, reach, through }
}
