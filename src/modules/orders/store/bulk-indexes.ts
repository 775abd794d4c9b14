import { sql } from 'kysely'
import { buildListIndexes } from '#modules/customers/public.ts'
import { type Database, type Db, withConnection } from '#platform/database/connection.ts'
import { refuse } from '#platform/refusal.ts'

const bulkLock = 7_201_306

/**
 * Runs a load of millions of orders into an empty table, during which nobody else writes orders: other writers are refused until it is done, so that the load need not look for theirs.
 */
export async function whileAlone<T>(database: Database, work: () => Promise<T>): Promise<T> {
  return withConnection(database, async (client) => {
    await client.query('select pg_advisory_lock($1)', [bulkLock])
    try {
      return await work()
    } finally {
      await client.query('select pg_advisory_unlock($1)', [bulkLock]).catch(() => {})
    }
  })
}

/** For everybody else who writes orders, until the end of the transaction. */
export async function refuseDuringBulk(db: Db): Promise<void> {
  const { rows } = await sql<{ free: boolean }>`select pg_try_advisory_xact_lock_shared(${bulkLock}) as free`.execute(db)
  if (!rows[0]?.free) throw refuse('unavailable', 'first-load', 'The first orders are being loaded; try again when that is done')
}

/** Whether there are orders that this run has not made. */
export async function othersThan(db: Db, runId: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from orders.purchase where made_by_run is distinct from ${runId}::uuid) as found`.execute(db)
  return rows[0]!.found
}

/** Indexes that grow row by row cost more than all the rest of a load of millions. They are dropped for it and built in one go afterwards. */
export async function dropBulkIndexes(db: Db): Promise<void> {
  await sql`drop index if exists orders.purchase_by_id`.execute(db)
  await sql`drop index if exists orders.purchase_by_day`.execute(db)
  await sql`alter table orders.purchase drop constraint if exists purchase_pkey`.execute(db)
}

/** Builds those that are missing. Looks first, because `if not exists` makes writers wait even where there is nothing to do. */
export async function buildBulkIndexes(db: Db): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select indexname as name from pg_indexes where schemaname = 'orders' and tablename = 'purchase'`.execute(db)
  const there = new Set(rows.map(({ name }) => name))
  if (!there.has('purchase_pkey'))
    await sql`alter table orders.purchase add constraint purchase_pkey primary key (customer_id, id)`.execute(db)
  if (!there.has('purchase_by_id')) await sql`create index if not exists purchase_by_id on orders.purchase (id)`.execute(db)
  if (!there.has('purchase_by_day')) await sql`create index if not exists purchase_by_day on orders.purchase (day)`.execute(db)
}

/** After a load that died: builds what it dropped, of orders and of customers, unless another is on its way. */
export async function repairIndexes(db: Db): Promise<void> {
  const { rows } = await sql<{ free: boolean }>`select pg_try_advisory_xact_lock_shared(${bulkLock}) as free`.execute(db)
  if (!rows[0]?.free) return
  await buildBulkIndexes(db)
  await buildListIndexes(db)
}
