import { createHash } from 'node:crypto'
import { hashPassword } from 'better-auth/crypto'
import type { Db } from '../database/connection.ts'
import { timeOrderedId } from '../identifier.ts'
import { refuse } from '../refusal.ts'
import { isUserId } from '../user-id.ts'
import { normalEmail, passwordProblem, passwordSentence, randomToken } from './credentials.ts'

/** Somebody who may sign in. What they may do is the organization's business. */
export interface User {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly createdAt: Date
  readonly disabledAt: Date | null
  /** The password was made by somebody else and should be changed. */
  readonly initialPassword: boolean
}

export const userById = async (db: Db, id: string): Promise<User | null> => {
  if (!isUserId(id)) return null
  const row = await db.selectFrom('platform.user').select(columns).where('id', '=', id).executeTakeFirst()
  return row ? userOf(row) : null
}

/** Whoever changes by what somebody comes in waits here for whoever does the same, so that two of them cannot leave no way. */
export const holdUser = (db: Db, id: string) => db.selectFrom('platform.user').select('id').where('id', '=', id).forUpdate().execute()

export async function userByEmail(db: Db, email: string): Promise<User | null> {
  const row = await db.selectFrom('platform.user').select(columns).where('email', '=', normalEmail(email)).executeTakeFirst()
  return row ? userOf(row) : null
}

/** Whom a list of users is narrowed to. */
export interface UserWish {
  /** A part of the name, whatever its case. */
  readonly q?: string | undefined
  readonly ids?: readonly string[] | undefined
  readonly enabled?: boolean | undefined
}

/** Users in the order of their addresses, after the given address. */
export async function usersAfter(db: Db, email: string | null, limit: number, { q = '', ids, enabled }: UserWish = {}): Promise<User[]> {
  const rows = await db
    .selectFrom('platform.user')
    .select(columns)
    .$if(email !== null, (query) => query.where('email', '>', email))
    .$if(q !== '', (query) => query.where((e) => e(e.fn('strpos', [e.fn('lower', ['name']), e.fn('lower', [e.val(q)])]), '>', 0)))
    .$if(ids !== undefined, (query) => query.where('id', '=', (e) => e.fn.any(e.val(ids))))
    .$if(enabled !== undefined, (query) => query.where('disabled_at', enabled ? 'is' : 'is not', null))
    .orderBy('email')
    .limit(limit)
    .execute()
  return rows.map(userOf)
}

/** Names of those of the given actors that are users; 'operator' and 'system' are not among them. */
export async function namesOf(db: Db, actors: readonly string[]): Promise<Map<string, string>> {
  const ids = [...new Set(actors)].filter((id) => isUserId(id))
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('platform.user').select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** Names and addresses of those of the given actors that are users. */
export async function mailboxesOf(db: Db, actors: readonly string[]): Promise<Map<string, { name: string; email: string }>> {
  const ids = [...new Set(actors)].filter((id) => isUserId(id))
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('platform.user').select(['id', 'name', 'email']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, ...mailbox }) => [id, mailbox]))
}

export async function anyUser(db: Db): Promise<boolean> {
  const row = await db.selectFrom('platform.user').select('id').limit(1).executeTakeFirst()
  return row !== undefined
}

/** Those of some ids that are users, whether they may sign in or not. */
export async function usersAmong(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db.selectFrom('platform.user').select('id').where('id', 'in', ids).execute()
  return new Set(rows.map((row) => row.id))
}

/** Those of the given users who may sign in. */
export async function enabledAmong(db: Db, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('platform.user').select('id').where('id', 'in', ids).where('disabled_at', 'is', null).execute()
  return rows.map((row) => row.id)
}

/** Whether somebody may sign in; whoever has no account may not. */
export const maySignIn = async (db: Db, id: string): Promise<boolean> => isUserId(id) && (await enabledAmong(db, [id])).length > 0

/** Everybody who may sign in. */
export async function enabledUsers(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('platform.user').select('id').where('disabled_at', 'is', null).execute()
  return rows.map((row) => row.id)
}

/**
 * Who is meant by words that a file uses for people: an id, an e-mail address, or a name, whatever its case. Null where several who may sign in have the name; left out where nobody does.
 */
export async function enabledByWords(db: Db, words: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
  const plain = [...new Set(words.map((word) => word.trim().toLowerCase()))]
  if (plain.length === 0) return new Map()
  const rows = await db
    .selectFrom('platform.user')
    .select(['id', 'name', 'email'])
    .where('disabled_at', 'is', null)
    .where((e) =>
      e.or([
        e('id', 'in', plain.filter((word) => isUserId(word)).concat(nobody)),
        e('email', 'in', plain),
        e(e.fn('lower', [e.fn('btrim', ['name'])]), 'in', plain),
      ]),
    )
    .execute()
  const named = Map.groupBy(rows, ({ name }) => name.trim().toLowerCase())
  const certain = new Map(rows.flatMap(({ id, email }) => [[id, id] as const, [normalEmail(email), id] as const]))
  return new Map(
    words.flatMap((word) => {
      const key = word.trim().toLowerCase()
      const found = named.get(key) ?? []
      const id = certain.get(key) ?? (found.length === 1 ? found[0]!.id : found.length > 1 ? null : undefined)
      return id === undefined ? [] : [[word, id] as const]
    }),
  )
}
const nobody = '00000000-0000-0000-0000-000000000000'

export interface NewUser {
  readonly id: string
  readonly name: string
  readonly email: string
  /** Null where the person will choose one by a link. */
  readonly password: string | null
  readonly initialPassword: boolean
}

/** Makes somebody who may sign in; refused where the address is taken. */
export async function createUser(db: Db, user: NewUser, now: Date): Promise<void> {
  const email = normalEmail(user.email)
  const made = await db
    .insertInto('platform.user')
    .values({
      id: user.id,
      name: user.name,
      email,
      email_verified: true,
      created_at: now,
      updated_at: now,
      initial_password: user.initialPassword,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made)
    throw refuse('conflict', 'email-taken', 'Somebody with this e-mail address already exists', {
      fields: [{ field: 'email', reason: 'email-taken', detail: 'Somebody with this e-mail address already exists' }],
    })
  if (user.password !== null) await savePassword(db, user.id, user.password, now)
}

/** Gives somebody a new password and ends all their sessions and open links. */
export async function replacePassword(db: Db, userId: string, password: string, initial: boolean, now: Date): Promise<void> {
  await savePassword(db, userId, password, now)
  await db.updateTable('platform.user').set({ initial_password: initial, updated_at: now }).where('id', '=', userId).execute()
  await db.deleteFrom('platform.verification').where('value', '=', userId).execute()
  await endSessions(db, userId)
}

/** From now on the password is one that the person has chosen. */
export const markPasswordOwn = (db: Db, userId: string) =>
  db.updateTable('platform.user').set({ initial_password: false }).where('id', '=', userId).execute()

/** Somebody who may no longer sign in loses every session at once. */
export async function setDisabled(db: Db, userId: string, disabled: boolean, now: Date): Promise<void> {
  await db
    .updateTable('platform.user')
    .set({ disabled_at: disabled ? now : null, updated_at: now })
    .where('id', '=', userId)
    .execute()
  if (disabled) await endSessions(db, userId)
}

export const endSessions = (db: Db, userId: string) => db.deleteFrom('platform.session').where('user_id', '=', userId).execute()

export const rename = (db: Db, userId: string, name: string, now: Date) =>
  db.updateTable('platform.user').set({ name, updated_at: now }).where('id', '=', userId).execute()

/** The secret of a link with which somebody chooses a new password. Kept as the sign-in library looks it up: by the hash of its name. */
export async function passwordLink(db: Db, userId: string, hours: number, now: Date): Promise<string> {
  const token = randomToken()
  await db
    .insertInto('platform.verification')
    .values({
      id: timeOrderedId(now),
      identifier: createHash('sha256').update(`reset-password:${token}`).digest('base64url'),
      value: userId,
      expires_at: new Date(now.getTime() + hours * 3_600_000),
      created_at: now,
      updated_at: now,
    })
    .execute()
  return token
}

/** Refuses a password that is too short, too long or too easy to guess. */
export function checkPassword(password: string, about: readonly string[], field = 'password'): void {
  const reason = passwordProblem(password, about)
  if (!reason) return
  const detail = passwordSentence[reason]
  throw refuse('invalid', reason, detail, { fields: [{ field, reason, detail }] })
}

async function savePassword(db: Db, userId: string, password: string, now: Date): Promise<void> {
  const hash = await hashPassword(password)
  await db
    .insertInto('platform.account')
    .values({
      id: timeOrderedId(now),
      user_id: userId,
      account_id: userId,
      provider_id: 'credential',
      password: hash,
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['provider_id', 'account_id'])
        .doUpdateSet((eb) => ({ password: eb.ref('excluded.password'), updated_at: eb.ref('excluded.updated_at') })),
    )
    .execute()
}

const columns = ['id', 'name', 'email', 'created_at', 'disabled_at', 'initial_password'] as const
const userOf = (row: {
  id: string
  name: string
  email: string
  created_at: Date
  disabled_at: Date | null
  initial_password: boolean
}): User => ({
  id: row.id,
  name: row.name,
  email: row.email,
  createdAt: row.created_at,
  disabledAt: row.disabled_at,
  initialPassword: row.initial_password,
})
