import { sql } from 'kysely'
import type { Reach } from '#platform/context.ts'
import { copyOut } from '#platform/database/binary-copy.ts'
import type { Db } from '#platform/database/connection.ts'
import type { ThingOwner } from '#platform/module.ts'
import type { Channel, TouchTotals } from '../domain/interaction.ts'
import { uuidText } from './ensure.ts'
import { keepFromRemoval } from './removal-lock.ts'
import { readOtherRoles, skipper } from './roles.ts'

interface Account extends ThingOwner {
  readonly ownerId: string | null
}

/** Those of some customers who are there, each with the user who owns them. */
export async function customerOwners(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Account>> {
  const { rows } = await sql<{ id: string; ownerId: string | null }>`
    select customer_id as id, owner_id as "ownerId" from customers.customer where customer_id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, ownerId }) => [id, { customerId: id, ownerId, ownerIds: ownerId === null ? [] : [ownerId] }]))
}

/** The customers whom somebody looks after, at most `limit`, in no order that means anything. */
export async function customersOfOwner(db: Db, ownerId: string, limit: number): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select customer_id as id from customers.customer where owner_id = ${ownerId} and erased_at is null limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}

/** Those of some customers whom somebody sees. */
export async function customersWithin(db: Db, ids: readonly string[], reach: Reach): Promise<ReadonlySet<string>> {
  if (reach === 'all') return new Set(ids)
  const owners = await customerOwners(db, ids)
  return new Set([...owners].filter(([, { ownerId }]) => ownerId !== null && reach.includes(ownerId)).map(([id]) => id))
}

/** Customers who must not be profiled. */
export async function profilingOff(db: Db): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('customers.customer').select('customer_id').where('profiling', '=', false).execute()
  return new Set(rows.map((row) => row.customer_id))
}

/** Those of some customers. */
export async function profilingOffOf(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select customer_id as id from customers.customer where not profiling and customer_id = any(${ids}::uuid[])`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

/** The same without objects: sixteen bytes each, ascending, valid until the next. In the transaction of `db` (of withTransaction). */
export const readProfilingOff = (db: Db, visit: (id: Uint8Array) => void): Promise<number> =>
  copyOut(db, 'select customer_id from customers.customer where not profiling order by customer_id', 1, (bytes, start) =>
    visit(bytes.subarray(start[0]!, start[0]! + 16)),
  )

/** Names by id; customers who are no more are missing. */
export async function customerNames(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string }>`
    select customer_id as id, name from customers.customer where customer_id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** The same with the city, for lists of a few. */
export async function customerNamesAndCities(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly name: string; readonly city: string | null }>> {
  const { rows } = await sql<{ id: string; name: string; city: string | null }>`
    select customer_id as id, name, city from customers.customer where customer_id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, name, city }) => [id, { name, city }]))
}

/** In which language somebody wants to be spoken to, in the words of their archive; null where it says none. */
export const customerLanguage = async (db: Db, customerId: string): Promise<string | null> =>
  (await db.selectFrom('customers.customer').select('language').where('customer_id', '=', customerId).executeTakeFirst())?.language ?? null

export const customerExists = async (db: Db, customerId: string): Promise<boolean> =>
  (await db.selectFrom('customers.customer').select('customer_id').where('customer_id', '=', customerId).executeTakeFirst()) !== undefined

/**
 * Those of some customers who are there, and who stay so until the end of the transaction: the undoing of an import waits, and sees then what was written about them. Whoever writes about a
 * customer in a transaction of a person holds them first. Of those who were erased nothing is written any more; `evenErased` is for their business records, which go on, such as a refund.
 */
export async function holdCustomers(
  db: Db,
  customerIds: readonly string[],
  { evenErased = false }: { readonly evenErased?: boolean } = {},
): Promise<ReadonlySet<string>> {
  await keepFromRemoval(db)
  const { rows } = await sql<{
    id: string
  }>`select customer_id as id from customers.customer where customer_id = any(${customerIds}::uuid[])
    and (${evenErased} or erased_at is null)`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

/** What belongs to an archive was changed beside it, such as a consent or a relation: it counts as tended. */
export async function touchArchives(db: Db, ids: readonly string[], now: Date): Promise<void> {
  await sql`update customers.customer set updated_at = ${now}::timestamptz where customer_id = any(${ids.toSorted()}::uuid[]) and updated_at < ${now}::timestamptz`.execute(
    db,
  )
}

/** How many customers there are (nobody else); counts them, so it is for runs and not for pages. */
export async function countCustomers(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from customers.customer where role = 'customer'`.execute(db)
  return rows[0]!.count
}

/** Every customer's id, ascending, as sixteen bytes of the chunk: the index alone answers. In the transaction of `db` (of withTransaction). */
export async function eachCustomerId(
  db: Db,
  onCustomer: (bytes: Buffer, id: number) => void,
  afterChunk?: (rows: number) => Promise<void> | void,
): Promise<number> {
  // Those who are no customers are few: they are left out here, and the index alone still answers.
  const others = await readOtherRoles(db)
  const isOther = skipper(others)
  const rows = await copyOut(
    db,
    'select customer_id from customers.customer order by customer_id',
    1,
    (bytes, start) => {
      if (!isOther(bytes, start[0]!)) onCustomer(bytes, start[0]!)
    },
    afterChunk,
  )
  return rows - others.length
}

/**
 * Every customer's id and how their first source calls them (empty for customers made by hand), ascending by id, as bytes and without objects: `onCustomer` gets
 * the chunk and the place of the sixteen bytes and of the text in it. In the transaction of `db` (of withTransaction).
 */
export const eachCustomer = (
  db: Db,
  onCustomer: (bytes: Buffer, id: number, key: number, keyLength: number) => void,
  afterChunk?: (rows: number) => Promise<void> | void,
): Promise<number> =>
  copyOut(
    db,
    `select customer_id, external_key from customers.customer where role = 'customer' order by customer_id`,
    2,
    (bytes, start, length) => onCustomer(bytes, start[0]!, start[1]!, Math.max(0, length[1]!)),
    afterChunk,
  )

/** Touches before a moment, per customer and channel. The value module turns them into costs at its rates. COPY takes no parameters; a moment's text is our own. */
const totals = (before: Date) => `select customer_id, channel, count(*) filter (where cost_minor is null)::int as touches,
  coalesce(sum(minutes) filter (where cost_minor is null), 0)::int as minutes, coalesce(sum(cost_minor), 0)::bigint as noted
  from customers.interaction where withdrawn_at is null and occurred_at < '${before.toISOString()}'`

/** Touches before a moment, of everybody who was touched, ascending by customer. In the transaction of `db` (of withTransaction). */
export const eachTouchTotal = (db: Db, before: Date, visit: (customerId: string, totals: TouchTotals) => void): Promise<number> =>
  copyOut(db, `${totals(before)} group by customer_id, channel order by customer_id, channel`, 5, (bytes, start, length) => {
    visit(uuidText(bytes, start[0]!), {
      channel: bytes.toString('utf8', start[1]!, start[1]! + length[1]!) as Channel,
      touches: bytes.readInt32BE(start[2]!),
      minutes: bytes.readInt32BE(start[3]!),
      notedMinor: Number(bytes.readBigInt64BE(start[4]!)),
    })
  })

/** The same of some customers; those without a touch are missing. */
export async function touchTotals(db: Db, ids: readonly string[], before: Date): Promise<ReadonlyMap<string, readonly TouchTotals[]>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ customer_id: string; channel: Channel; touches: number; minutes: number; noted: number }>`
    ${sql.raw(totals(before))} and customer_id = any(${ids}::uuid[]) group by customer_id, channel order by customer_id, channel`.execute(
    db,
  )
  const groups = Map.groupBy(rows, (row) => row.customer_id)
  return new Map(
    [...groups].map(([id, group]) => [
      id,
      group.map(({ channel, touches, minutes, noted }) => ({ channel, touches, minutes, notedMinor: noted })),
    ]),
  )
}
