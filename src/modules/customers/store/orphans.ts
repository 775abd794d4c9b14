import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'

/** Customers without a row in the book, and rows of the book without a customer, counted up to `most`. */
export async function countUnbooked(db: Db, most: number): Promise<number> {
  const { rows } = await sql<{ found: number }>`
    select count(*) as found from (
      select from customers.customer c full join customers.book b using (customer_id) where c.customer_id is null or b.customer_id is null limit ${most}) apart`.execute(
    db,
  )
  return rows[0]!.found
}
