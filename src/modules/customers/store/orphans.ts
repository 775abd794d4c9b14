import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'

/** Rows of the book of figures whose customer is not in the archive, counted up to `most`. */
export async function countOrphanedFigures(db: Db, most: number): Promise<number> {
  const { rows } = await sql<{ found: number }>`
    select count(*) as found from (
      select from customers.book b left join customers.customer c using (customer_id) where c.customer_id is null limit ${most}) apart`.execute(
    db,
  )
  return rows[0]!.found
}

/** Whether a customer has no row of the book yet. Partners and colleagues never have one. */
export async function someUnvalued(db: Db): Promise<boolean> {
  const { rows } = await sql`
    select from customers.customer c left join customers.book b using (customer_id)
    where c.role = 'customer' and b.customer_id is null limit 1`.execute(db)
  return rows.length > 0
}
