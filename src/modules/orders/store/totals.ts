import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { largestTotal } from '../domain/day-list.ts'

/** Those of some customers whose orders come to more than sums can hold exactly; summed up by the server, which knows no such limit. */
export async function customersBeyondExact(db: Db, customerIds: readonly string[]): Promise<string[]> {
  if (customerIds.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    select customer_id as id from orders.purchase where customer_id = any(${customerIds}::uuid[]) group by customer_id
    having sum(abs(revenue_minor)) + sum(abs(discount_minor)) + sum(abs(refund_minor)) + sum(abs(discounted_minor)) + sum(abs(cost_minor))
      + sum(abs(cost_unknown_minor)) > ${largestTotal} order by customer_id`.execute(db)
  return rows.map(({ id }) => id)
}
