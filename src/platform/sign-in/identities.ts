import type { Db } from '../database/connection.ts'
import type { Publish } from '../fact.ts'
import { timeOrderedId } from '../identifier.ts'
import { refuse } from '../refusal.ts'
import { normalEmail } from './credentials.ts'
import { identityLinked } from './facts.ts'
import type { Person, SingleSignOn } from './single-sign-on.ts'
import { createUser, userByEmail, userById } from './users.ts'

/** Somebody at a provider as whom a user may sign in: known by issuer and subject, never by an address. */
export interface Identity {
  readonly id: string
  readonly issuer: string
  readonly linkedAt: Date
}

/** Passwords lie in the same table, as the sign-in library keeps them. */
const passwords = 'credential'

export async function identitiesOf(db: Db, userId: string): Promise<Identity[]> {
  const rows = await db
    .selectFrom('platform.account')
    .select(['id', 'provider_id', 'created_at'])
    .where('user_id', '=', userId)
    .where('provider_id', '<>', passwords)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ id: row.id, issuer: row.provider_id, linkedAt: row.created_at }))
}

/** Takes one away; answers its issuer, or null where the user has no such. */
export async function unlinkIdentity(db: Db, userId: string, id: string): Promise<string | null> {
  const row = await db
    .deleteFrom('platform.account')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .where('provider_id', '<>', passwords)
    .returning('provider_id')
    .executeTakeFirst()
  return row?.provider_id ?? null
}

/** Whether somebody can come in by a password. */
export async function hasPassword(db: Db, userId: string): Promise<boolean> {
  const row = await db
    .selectFrom('platform.account')
    .select('id')
    .where('user_id', '=', userId)
    .where('provider_id', '=', passwords)
    .where('password', 'is not', null)
    .executeTakeFirst()
  return row !== undefined
}

interface Arrival {
  readonly db: Db
  readonly publish: Publish
  readonly company: SingleSignOn
  readonly person: Person
  readonly now: Date
}

/**
 * Which user comes in: the one that this identity belongs to; else, where wanted, a new one. Whoever has an account already connects it while they are signed in: an address alone, whoever
 * confirms it, opens nobody's account, because whoever names the provider would open them all.
 */
export async function admit(arrival: Arrival, welcome: (userId: string) => Promise<void>): Promise<string> {
  const { db, company, person, now } = arrival
  const known = await holderOf(db, person)
  if (known !== null) return enabled(db, known)
  const email = addressOf(arrival)
  if (await userByEmail(db, email))
    throw refuse('forbidden', 'provider-not-connected', 'You have an account here; sign in to it and connect the provider on your profile')
  if (!company.createsUsers) throw refuse('forbidden', 'provider-unknown-person', 'You have no account here; ask an administrator')
  const userId = timeOrderedId(now)
  const name = typeof person.name === 'string' && person.name.trim() !== '' ? person.name.trim().slice(0, 120) : email
  await createUser(db, { id: userId, name, email, password: null, initialPassword: false }, now)
  await welcome(userId)
  await link(arrival, userId, true)
  return userId
}

/** Connects the identity with the account of somebody who is signed in; one that is connected with it already stays so. */
export async function connect(arrival: Arrival, userId: string): Promise<void> {
  const known = await holderOf(arrival.db, arrival.person)
  if (known !== null && known !== userId)
    throw refuse('conflict', 'identity-taken', 'Somebody else here signs in with this account of the provider')
  addressOf(arrival)
  await enabled(arrival.db, userId)
  if (known === null) await link(arrival, userId, false)
}

async function link({ db, publish, person, now }: Arrival, userId: string, isNew: boolean): Promise<void> {
  const at = { created_at: now, updated_at: now }
  await db
    .insertInto('platform.account')
    .values({ id: timeOrderedId(now), user_id: userId, account_id: person.subject, provider_id: person.issuer, ...at })
    .execute()
  await publish(identityLinked, { userId, issuer: person.issuer, isNew })
}

async function holderOf(db: Db, { issuer, subject }: Person): Promise<string | null> {
  const row = await db
    .selectFrom('platform.account')
    .select('user_id')
    .where('provider_id', '=', issuer)
    .where('account_id', '=', subject)
    .executeTakeFirst()
  return row?.user_id ?? null
}

/** The address, where the provider has confirmed it and it lies in a domain of the company. */
function addressOf({ company, person }: Arrival): string {
  const email = typeof person.email === 'string' ? normalEmail(person.email) : ''
  // One sign between name and domain: with two, readers differ on where the domain begins.
  const domain = /^[^\s@]+@([^\s@]+)$/.exec(email)?.[1]
  if (person.confirmed !== true || !company.domains.some((one) => one.toLowerCase() === domain))
    throw refuse('forbidden', 'provider-address-unconfirmed', 'The provider has not confirmed an address of this company for you')
  return email
}

async function enabled(db: Db, userId: string): Promise<string> {
  const user = await userById(db, userId)
  if (!user || user.disabledAt) throw refuse('forbidden', 'account-disabled', 'This account is disabled; ask an administrator')
  return userId
}
