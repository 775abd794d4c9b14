import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { type Delivery, deliveredOn, type Terms } from '../domain/terms.ts'
import { orderParts } from './order-parts.ts'
import type { OrderKey } from './terms.ts'
import type { CustomerRange, LeftOrder } from './undo.ts'

/** What a file says about the terms of one order. */
export interface SaidOfOrder extends OrderKey {
  readonly terms: Terms
  /** Null: what came stays as it is known. */
  readonly deliveries: readonly (Delivery & { readonly id: string })[] | null
  readonly fingerprint: number
}

/** What is known of the terms of an order before a file is held against it. */
export interface KnownTerms {
  readonly fingerprint: number
  readonly byHand: boolean
}

const keysOf = (orders: readonly OrderKey[]) =>
  sql`unnest(${orders.map(({ customerId }) => customerId)}::uuid[], ${orders.map(({ orderId }) => orderId)}::uuid[]) as x (customer_id, order_id)`

/** By the ids of the orders; those without terms are missing. */
export async function knownTerms(db: Db, orders: readonly OrderKey[]): Promise<ReadonlyMap<string, KnownTerms>> {
  if (orders.length === 0) return new Map()
  const { rows } = await sql<KnownTerms & { orderId: string }>`
    select t.order_id as "orderId", t.fingerprint, t.by_hand as "byHand" from orders.term t join ${keysOf(orders)} on t.customer_id = x.customer_id and t.order_id = x.order_id`.execute(
    db,
  )
  return new Map(rows.map(({ orderId, ...known }) => [orderId, known]))
}

/** The ids of those orders that are there, with these customers. */
export async function ordersThere(db: Db, orders: readonly OrderKey[]): Promise<ReadonlySet<string>> {
  if (orders.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select p.id from orders.purchase p join ${keysOf(orders)} on p.customer_id = x.customer_id and p.id = x.order_id`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

/** Keeps what terms and deliveries were before a run changes or moves them; the first state counts. */
export async function keepTermsBefore(db: Db, runId: string, orders: readonly OrderKey[]): Promise<void> {
  if (orders.length === 0) return
  await sql`
    insert into orders.term_before (customer_id, run_id, order_id, before)
    select t.customer_id, ${runId}::uuid, t.order_id, jsonb_build_object('term', to_jsonb(t) - 'customer_id', 'deliveries', coalesce(d.list, '[]'::jsonb))
    from orders.term t join ${keysOf(orders)} on t.customer_id = x.customer_id and t.order_id = x.order_id
    left join (select d.customer_id, d.order_id, jsonb_agg(to_jsonb(d) - 'customer_id' order by d.id) as list from orders.delivery d
      join ${keysOf(orders)} on d.customer_id = x.customer_id and d.order_id = x.order_id group by d.customer_id, d.order_id) d
      on d.customer_id = t.customer_id and d.order_id = t.order_id
    on conflict (customer_id, run_id, order_id) do nothing`.execute(db)
}

const atOnce = 5000

interface Writer {
  /** Null: no file but a program, whose word no undoing of a file takes back. */
  readonly runId: string | null
  readonly now: Date
  /** Whoever does not see where things are delivered to cannot mean to clear it. */
  readonly keepsPlaces?: boolean
}

/** Writes what a file or a program says of orders, each whole: their deliveries are those that it names, where it names any at all. A promise that is the same as before and was announced as broken is not announced again. */
export async function writeSaid(db: Db, orders: readonly SaidOfOrder[], by: Writer): Promise<void> {
  for (let from = 0; from < orders.length; from += atOnce) await writeSome(db, orders.slice(from, from + atOnce), by)
}

async function writeSome(db: Db, orders: readonly SaidOfOrder[], { runId, now, keepsPlaces = false }: Writer): Promise<void> {
  const came = orders.flatMap(({ customerId, orderId, deliveries }) =>
    (deliveries ?? []).map((delivery) => ({ customerId, orderId, ...delivery })),
  )
  const saying = orders.filter(({ deliveries }) => deliveries !== null)
  // Either all say what came or none does: the words of one file, or of one batch.
  const keepsDeliveries = saying.length === 0
  const list = <T>(pick: (order: SaidOfOrder) => T) => orders.map(pick)
  await sql`
    insert into orders.term as t (customer_id, order_id, quantity, grade, specification, promised_day, delivery_place, settlement, trade_terms, payment, lines, delivered_day, fingerprint, made_by_run, updated_at)
    select x.customer_id, x.order_id, x.quantity, x.grade, x.specification, x.promised, x.place, x.settlement, x.trade, x.payment, x.lines, x.delivered, x.fingerprint, ${runId}::uuid, ${now}::timestamptz
    from unnest(${list((o) => o.customerId)}::uuid[], ${list((o) => o.orderId)}::uuid[], ${list((o) => o.terms.quantity)}::numeric[], ${list((o) => o.terms.grade)}::text[],
      ${list((o) => o.terms.specification)}::text[], ${list((o) => o.terms.promisedDay)}::date[], ${list((o) => o.terms.deliveryPlace)}::text[], ${list((o) => o.terms.settlement)}::text[],
      ${list((o) => o.terms.tradeTerms)}::text[], ${list((o) => o.terms.payment)}::text[], ${list((o) => JSON.stringify(o.terms.lines))}::jsonb[], ${list((o) => deliveredOn(o.deliveries ?? []))}::date[],
      ${list((o) => o.fingerprint)}::bigint[]) as x (customer_id, order_id, quantity, grade, specification, promised, place, settlement, trade, payment, lines, delivered, fingerprint)
    on conflict (customer_id, order_id) do update set quantity = excluded.quantity, grade = excluded.grade, specification = excluded.specification, promised_day = excluded.promised_day,
      delivery_place = coalesce(excluded.delivery_place, case when ${keepsPlaces}::bool then t.delivery_place end), settlement = excluded.settlement, trade_terms = excluded.trade_terms, payment = excluded.payment, lines = excluded.lines,
      delivered_day = case when ${keepsDeliveries}::bool then t.delivered_day else excluded.delivered_day end, noted = t.noted or ${runId === null}::bool, by_hand = false, late_told = t.late_told and t.promised_day is not distinct from excluded.promised_day, fingerprint = excluded.fingerprint,
      changed_by_run = excluded.made_by_run, updated_at = excluded.updated_at, version = t.version + 1`.execute(db)
  if (!keepsDeliveries) await removeDeliveries(db, saying)
  if (came.length === 0) return
  const each = <T>(pick: (delivery: (typeof came)[number]) => T) => came.map(pick)
  await sql`
    insert into orders.delivery (customer_id, order_id, id, day, more_follows, quantity, grade, specification, delivery_place, settlement, trade_terms, lines, noted_at)
    select x.*, ${now}::timestamptz from unnest(${each((d) => d.customerId)}::uuid[], ${each((d) => d.orderId)}::uuid[], ${each((d) => d.id)}::uuid[], ${each((d) => d.day)}::date[],
      ${each((d) => d.moreFollows)}::bool[], ${each((d) => d.quantity)}::numeric[], ${each((d) => d.grade)}::text[], ${each((d) => d.specification)}::text[],
      ${each((d) => d.deliveryPlace)}::text[], ${each((d) => d.settlement)}::text[], ${each((d) => d.tradeTerms)}::text[], ${each((d) => JSON.stringify(d.lines))}::jsonb[])
      as x (customer_id, order_id, id, day, more_follows, quantity, grade, specification, delivery_place, settlement, trade_terms, lines)`.execute(
    db,
  )
}

/** Marks terms that went with their orders to another customer as changed by the run that moved them. */
export async function markMoved(db: Db, runId: string, orders: readonly OrderKey[]): Promise<void> {
  if (orders.length === 0) return
  await sql`
    update orders.term t set changed_by_run = ${runId}::uuid from ${keysOf(orders)} where t.customer_id = x.customer_id and t.order_id = x.order_id`.execute(
    db,
  )
}

/**
 * Takes back what a run said of the terms of orders of some customers, after their orders were taken back. What a person or another run has written since stays, and is named. What hangs on orders that are
 * gone goes with them. The caller holds the lock for loads.
 */
export async function undoTerms(db: Db, runId: string, range: CustomerRange): Promise<readonly LeftOrder[]> {
  const inRange = sql`t.customer_id between ${range.from}::uuid and ${range.to}::uuid`
  const lastWriter = sql`coalesce(t.changed_by_run, t.made_by_run)`
  const { rows: left } = await sql<LeftOrder>`
    select p.id, p.customer_id as "customerId", p.number from orders.term t join orders.purchase p on p.customer_id = t.customer_id and p.id = t.order_id
    where ${inRange} and case when ${lastWriter} = ${runId}::uuid then t.noted
      else t.made_by_run = ${runId}::uuid or (t.customer_id, t.order_id) in (select b.customer_id, b.order_id from orders.term_before b where b.run_id = ${runId}::uuid) end
    order by p.customer_id, p.id`.execute(db)
  const { rows: taken } = await sql<OrderKey>`
    delete from orders.term t where ${inRange} and ${lastWriter} = ${runId}::uuid and not t.noted returning t.customer_id as "customerId", t.order_id as "orderId"`.execute(
    db,
  )
  await removeDeliveries(db, taken)
  // Also of orders that the run moved to another customer, and that are back.
  const { rows: back } = await sql<OrderKey>`
    insert into orders.term select r.* from orders.term_before t
    cross join lateral jsonb_populate_record(null::orders.term, t.before -> 'term' || jsonb_build_object('customer_id', t.customer_id)) r
    where ${inRange} and t.run_id = ${runId}::uuid and exists (select from orders.purchase p where p.customer_id = t.customer_id and p.id = t.order_id)
    on conflict (customer_id, order_id) do nothing returning customer_id as "customerId", order_id as "orderId"`.execute(db)
  await sql`
    insert into orders.delivery select r.* from orders.term_before t join ${keysOf(back)} on t.customer_id = x.customer_id and t.order_id = x.order_id
    cross join lateral jsonb_array_elements(t.before -> 'deliveries') e
    cross join lateral jsonb_populate_record(null::orders.delivery, e || jsonb_build_object('customer_id', t.customer_id)) r
    where t.run_id = ${runId}::uuid`.execute(db)
  await sql`delete from orders.term_before t where ${inRange} and t.run_id = ${runId}::uuid`.execute(db)
  for (const name of orderParts)
    await sql`
      delete from ${sql.table(name)} t where ${inRange} and not exists (select from orders.purchase p where p.customer_id = t.customer_id and p.id = t.order_id)`.execute(
      db,
    )
  return left
}

const removeDeliveries = (db: Db, orders: readonly OrderKey[]) =>
  sql`delete from orders.delivery d using ${keysOf(orders)} where d.customer_id = x.customer_id and d.order_id = x.order_id`.execute(db)

/** The imports that said something about the terms of orders of some customers. */
export async function runsOfTerms(db: Db, customerIds: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct r.id from orders.term t cross join lateral (values (t.made_by_run), (t.changed_by_run)) as r (id)
    where t.customer_id = any(${customerIds}::uuid[]) and r.id is not null`.execute(db)
  return rows.map(({ id }) => id)
}
