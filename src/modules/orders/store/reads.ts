import { sql } from 'kysely'
import type { Place } from '#platform/cursor.ts'
import type { Db } from '#platform/database/connection.ts'
import type { ThingOwner } from '#platform/module.ts'

/** One order as it lies in the database. */
export interface StoredOrder {
  readonly customerId: string
  readonly id: string
  readonly sourceId: number
  readonly number: string | null
  readonly day: string
  readonly placedAt: Date | null
  readonly cancelled: boolean
  readonly counted: boolean
  readonly refundOf: string | null
  readonly currency: string | null
  readonly rate: string | null
  readonly lines: string
  readonly revenueMinor: number
  readonly discountMinor: number
  readonly refundMinor: number
  readonly discountedMinor: number
  readonly costMinor: number
  readonly costUnknownMinor: number
  readonly channel: string | null
  readonly campaign: string | null
  readonly byHand: boolean
  readonly fingerprint: number
  readonly version: number
  readonly updatedAt: Date
}

const columns = [
  'customer_id as customerId',
  'id',
  'source_id as sourceId',
  'number',
  'day',
  'placed_at as placedAt',
  'cancelled',
  'counted',
  'refund_of as refundOf',
  'currency',
  'rate',
  'lines',
  'revenue_minor as revenueMinor',
  'discount_minor as discountMinor',
  'refund_minor as refundMinor',
  'discounted_minor as discountedMinor',
  'cost_minor as costMinor',
  'cost_unknown_minor as costUnknownMinor',
  'channel',
  'campaign',
  'by_hand as byHand',
  'fingerprint',
  'version',
  'updated_at as updatedAt',
] as const

/** A customer's orders, newest first, behind a place (day, id). */
export async function ordersOf(db: Db, customerId: string, after: Place | null, limit: number): Promise<StoredOrder[]> {
  let query = db.selectFrom('orders.purchase').select(columns).where('customer_id', '=', customerId)
  if (after) query = query.where(sql<boolean>`(day, id) < (${after[0]}::date, ${after[1]}::uuid)`)
  return query.orderBy('day', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

/** Everybody's orders, newest days first, behind a place (day, customer, id). */
export async function latestOrders(db: Db, after: Place | null, limit: number): Promise<StoredOrder[]> {
  let query = db.selectFrom('orders.purchase').select(columns)
  if (after)
    query = query
      .where('day', '<=', String(after[0]))
      .where(sql<boolean>`(day, customer_id, id) < (${after[0]}::date, ${after[1]}::uuid, ${after[2]}::uuid)`)
  return query.orderBy('day', 'desc').orderBy('customer_id', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

/** An order by its id alone; the index by id says whose it is. */
export const orderById = (db: Db, id: string): Promise<StoredOrder | undefined> =>
  db.selectFrom('orders.purchase').select(columns).where('id', '=', id).executeTakeFirst()

/** Whose some orders are; an order belongs to nobody but its customer. */
export async function orderOwners(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, ThingOwner>> {
  const { rows } = await sql<{ id: string; customerId: string }>`
    select id, customer_id as "customerId" from orders.purchase where id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, customerId }) => [id, { customerId, ownerIds: [] }]))
}

/** Orders that some source calls by this number. The index by id finds them, because ids come from source and number. */
export async function ordersByNumber(db: Db, number: string, ids: readonly string[]): Promise<StoredOrder[]> {
  return db
    .selectFrom('orders.purchase')
    .select(columns)
    .where('id', 'in', [...ids])
    .where('number', '=', number)
    .orderBy('day', 'desc')
    .orderBy('id')
    .limit(20)
    .execute()
}

export const orderOf = (db: Db, customerId: string, id: string): Promise<StoredOrder | undefined> =>
  db.selectFrom('orders.purchase').select(columns).where('customer_id', '=', customerId).where('id', '=', id).executeTakeFirst()

/** What was given back for an order so far. */
export async function refundsOf(db: Db, customerId: string, id: string): Promise<StoredOrder[]> {
  return db
    .selectFrom('orders.purchase')
    .select(columns)
    .where('customer_id', '=', customerId)
    .where('refund_of', '=', id)
    .orderBy('day')
    .orderBy('id')
    .execute()
}

/** Those of some orders of which a refund was brought, changed or cancelled since a moment; all that have one where it is null. */
export async function refundedAmong(
  db: Db,
  orders: readonly { readonly customerId: string; readonly orderId: string }[],
  since: Date | null,
): Promise<ReadonlySet<string>> {
  if (orders.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select distinct r.refund_of as id from orders.purchase r
    where r.customer_id = any(${[...new Set(orders.map(({ customerId }) => customerId))]}::uuid[])
      and r.refund_of = any(${orders.map(({ orderId }) => orderId)}::uuid[]) and (${since}::timestamptz is null or r.updated_at >= ${since}::timestamptz)`.execute(
    db,
  )
  return new Set(rows.map(({ id }) => id))
}

/** A customer's orders strictly before a moment and id, newest first, for the timeline. Orders without a time of day stand at the beginning of their day, UTC. */
export async function timelineOrders(
  db: Db,
  customerId: string,
  before: { at: Date; id: string } | null,
  limit: number,
): Promise<(StoredOrder & { at: Date })[]> {
  const at = sql<Date>`coalesce(placed_at, day::timestamp at time zone 'UTC')`
  let query = db
    .selectFrom('orders.purchase')
    .select([...columns, at.as('at')])
    .where('customer_id', '=', customerId)
  // The place may be another module's entry, whose id is no uuid; a uuid's text sorts as the uuid does.
  if (before) query = query.where(sql<boolean>`(${at}, id::text collate "C") < (${before.at}::timestamptz, ${before.id}::text)`)
  return query.orderBy(at, 'desc').orderBy('id', 'desc').limit(limit).execute()
}

export interface LedgerYear {
  readonly year: number
  readonly orders: number
  readonly revenueMinor: number
  readonly discountMinor: number
  readonly refundMinor: number
  readonly netMinor: number
}

/** The customer's totals by year, newest first: the consumption ledger. */
export async function ledgerOf(db: Db, customerId: string): Promise<LedgerYear[]> {
  const { rows } = await sql<LedgerYear>`
    select extract(year from day)::int as year, count(*) filter (where counted) as orders, sum(revenue_minor)::bigint as "revenueMinor",
      sum(discount_minor)::bigint as "discountMinor", sum(refund_minor)::bigint as "refundMinor", sum(revenue_minor - discount_minor - refund_minor)::bigint as "netMinor"
    from orders.purchase where customer_id = ${customerId}::uuid group by 1 order by 1 desc`.execute(db)
  return rows
}
