import type { Actor } from '../context.ts'
import type { Db } from '../database/connection.ts'
import { actorOf, type GrantsOf } from './actors.ts'
import { hashOf, randomToken } from './credentials.ts'
import type { LastUse } from './last-use.ts'
import { memoryOf } from './memory.ts'

/** A key of ours is recognised by its beginning, also by programs that look for secrets where none should lie. */
const beginning = 'patron_'
const shownLetters = beginning.length + 5
const mostRemembered = 5000

export interface Keys {
  /** In whose name a key acts now: with what it was given and its owner still may. Null where it opens nothing. */
  actorWith(key: string): Promise<Actor | null>
  forget(): void
}

export interface KeyParts {
  readonly db: Db
  readonly grantsOf: GrantsOf
  readonly needsSecondFactor: (roles: readonly string[]) => Promise<boolean>
  readonly lastUse: LastUse
  readonly now: () => Date
}

export function readKeys({ db, grantsOf, needsSecondFactor, lastUse, now }: KeyParts): Keys {
  const remembered = memoryOf<Actor>(mostRemembered)

  async function load(hash: Buffer, at: Date): Promise<Actor | null> {
    const key = await db
      .selectFrom('platform.api_key as k')
      .innerJoin('platform.user as u', 'u.id', 'k.owner_id')
      .leftJoin('platform.second_factor as f', 'f.user_id', 'k.owner_id')
      .select(['k.id as key_id', 'k.permissions', 'k.name as key_name', 'k.for_service', 'u.id', 'u.name', 'f.confirmed_at'])
      .where('k.key_hash', '=', hash)
      .where('k.revoked_at', 'is', null)
      .where((eb) => eb.or([eb('k.expires_at', 'is', null), eb('k.expires_at', '>', at)]))
      .where('u.disabled_at', 'is', null)
      .executeTakeFirst()
    if (!key) return null
    const grants = await grantsOf(db, key.id)
    // A key may never do what its owner may not do now; who must first set up a second factor may do nothing.
    if (key.confirmed_at === null && (await needsSecondFactor(grants.roles))) return null
    lastUse.note('key', key.key_id, at)
    const name = key.for_service ? key.key_name : key.name
    return actorOf({ id: key.id, name }, grants, { kind: 'key', id: key.key_id }, key.permissions)
  }

  return {
    async actorWith(key) {
      if (!key.startsWith(beginning)) return null
      const hash = hashOf(key)
      const at = now()
      return remembered.get(hash.toString('base64'), at, () => load(hash, at))
    },
    forget: () => remembered.forget(),
  }
}

export interface NewKey {
  readonly id: string
  readonly ownerId: string
  readonly name: string
  readonly forService: boolean
  readonly permissions: readonly string[]
  readonly expiresAt: Date | null
}

/** Makes a key and answers it; it can never be read again. */
export async function makeKey(db: Db, { id, ownerId, name, forService, permissions, expiresAt }: NewKey, now: Date): Promise<string> {
  const key = `${beginning}${randomToken()}`
  await db
    .insertInto('platform.api_key')
    .values({
      id,
      owner_id: ownerId,
      name,
      for_service: forService,
      key_hash: hashOf(key),
      beginning: key.slice(0, shownLetters),
      permissions: [...permissions],
      created_at: now,
      expires_at: expiresAt,
    })
    .execute()
  return key
}

export interface Key {
  readonly id: string
  readonly ownerId: string
  readonly ownerName: string
  readonly name: string
  readonly forService: boolean
  readonly beginning: string
  readonly permissions: readonly string[]
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly usedAt: Date | null
}

/** Keys that were not revoked, the newest first, strictly before the given one; of one owner or of everybody. */
export async function keysBefore(db: Db, ownerId: string | null, before: string | null, limit: number): Promise<Key[]> {
  const rows = await db
    .selectFrom('platform.api_key as k')
    .innerJoin('platform.user as u', 'u.id', 'k.owner_id')
    .select(['k.id', 'k.owner_id', 'u.name as owner_name', 'k.name', 'k.for_service', 'k.beginning', 'k.permissions'])
    .select(['k.created_at', 'k.expires_at', 'k.used_at'])
    .where('k.revoked_at', 'is', null)
    .$if(ownerId !== null, (query) => query.where('k.owner_id', '=', ownerId!))
    .$if(before !== null, (query) => query.where('k.id', '<', before!))
    .orderBy('k.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    name: row.name,
    forService: row.for_service,
    beginning: row.beginning,
    permissions: row.permissions,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
  }))
}

/** Ends a key for good; of one owner only where named. Answers whose it was, or null where there is none. */
export async function revokeKey(db: Db, id: string, ownerId: string | null, now: Date): Promise<string | null> {
  const row = await db
    .updateTable('platform.api_key')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .$if(ownerId !== null, (query) => query.where('owner_id', '=', ownerId!))
    .returning('owner_id')
    .executeTakeFirst()
  return row?.owner_id ?? null
}
