import { sql } from 'kysely'
import type { Db } from './connection.ts'

/** What migrations do with `app_distribute`, for a table that is made while the product runs: it lies by customer, beside the others. */
export async function distributeByCustomer(db: Db, table: string, beside: string): Promise<void> {
  await sql`select platform.app_distribute(${table}::regclass, 'distributed', 'customer_id', ${beside})`.execute(db)
}
