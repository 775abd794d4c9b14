import { sql } from 'kysely'
import type { Place } from '#platform/cursor.ts'
import type { Db } from '#platform/database/connection.ts'
import type { MonthOfPromises } from '../domain/promise.ts'

/** What was promised for an order and when the last of it came. */
export interface StoredPromise {
  readonly customerId: string
  readonly orderId: string
  readonly promisedDay: string | null
  readonly deliveredDay: string | null
}

/** By the ids of the orders; those without a promised or delivered day are missing. */
export async function promisesOf(
  db: Db,
  orders: readonly { readonly customerId: string; readonly id: string }[],
): Promise<ReadonlyMap<string, StoredPromise>> {
  if (orders.length === 0) return new Map()
  const { rows } = await sql<StoredPromise>`
    select t.customer_id as "customerId", t.order_id as "orderId", t.promised_day as "promisedDay", t.delivered_day as "deliveredDay"
    from orders.term t join unnest(${orders.map((o) => o.customerId)}::uuid[], ${orders.map((o) => o.id)}::uuid[]) as x (customer_id, id)
      on t.customer_id = x.customer_id and t.order_id = x.id where t.promised_day is not null or t.delivered_day is not null`.execute(db)
  return new Map(rows.map((row) => [row.orderId, row]))
}

export interface BrokenPromise {
  readonly customerId: string
  readonly orderId: string
  readonly number: string | null
  readonly promisedDay: string
  readonly deliveredDay: string | null
}

/** An index of the terms gives the keys in the order of a list; the orders are read by them afterwards, because the server would join whole tables to find a few. */
interface Found {
  readonly customerId: string
  readonly orderId: string
  readonly promisedDay: string
  readonly deliveredDay: string | null
}
const found = sql`t.customer_id as "customerId", t.order_id as "orderId", t.promised_day as "promisedDay", t.delivered_day as "deliveredDay" from orders.term t`

async function withOrders(db: Db, terms: readonly Found[]): Promise<(BrokenPromise & { readonly cancelled: boolean })[]> {
  if (terms.length === 0) return []
  const { rows } = await sql<{ id: string; number: string | null; cancelled: boolean }>`
    select p.id, p.number, p.cancelled from orders.purchase p join unnest(${terms.map((one) => one.customerId)}::uuid[], ${terms.map((one) => one.orderId)}::uuid[]) as x (customer_id, id)
      on p.customer_id = x.customer_id and p.id = x.id`.execute(db)
  const orders = new Map(rows.map((row) => [row.id, row]))
  return terms.flatMap((one) => {
    const order = orders.get(one.orderId)
    return order ? [{ ...one, number: order.number, cancelled: order.cancelled }] : []
  })
}

/** Whether nobody else is announcing just now; holds until the end of the transaction. */
export async function mayTell(db: Db): Promise<boolean> {
  const { rows } = await sql<{ free: boolean }>`select pg_try_advisory_xact_lock(${tellingLock}) as free`.execute(db)
  return rows[0]!.free
}
const tellingLock = 7_201_329

/** Promises between two days, both included, that were broken and not announced yet: nothing had come by the promised day. */
export async function untoldPromises(
  db: Db,
  range: { readonly from: string; readonly to: string },
  limit: number,
): Promise<(BrokenPromise & { readonly cancelled: boolean })[]> {
  const { rows } = await sql<Found>`
    select ${found}
    where t.promised_day between ${range.from}::date and ${range.to}::date and not t.late_told and (t.delivered_day is null or t.delivered_day > t.promised_day)
    order by t.promised_day, t.customer_id, t.order_id limit ${limit}`.execute(db)
  return withOrders(db, rows)
}

/** Marks them as announced; answers the ids of those orders of which the same is still promised. */
export async function markTold(db: Db, promises: readonly BrokenPromise[]): Promise<ReadonlySet<string>> {
  if (promises.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    update orders.term t set late_told = true
    from unnest(${promises.map((one) => one.customerId)}::uuid[], ${promises.map((one) => one.orderId)}::uuid[], ${promises.map((one) => one.promisedDay)}::date[]) as x (customer_id, order_id, promised)
    where t.customer_id = x.customer_id and t.order_id = x.order_id and t.promised_day = x.promised and not t.late_told returning t.order_id as id`.execute(
    db,
  )
  return new Set(rows.map(({ id }) => id))
}

/** Orders that should have come before a day and have not, those promised longest ago first, behind a place (promised day, customer, order). What was cancelled is no promise any more. */
export async function overduePromises(db: Db, today: string, after: Place | null, limit: number): Promise<BrokenPromise[]> {
  const shown: BrokenPromise[] = []
  for (let from = after; ; ) {
    const { rows } = await sql<Found>`
      select ${found} where t.promised_day < ${today}::date and t.delivered_day is null ${from === null ? sql`` : sql`and ${place} > ${placeOf(from)}`}
      order by t.promised_day, t.customer_id, t.order_id limit ${limit}`.execute(db)
    for (const { cancelled, ...one } of await withOrders(db, rows)) if (!cancelled && shown.length < limit) shown.push(one)
    const last = rows.at(-1)
    if (!last || rows.length < limit || shown.length === limit) return shown
    from = [last.promisedDay, last.customerId, last.orderId]
  }
}

/** Orders that came after the promised day, those promised last first, behind a place (promised day, customer, order). */
export async function latePromises(db: Db, after: Place | null, limit: number): Promise<BrokenPromise[]> {
  const { rows } = await sql<Found>`
    select ${found} where t.delivered_day > t.promised_day ${after === null ? sql`` : sql`and ${place} < ${placeOf(after)}`}
    order by t.promised_day desc, t.customer_id desc, t.order_id desc limit ${limit}`.execute(db)
  return (await withOrders(db, rows)).map(({ cancelled: _, ...one }) => one)
}

const place = sql`(t.promised_day, t.customer_id, t.order_id)`
const placeOf = (after: Place) => sql`(${after[0]}::date, ${after[1]}::uuid, ${after[2]}::uuid)`

/** How the promises for the months from one first day to before another were kept, by what is known on the day `today`. Months without any are missing. */
export async function promisesByMonth(
  db: Db,
  { from, to, today }: { readonly from: string; readonly to: string; readonly today: string },
): Promise<MonthOfPromises[]> {
  const promised = sql`t.promised_day >= ${from}::date and t.promised_day < ${to}::date`
  const month = sql`to_char(promised_day, 'YYYY-MM')`
  // By day first, which costs less than writing the month of each.
  const { rows: kept } = await sql<Pick<MonthOfPromises, 'month' | 'early' | 'onTime' | 'late' | 'lateDays'>>`
    select ${month} as month, sum(early)::bigint as early, sum(on_time)::bigint as "onTime", sum(late)::bigint as late, sum(late_days)::bigint as "lateDays" from (
      select t.promised_day, count(*) filter (where t.delivered_day < t.promised_day) as early, count(*) filter (where t.delivered_day = t.promised_day) as on_time,
        count(*) filter (where t.delivered_day > t.promised_day) as late, sum(greatest(0, t.delivered_day - t.promised_day)) as late_days
      from orders.term t where ${promised} and t.promised_day is not null and t.delivered_day is not null group by t.promised_day) by_day group by 1`.execute(
    db,
  )
  const { rows: awaited } = await sql<Pick<MonthOfPromises, 'month' | 'overdue' | 'open'>>`
    select ${month} as month, coalesce(sum(n) filter (where promised_day < ${today}::date), 0)::bigint as overdue, coalesce(sum(n) filter (where promised_day >= ${today}::date), 0)::bigint as open from (
      select t.promised_day, count(*) as n from ${withOrder} where ${promised} and t.delivered_day is null and not p.cancelled group by t.promised_day) by_day group by 1`.execute(
    db,
  )
  const months = new Map<string, MonthOfPromises>()
  const nothing = { early: 0, onTime: 0, late: 0, overdue: 0, open: 0, lateDays: 0 }
  for (const row of [...kept, ...awaited]) months.set(row.month, { ...nothing, ...months.get(row.month), ...row })
  return [...months.values()].toSorted((a, b) => (a.month < b.month ? -1 : 1))
}

const withOrder = sql`orders.term t join orders.purchase p on p.customer_id = t.customer_id and p.id = t.order_id`

export interface TimelinePromise extends StoredPromise {
  readonly what: 'delivered' | 'late'
  readonly at: Date
  readonly number: string | null
}

/** On a customer's timeline: the last of an order came; a promised day passed without it. Both stand at the beginning of their day, UTC, strictly before a moment and id, newest first. */
export async function timelinePromises(
  db: Db,
  customerId: string,
  today: string,
  before: { at: Date; id: string } | null,
  limit: number,
): Promise<(TimelinePromise & { readonly id: string })[]> {
  const { rows } = await sql<TimelinePromise & { readonly id: string }>`
    select e.id, e.what, e.at, t.customer_id as "customerId", t.order_id as "orderId", p.number, t.promised_day as "promisedDay", t.delivered_day as "deliveredDay"
    from ${withOrder} cross join lateral (values
      ('delivered', t.delivered_day, t.order_id::text || ':delivered'),
      ('late', case when coalesce(t.delivered_day, ${today}::date) > t.promised_day then t.promised_day + 1 end, t.order_id::text || ':late')) as d (what, day, id)
    cross join lateral (select d.what, d.day::timestamp at time zone 'UTC' as at, d.id) e
    where t.customer_id = ${customerId}::uuid and d.day is not null and not p.cancelled
      ${before === null ? sql`` : sql`and (e.at, e.id collate "C") < (${before.at}::timestamptz, ${before.id}::text)`}
    order by e.at desc, e.id collate "C" desc limit ${limit}`.execute(db)
  return rows
}
