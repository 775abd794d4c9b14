import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'

export interface CategoryBuyer {
  readonly customerId: string
  /** Purchases with at least one product of the category. */
  readonly ordersInCategory: number
}

/** Who bought products of a category, most purchases first. Reads every order, so the caller limits the time. */
export async function buyersOfCategory(db: Db, category: string, limit: number): Promise<CategoryBuyer[]> {
  const { rows } = await sql<CategoryBuyer>`
    select p.customer_id as "customerId", count(*) as "ordersInCategory" from orders.purchase p
    where p.counted and exists (
      select from string_to_table(p.lines, E'\n') as line
      where split_part(line, E'\t', 5) in (select code from orders.product where category = ${category}))
    group by p.customer_id order by count(*) desc, p.customer_id limit ${limit}`.execute(db)
  return rows
}
