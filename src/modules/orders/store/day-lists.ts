import { sql } from 'kysely'
import { copyIn, copyOut } from '#platform/database/binary-copy.ts'
import type { Db } from '#platform/database/connection.ts'
import { encodeDayList, type PurchaseDay } from '../domain/day-list.ts'

/** Some customers' day lists side by side: the list of customer i (sixteen bytes of `ids` from 16 i) lies in bytes[start[i] … start[i + 1]). */
export interface DayListBatch {
  readonly count: number
  readonly ids: Uint8Array
  readonly bytes: Uint8Array
  readonly start: Uint32Array
}

/** Called for each list: the sixteen bytes of the customer's id begin at `id`, the list lies in bytes[from … to). All of it is valid until the call returns. */
export type ListVisitor = (bytes: Buffer, id: number, from: number, to: number) => void

/** Hands over all day lists as they lie, straight from the connection; `afterChunk` is awaited between chunks. In the transaction of `db`. Returns how many there are. */
export const readDayLists = (db: Db, visit: ListVisitor, afterChunk?: (lists: number) => Promise<void> | void): Promise<number> =>
  copyOut(
    db,
    'select customer_id, days from orders.day_list',
    2,
    (bytes, start, length) => visit(bytes, start[0]!, start[1]!, start[1]! + length[1]!),
    afterChunk,
  )

/**
 * The first and the last day with a purchase (days since 1970) of everybody but `others`; null where there is none. Usually two looks at the index by day; each order at its ends that is none of these
 * is looked at as well.
 */
export async function firstAndLastDay(
  db: Db,
  others: readonly string[],
): Promise<{ readonly firstDay: number | null; readonly lastDay: number | null }> {
  const bought = sql`from orders.purchase where counted and customer_id <> all(${others}::uuid[]) order by day`
  const { rows } = await sql<{ firstDay: number | null; lastDay: number | null }>`
    select (select day - date '1970-01-01' ${bought} limit 1) as "firstDay", (select day - date '1970-01-01' ${bought} desc limit 1) as "lastDay"`.execute(
    db,
  )
  return rows[0]!
}

/** The lists of some customers; those without orders are missing. */
export async function dayListsOf(db: Db, customerIds: readonly string[]): Promise<Map<string, Uint8Array>> {
  if (customerIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string; days: Buffer }>`
    select customer_id as id, days from orders.day_list where customer_id = any(${customerIds}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, days }) => [id, days]))
}

/** The days of customers as their orders say, not as their lists do. Every id is a key of the answer. */
export async function daysOfOrders(db: Db, customerIds: readonly string[]): Promise<Map<string, PurchaseDay[]>> {
  const { rows } = await sql<PurchaseDay & { customerId: string }>`
    select customer_id as "customerId", day - date '1970-01-01' as day, count(*) filter (where counted) as orders, sum(revenue_minor)::bigint as "revenueMinor",
      sum(discount_minor)::bigint as "discountMinor", sum(refund_minor)::bigint as "refundMinor", sum(discounted_minor)::bigint as "discountedRevenueMinor",
      sum(cost_minor)::bigint as "costMinor", sum(cost_unknown_minor)::bigint as "costUnknownRevenueMinor"
    from orders.purchase where customer_id = any(${customerIds}::uuid[])
    group by customer_id, day order by customer_id, day`.execute(db)
  const days = new Map<string, PurchaseDay[]>(customerIds.map((id) => [id, []]))
  for (const { customerId, ...day } of rows) days.get(customerId)!.push(day)
  return days
}

/** Writes the lists of customers from their orders; nobody without orders keeps one. The caller holds the orders' lock. */
export async function renewDayLists(db: Db, customerIds: readonly string[]): Promise<void> {
  if (customerIds.length === 0) return
  const sorted = [...new Set(customerIds)].sort()
  const days = await daysOfOrders(db, sorted)
  const lists = sorted.map((id) => ({ id, days: encodeDayList(days.get(id)!) }))
  const gone = lists.filter(({ days }) => days.length <= 1).map(({ id }) => id)
  const kept = lists.filter(({ days }) => days.length > 1)
  // A customer whose orders all come to nothing still has orders and keeps an empty list.
  const empty = gone.length === 0 ? [] : await customersWithOrders(db, gone)
  const without = gone.filter((id) => !empty.includes(id))
  if (without.length > 0) await sql`delete from orders.day_list where customer_id = any(${without}::uuid[])`.execute(db)
  const rows = [...kept, ...empty.map((id) => ({ id, days: encodeDayList([]) }))]
  if (rows.length === 0) return
  await sql`
    insert into orders.day_list (customer_id, days)
    select * from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ days }) => Buffer.from(days))}::bytea[])
    on conflict (customer_id) do update set days = excluded.days`.execute(db)
}

/** Those of some customers who have orders, also cancelled ones. */
export async function customersWithOrders(db: Db, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct customer_id as id from orders.purchase where customer_id = any(${ids}::uuid[]) order by customer_id`.execute(db)
  return rows.map(({ id }) => id)
}

/** New lists of customers who had none, sorted by id. */
export async function copyDayLists(db: Db, { count, ids, bytes, start }: DayListBatch): Promise<void> {
  if (count === 0) return
  await copyIn(db, 'orders.day_list (customer_id, days)', async (rows) => {
    for (let i = 0; i < count; i++) {
      rows.row(2)
      rows.uuid(ids, i * 16)
      rows.range(bytes, start[i]!, start[i + 1]!)
      if (rows.full) await rows.flush()
    }
  })
}

/** Gathers lists one by one, without an object for each. */
export function dayListBatch(room: number): { readonly batch: DayListBatch; add(ids: Uint8Array, at: number, list: Uint8Array): void } {
  const batch = { count: 0, ids: new Uint8Array(room * 16), bytes: new Uint8Array(room * 64), start: new Uint32Array(room + 1) }
  return {
    batch,
    add(ids, at, list) {
      const from = batch.start[batch.count]!
      if (from + list.length > batch.bytes.length) {
        const larger = new Uint8Array(2 * (from + list.length))
        larger.set(batch.bytes.subarray(0, from))
        batch.bytes = larger
      }
      for (let i = 0; i < 16; i++) batch.ids[batch.count * 16 + i] = ids[at + i]!
      batch.bytes.set(list, from)
      batch.count++
      batch.start[batch.count] = from + list.length
    },
  }
}

/**
 * Compares every day list with what the orders say, some thousand customers at a time, and writes those that differ where `repair` says so. Lists that are right stay untouched,
 * byte for byte. Returns the ids of those that differed, at most 100 of them, and how many there were.
 */
export async function rebuildDayLists(
  withLock: <T>(work: (db: Db) => Promise<T>) => Promise<T>,
  options: { readonly repair: boolean },
): Promise<{ readonly customers: number; readonly wrong: number; readonly examples: readonly string[] }> {
  const examples: string[] = []
  let customers = 0
  let wrong = 0
  for (let after: string | null = '00000000-0000-0000-0000-000000000000'; after !== null; ) {
    const from: string = after
    after = await withLock(async (db) => {
      const ids = await customersAfter(db, from, 2000)
      const lists = await dayListsOf(db, ids)
      const days = await daysOfOrders(db, ids)
      const ordering = new Set(await customersWithOrders(db, ids))
      const differing = ids.filter((id) => {
        const right = ordering.has(id) ? encodeDayList(days.get(id)!) : null
        const there = lists.get(id) ?? null
        return right === null || there === null ? right !== there : Buffer.compare(right, there) !== 0
      })
      if (options.repair) await renewDayLists(db, differing)
      customers += ids.length
      wrong += differing.length
      examples.push(...differing.slice(0, 100 - examples.length))
      return ids.length < 2000 ? null : ids.at(-1)!
    })
  }
  return { customers, wrong, examples }
}

/** Customers who have orders or a list, in the order of their ids. */
async function customersAfter(db: Db, after: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from (
      (select distinct customer_id as id from orders.purchase where customer_id > ${after}::uuid order by 1 limit ${limit})
      union (select customer_id from orders.day_list where customer_id > ${after}::uuid order by 1 limit ${limit})) both_of_them
    order by id limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}
