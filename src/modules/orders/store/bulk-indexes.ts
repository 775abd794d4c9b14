import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'

/**
 * Indexes whose keys fall anywhere cost more than all the rest of a load of millions into an empty table. They are dropped for it and built in one go afterwards; should the product
 * die in between, the next start builds them.
 */
export async function dropBulkIndexes(db: Db): Promise<void> {
  await sql`drop index if exists orders.purchase_by_id`.execute(db)
  await sql`drop index if exists orders.purchase_by_day`.execute(db)
}

export async function buildBulkIndexes(db: Db): Promise<void> {
  await sql`create index if not exists purchase_by_id on orders.purchase (id)`.execute(db)
  await sql`create index if not exists purchase_by_day on orders.purchase (day)`.execute(db)
}
