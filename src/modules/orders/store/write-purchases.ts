import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { unpackId } from '#platform/packed-id.ts'
import { refuseDuringBulk } from './bulk-indexes.ts'
import type { PreparedOrder, WrittenBy } from './copy-orders.ts'

/** What is there under an order's id, as far as a comparison needs it. */
export interface ExistingOrder {
  readonly customerId: string
  readonly id: string
  readonly fingerprint: number
  readonly byHand: boolean
  readonly version: number
}

/**
 * Writers of orders keep out of each other's way: a load takes the whole table for one short transaction, single writers share it and queue per customer. Readers wait for nobody.
 */
export async function lockForLoad(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lockKey})`.execute(db)
}

/** One writer at a time for each of these customers. */
export async function lockForWriting(db: Db, customerIds: readonly string[]): Promise<void> {
  await refuseDuringBulk(db)
  await sql`select pg_advisory_xact_lock_shared(${lockKey})`.execute(db)
  await lockEach(db, lockKey, customerIds)
}

/** One writer at a time for each of these ids of orders, whosesoever they are: to be taken before the customers, and before looking whether a number is free. */
export const lockOrderIds = (db: Db, ids: readonly string[]): Promise<void> => lockEach(db, lockKey + 1, ids)

/** In the order of the locks. There are no more than 1,024 of a kind, because the server has room for some thousand only; two ids that share one wait for each other. */
async function lockEach(db: Db, key: number, ids: readonly string[]): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(${key}::int, place) from (select distinct hashtext(id) & 1023 as place from unnest(${ids}::text[]) as id order by 1) places`.execute(
    db,
  )
}
const lockKey = 7_201_305

const existingColumns = sql`p.customer_id as "customerId", p.id, p.fingerprint, p.by_hand as "byHand", p.version`

/** All orders of these customers. */
export async function ordersOfCustomers(db: Db, customerIds: readonly string[]): Promise<ExistingOrder[]> {
  const { rows } = await sql<ExistingOrder>`
    select ${existingColumns} from orders.purchase p where p.customer_id = any(${customerIds}::uuid[]) order by p.customer_id, p.id`.execute(
    db,
  )
  return rows
}

/** Orders by their ids, whosesoever they are. */
export async function ordersByIds(db: Db, ids: readonly string[]): Promise<ExistingOrder[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<ExistingOrder>`
    select ${existingColumns} from orders.purchase p where p.id = any(${ids}::uuid[]) order by p.customer_id, p.id`.execute(db)
  return rows
}

export async function hasPurchases(db: Db): Promise<boolean> {
  return (await db.selectFrom('orders.purchase').select('id').limit(1).executeTakeFirst()) !== undefined
}

/** Keeps what orders were before a run changes or removes them; the first state counts. */
export async function keepBefore(db: Db, runId: string, orders: readonly { customerId: string; id: string }[]): Promise<void> {
  if (orders.length === 0) return
  await sql`
    insert into orders.purchase_before (customer_id, run_id, id, before)
    select p.customer_id, ${runId}::uuid, p.id, to_jsonb(p) from orders.purchase p
    join unnest(${orders.map((o) => o.customerId)}::uuid[], ${orders.map((o) => o.id)}::uuid[]) as x (customer_id, id)
      on p.customer_id = x.customer_id and p.id = x.id
    on conflict (customer_id, run_id, id) do nothing`.execute(db)
}

export async function removeOrders(db: Db, orders: readonly { customerId: string; id: string }[]): Promise<void> {
  if (orders.length === 0) return
  await sql`
    delete from orders.purchase p using unnest(${orders.map((o) => o.customerId)}::uuid[], ${orders.map((o) => o.id)}::uuid[]) as x (customer_id, id)
    where p.customer_id = x.customer_id and p.id = x.id`.execute(db)
}

/** Replaces orders whole. Nobody else writes them now: the caller holds the lock. */
export async function replaceOrders(db: Db, orders: readonly PreparedOrder[], by: WrittenBy): Promise<void> {
  if (orders.length === 0) return
  const list = <T>(pick: (order: PreparedOrder) => T) => orders.map(pick)
  await sql`
    update orders.purchase p set source_id = x.source_id, number = x.number, day = date '1970-01-01' + x.day, placed_at = x.placed_at, cancelled = x.cancelled, counted = x.counted,
      refund_of = x.refund_of, currency = x.currency, rate = x.rate, lines = x.lines, revenue_minor = x.revenue, discount_minor = x.discount, refund_minor = x.refund,
      discounted_minor = x.discounted, cost_minor = x.cost, cost_unknown_minor = x.unknown, channel = x.channel, campaign = x.campaign, by_hand = ${by.byHand},
      fingerprint = x.fingerprint, changed_by_run = ${by.runId}::uuid, updated_at = ${by.now}::timestamptz, version = p.version + 1
    from unnest(${list((o) => unpackId(o.customer))}::uuid[], ${list((o) => unpackId(o.id))}::uuid[], ${list((o) => o.sourceId)}::int2[], ${list((o) => o.number)}::text[],
      ${list((o) => o.content.day)}::int[], ${list((o) => (o.content.placedAt === null ? null : new Date(o.content.placedAt)))}::timestamptz[],
      ${list((o) => o.content.cancelled)}::bool[], ${list((o) => o.sums.counted)}::bool[], ${list((o) => o.refundOf)}::uuid[], ${list((o) => o.content.currency)}::text[],
      ${list((o) => o.content.rate)}::numeric[], ${list((o) => o.lines)}::text[], ${list((o) => o.sums.revenueMinor)}::bigint[], ${list((o) => o.sums.discountMinor)}::bigint[],
      ${list((o) => o.sums.refundMinor)}::bigint[], ${list((o) => o.sums.discountedMinor)}::bigint[], ${list((o) => o.sums.costMinor)}::bigint[],
      ${list((o) => o.sums.costUnknownMinor)}::bigint[], ${list((o) => o.content.channel)}::text[], ${list((o) => o.content.campaign)}::text[],
      ${list((o) => o.fingerprint)}::bigint[])
      as x (customer_id, id, source_id, number, day, placed_at, cancelled, counted, refund_of, currency, rate, lines, revenue, discount, refund, discounted, cost, unknown,
        channel, campaign, fingerprint)
    where p.customer_id = x.customer_id and p.id = x.id`.execute(db)
}

/** The hand wins; what the source says is kept beside it, and noted, so that the same file again changes nothing. */
export async function keepSourceVersions(db: Db, orders: readonly PreparedOrder[], by: { runId: string; now: Date }): Promise<void> {
  if (orders.length === 0) return
  await sql`
    insert into orders.source_version (customer_id, id, run_id, content, seen_at)
    select x.customer_id, x.id, ${by.runId}::uuid, x.content, ${by.now}::timestamptz
    from unnest(${orders.map((o) => unpackId(o.customer))}::uuid[], ${orders.map((o) => unpackId(o.id))}::uuid[],
      ${orders.map((o) => JSON.stringify({ ...o.content, number: o.number, lines: o.lines }))}::jsonb[]) as x (customer_id, id, content)
    on conflict (customer_id, id, run_id) do nothing`.execute(db)
  await sql`
    update orders.purchase p set fingerprint = x.fingerprint, changed_by_run = ${by.runId}::uuid
    from unnest(${orders.map((o) => unpackId(o.customer))}::uuid[], ${orders.map((o) => unpackId(o.id))}::uuid[], ${orders.map((o) => o.fingerprint)}::bigint[])
      as x (customer_id, id, fingerprint)
    where p.customer_id = x.customer_id and p.id = x.id`.execute(db)
}
