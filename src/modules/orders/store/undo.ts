import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'

/** Customers whose id lies between two uuids, both included. */
export interface CustomerRange {
  readonly from: string
  readonly to: string
}

export interface UndonePart {
  readonly removed: number
  readonly restored: number
  readonly customerIds: readonly string[]
  /** Orders that somebody or another run has changed since; they stay as they are. */
  readonly left: readonly LeftOrder[]
}
export interface LeftOrder {
  readonly id: string
  readonly customerId: string
  readonly number: string | null
}

/** Takes back what a run did to the orders of a range of customers. The caller holds the lock for loads. */
export async function undoPurchases(db: Db, runId: string, range: CustomerRange): Promise<UndonePart> {
  const inRange = sql`customer_id between ${range.from}::uuid and ${range.to}::uuid`
  const left = await sql<LeftOrder>`
    select p.id, p.customer_id as "customerId", p.number from orders.purchase p
    where p.${inRange} and ((p.made_by_run = ${runId}::uuid and (p.by_hand or p.changed_by_run is not null or ${writtenSince(runId)}))
      or (p.changed_by_run is distinct from ${runId}::uuid
        and (p.customer_id, p.id) in (select b.customer_id, b.id from orders.purchase_before b where b.run_id = ${runId}::uuid and b.${inRange})))
    order by p.customer_id, p.id`.execute(db)
  const changedElsewhere = await changedWhereMoved(db, runId, range)
  const removed = await sql<{ customerId: string }>`
    delete from orders.purchase p where p.${inRange} and p.made_by_run = ${runId}::uuid and p.changed_by_run is null and not p.by_hand and not ${writtenSince(runId)}
    returning p.customer_id as "customerId"`.execute(db)
  const gone = await sql<{ customerId: string; id: string }>`
    delete from orders.purchase p using orders.purchase_before b
    where p.${inRange} and b.${inRange} and b.run_id = ${runId}::uuid and p.customer_id = b.customer_id and p.id = b.id and p.changed_by_run = ${runId}::uuid
    returning p.customer_id as "customerId", p.id`.execute(db)
  // Orders that the run moved to another customer are missing here and come back, too; unless somebody has changed them there since, where they stay and are named.
  const restored = await sql<{ customerId: string }>`
    insert into orders.purchase select r.* from orders.purchase_before b, jsonb_populate_record(null::orders.purchase, b.before) r
    where b.run_id = ${runId}::uuid and b.${inRange} and b.id <> all(${changedElsewhere.map(({ id }) => id)}::uuid[])
    on conflict (customer_id, id) do nothing returning customer_id as "customerId"`.execute(db)
  await sql`delete from orders.purchase_before where ${inRange} and run_id = ${runId}::uuid`.execute(db)
  await sql`delete from orders.source_version where ${inRange} and run_id = ${runId}::uuid`.execute(db)
  const touched = [...removed.rows, ...gone.rows, ...restored.rows].map((row) => row.customerId)
  return {
    removed: removed.rows.length,
    restored: restored.rows.length,
    customerIds: [...new Set(touched)].sort(),
    // Those that the run itself made where they are now are named there already.
    left: [...left.rows, ...changedElsewhere.filter(({ madeByRun }) => madeByRun !== runId)],
  }
}

/** Whether a person, or another run than this, has written of the terms, deliveries or disputes of order p. */
const writtenSince = (runId: string) => sql`exists (select from orders.term t where t.customer_id = p.customer_id and t.order_id = p.id
  and (t.noted or coalesce(t.changed_by_run, t.made_by_run) <> ${runId}::uuid))`

/** Orders that a run took from customers of a range and that somebody or another run has changed since where they are now. */
async function changedWhereMoved(db: Db, runId: string, range: CustomerRange) {
  const { rows: kept } = await sql<{ id: string; customerId: string }>`
    select id, customer_id as "customerId" from orders.purchase_before
    where run_id = ${runId}::uuid and customer_id between ${range.from}::uuid and ${range.to}::uuid`.execute(db)
  const before = new Map(kept.map(({ id, customerId }) => [id, customerId]))
  const { rows } = await sql<{ id: string; customerId: string; number: string | null; madeByRun: string | null }>`
    select p.id, p.customer_id as "customerId", p.number, p.made_by_run as "madeByRun" from orders.purchase p
    where p.id = any(${[...before.keys()]}::uuid[]) and (p.by_hand or p.changed_by_run is not null or p.made_by_run is distinct from ${runId}::uuid or ${writtenSince(runId)})
    order by p.customer_id, p.id`.execute(db)
  return rows.filter(({ id, customerId }) => customerId !== before.get(id))
}

/** Takes back what a run did to products, categories and rates, unless somebody has written them since. */
export async function undoCatalogue(db: Db, runId: string): Promise<{ removed: number; restored: number }> {
  let removed = 0
  let restored = 0
  for (const { kind, table, key } of catalogueTables) {
    const mine = sql`${sql.table(table)} t where t.run_id = ${runId}::uuid and exists
      (select from orders.catalogue_before b where b.run_id = ${runId}::uuid and b.kind = ${kind} and b.key = ${sql.raw(key)})`
    const deleted = await sql<{ key: string }>`delete from ${mine} returning ${sql.raw(key)} as key`.execute(db)
    const keys = deleted.rows.map((row) => row.key)
    if (keys.length === 0) continue
    const back = await sql`
      insert into ${sql.table(table)} select r.* from orders.catalogue_before b, jsonb_populate_record(null::${sql.table(table)}, b.before) r
      where b.run_id = ${runId}::uuid and b.kind = ${kind} and b.key = any(${keys}::text[]) and b.before is not null`.execute(db)
    restored += Number(back.numAffectedRows ?? 0n)
    removed += keys.length - Number(back.numAffectedRows ?? 0n)
  }
  await sql`delete from orders.catalogue_before where run_id = ${runId}::uuid`.execute(db)
  return { removed, restored }
}

/** Keys of rows that a run wrote and that somebody or another run has written since. */
export async function leftInCatalogue(db: Db, runId: string): Promise<string[]> {
  const left: string[] = []
  for (const { kind, table, key } of catalogueTables) {
    const { rows } = await sql<{ key: string }>`
      select b.key from orders.catalogue_before b join ${sql.table(table)} t on ${sql.raw(key)} = b.key
      where b.run_id = ${runId}::uuid and b.kind = ${kind} and t.run_id is distinct from ${runId}::uuid order by b.key`.execute(db)
    left.push(...rows.map((row) => row.key))
  }
  return left
}

const catalogueTables = [
  { kind: 'product', table: 'orders.product', key: 't.code' },
  { kind: 'category', table: 'orders.category', key: 't.name' },
  { kind: 'rate', table: 'orders.day_rate', key: `t.currency || ' ' || t.day` },
] as const

/** The runs that brought or changed orders of some customers. */
export async function runsOfOrders(db: Db, customerIds: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct r.id from orders.purchase p cross join lateral (values (p.made_by_run), (p.changed_by_run)) as r (id)
    where p.customer_id = any(${customerIds}::uuid[]) and r.id is not null`.execute(db)
  return rows.map(({ id }) => id)
}
