import { sql } from 'kysely'
import type { Reach } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'

const countedCustomers = 10_000

/** How many customers are within reach: exact up to 10,000, `more` says that there are more than that. Reads no more than it counts. */
export async function archiveSize(db: Db, reach: Reach): Promise<{ readonly customers: number; readonly more: boolean }> {
  const seen = reach === 'all' ? sql`true` : sql`owner_id = any(${reach}::text[])`
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (select from customers.customer where ${seen} and role = 'customer' limit ${countedCustomers + 1}) counted`.execute(
    db,
  )
  const count = rows[0]!.count
  return { customers: Math.min(count, countedCustomers), more: count > countedCustomers }
}

const sampledCustomers = 20_000

/**
 * Mean completeness in percent; of larger archives a sample of whole pages of the table with about 20,000 customers, the same as long as nothing changes. `customers`
 * is about how many there are, null where nobody knows. Null: no customers.
 */
export async function sampledCompleteness(db: Db, customers: number | null): Promise<number | null> {
  const percent = Math.min(100, (100 * sampledCustomers) / Math.max(1, customers ?? 1_000_000))
  const { rows } = await sql<{ mean: number | null }>`
    select avg(completeness)::float8 as mean from customers.customer tablesample system (${percent}) repeatable (1) where role = 'customer'`.execute(
    db,
  )
  return rows[0]!.mean
}

/** How many touches there were between two moments, from an index. */
export async function countTouches(db: Db, since: Date, until: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from customers.touch where occurred_at > ${since}::timestamptz and occurred_at <= ${until}::timestamptz`.execute(
    db,
  )
  return rows[0]!.n
}
