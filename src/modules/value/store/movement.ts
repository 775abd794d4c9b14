import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { Tier } from '../domain/tiers.ts'

/** How many customers were in one tier on the first day and in another on the second; null before their first assessment. */
export interface TierMove {
  readonly from: Tier | null
  readonly to: Tier
  readonly customers: number
}

/**
 * Movement between two days, from the last assessment of each customer up to each day. The cells sum to all customers who had a tier on the second day.
 * Reads the key's index only.
 */
export async function tierMoves(db: Db, from: string, to: string): Promise<TierMove[]> {
  const { rows } = await sql<TierMove>`
    with at_end as (
      select customer_id, max(as_of) as day, max(as_of) filter (where as_of <= ${from}::date) as earlier
      from value.assessment where as_of <= ${to}::date group by customer_id
    ), pairs as (
      select e.customer_id, b.tier as "from", a.tier as "to"
      from at_end e
      join value.assessment a on a.customer_id = e.customer_id and a.as_of = e.day
      left join value.assessment b on b.customer_id = e.customer_id and b.as_of = e.earlier
    )
    select "from", "to", count(*) as customers from pairs group by "from", "to" order by "from" nulls first, "to"`.execute(db)
  return rows
}

/** Days on which customers were assessed, newest first: what a movement can be asked between. */
export async function assessedDays(db: Db, limit: number): Promise<string[]> {
  const rows = await db.selectFrom('value.valuation').select('as_of').distinct().orderBy('as_of', 'desc').limit(limit).execute()
  return rows.map((row) => row.as_of)
}
