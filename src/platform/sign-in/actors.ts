import type { Actor } from '../context.ts'
import type { Db } from '../database/connection.ts'

/** What somebody may do, as the organization keeps it. */
export interface Grants {
  readonly roles: readonly string[]
  readonly permissions: readonly string[]
}
export type GrantsOf = (db: Db, userId: string) => Promise<Grants>

/** A person with what they are granted; by a key only as far as the key goes too. */
export function actorOf(
  person: { readonly id: string; readonly name: string },
  { roles, permissions }: Grants,
  through: NonNullable<Actor['through']>,
  only?: readonly string[],
): Actor {
  const held = new Set(only ? permissions.filter((permission) => only.includes(permission)) : permissions)
  return { kind: 'person', id: person.id, name: person.name, roles, can: (permission) => held.has(permission), through }
}
