import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { type Tier, tiers } from '../domain/book.ts'
import type { LikedChannel } from '../domain/contact-ways.ts'
import type { Channel } from '../domain/interaction.ts'
import { changeLists } from './changes.ts'

/** Who a customer is and how they are reached, in a few words. */
export interface Identity {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly company: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly address: string | null
  readonly city: string | null
  readonly preferredChannel: LikedChannel | null
  readonly ownerId: string | null
  readonly updatedAt: Date
  readonly tier: Tier
}

const identity = sql`c.customer_id as id, c.kind, c.name, c.company, c.email, c.phone, c.address, c.city, c.extended ->> 'preferredChannel' as "preferredChannel",
  c.owner_id as "ownerId", c.updated_at as "updatedAt", coalesce((select b.tier from customers.book b where b.customer_id = c.customer_id), 0)::int as tier`
type IdentityRow = Omit<Identity, 'tier'> & { readonly tier: number }
const withTier = (row: IdentityRow): Identity => ({ ...row, tier: tiers[row.tier] ?? 'lead' })

export async function identitiesOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Identity>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<IdentityRow>`select ${identity} from customers.customer c where c.customer_id = any(${ids}::uuid[])`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.id, withTier(row)]))
}

/** The birthdays of those of some customers who told theirs. */
export async function birthdaysOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; birthday: string }>`
    select c.customer_id as id, c.birthday from customers.customer c where c.customer_id = any(${ids}::uuid[]) and c.birthday is not null`.execute(
    db,
  )
  return new Map(rows.map(({ id, birthday }) => [id, birthday]))
}

/** How many customers each of some has referred. */
export async function referredBy(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; referred: number }>`
    select r.referrer_id as id, count(*)::int as referred from customers.referral r where r.referrer_id = any(${ids}::uuid[]) group by 1`.execute(
    db,
  )
  return new Map(rows.map(({ id, referred }) => [id, referred]))
}

/** The customers of one owner, or those without one, the best first by tier and profit (as the book's index has them, so that nobody's many are not sorted), at most `limit`. */
export async function accountsOf(db: Db, ownerId: string | null, limit: number): Promise<readonly Identity[]> {
  const owned = ownerId === null ? sql`c.owner_id is null` : sql`c.owner_id = ${ownerId}`
  const { rows } = await sql<IdentityRow>`
    select ${identity} from customers.customer c join customers.book k on k.customer_id = c.customer_id
    where ${owned} and c.erased_at is null order by k.tier desc, k.profit_minor desc, k.customer_id desc limit ${limit}`.execute(db)
  return rows.map(withTier)
}

/** Archives of an owner that nobody has changed since a moment, the longest untouched first, behind a place. */
export async function untouchedArchives(
  db: Db,
  ownerId: string,
  since: Date,
  after: { at: Date; id: string } | null,
  limit: number,
): Promise<readonly Identity[]> {
  const behind = after ? sql`and (c.updated_at, c.customer_id) > (${after.at}::timestamptz, ${after.id}::uuid)` : sql``
  const { rows } = await sql<IdentityRow>`
    select ${identity} from customers.customer c where c.owner_id = ${ownerId} and c.erased_at is null and c.updated_at < ${since}::timestamptz ${behind}
    order by c.updated_at, c.customer_id limit ${limit}`.execute(db)
  return rows.map(withTier)
}

/**
 * The same of those whom nobody looks after, the oldest archives first: they may be a million, for whom no index in the order of their last change is kept. `at` of the place is when an archive
 * was made.
 */
export async function untouchedOfNobody(
  db: Db,
  since: Date,
  after: { at: Date; id: string } | null,
  limit: number,
): Promise<readonly (Identity & { readonly createdAt: Date })[]> {
  const behind = after ? sql`and (c.created_at, c.customer_id) > (${after.at}::timestamptz, ${after.id}::uuid)` : sql``
  const { rows } = await sql<IdentityRow & { readonly createdAt: Date }>`
    select ${identity}, c.created_at as "createdAt" from customers.customer c
    where c.owner_id is null and c.role = 'customer' and c.updated_at < ${since}::timestamptz ${behind}
    order by c.created_at, c.customer_id limit ${limit}`.execute(db)
  return rows.map((row) => ({ ...withTier(row), createdAt: row.createdAt }))
}

export interface TouchMoment {
  readonly customerId: string
  readonly occurredAt: Date
  readonly channel: Channel
  readonly direction: 'in' | 'out'
}

/** When and how some customers were touched since a moment. */
export async function touchesSince(db: Db, ids: readonly string[], since: Date): Promise<readonly TouchMoment[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<TouchMoment>`
    select customer_id as "customerId", occurred_at as "occurredAt", channel, direction from customers.interaction
    where customer_id = any(${ids}::uuid[]) and withdrawn_at is null and occurred_at >= ${since}::timestamptz order by occurred_at`.execute(
    db,
  )
  return rows
}

/** Gives customers an owner by hand, and keeps it in their history; those who have that owner stay untouched. */
export async function writeOwners(
  db: Db,
  customerIds: readonly string[],
  ownerId: string,
  on: { readonly by: string; readonly now: Date; readonly newId: () => string },
): Promise<void> {
  for (const customerId of customerIds.toSorted()) {
    const change = changeLists([{ id: on.newId(), field: 'ownerId', before: null, after: ownerId }])
    await sql`
      with former as (
        select customer_id, owner_id from customers.customer where customer_id = ${customerId} and owner_id is distinct from ${ownerId}
      ), written as (
        update customers.customer c set owner_id = ${ownerId}, hand_fields = array(select distinct unnest(array_append(c.hand_fields, 'ownerId'))),
          version = c.version + 1
        from former where c.customer_id = former.customer_id and c.customer_id = ${customerId} returning c.customer_id
      )
      insert into customers.change (customer_id, id, field, before, after, changed_at, changed_by)
      select former.customer_id, x.id, x.field, to_jsonb(former.owner_id), x.after, ${on.now}::timestamptz, ${on.by}
      from former join written using (customer_id) cross join ${change}`.execute(db)
  }
}
