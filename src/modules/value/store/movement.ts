import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { type Tier, tierOfCode, tiers } from '../domain/tiers.ts'

/** How many customers were in one tier on the first day and in another on the second; null before their first assessment. */
export interface TierMove {
  readonly from: Tier | null
  readonly to: Tier
  readonly customers: number
}

/**
 * Movement between two days, from the last assessment of each customer up to each day. The cells sum to all customers who had a tier on the second day.
 * Day and tier are put into one number, so that one pass over the key's index finds the last tier up to both days without looking anything up.
 */
export async function tierMoves(db: Db, from: string, to: string): Promise<TierMove[]> {
  const { rows } = await sql<{ before: number | null; after: number; customers: number }>`
    with dated as (
      select customer_id, as_of, (as_of - date '1970-01-01') * 8::bigint + array_position(${tiers}::text[], tier) as place
      from value.assessment where as_of <= ${to}::date
    ), ends as (
      select customer_id, max(place) as after, max(place) filter (where as_of <= ${from}::date) as before from dated group by customer_id
    )
    select (before & 7)::int as before, (after & 7)::int as after, count(*) as customers from ends group by 1, 2 order by 1 nulls first, 2`.execute(
    db,
  )
  return rows.map(({ before, after, customers }) => ({ from: tierOfCode(before ?? 0), to: tierOfCode(after)!, customers }))
}

/** Days on which customers were assessed, newest first: what a movement can be asked between. */
export async function assessedDays(db: Db, limit: number): Promise<string[]> {
  const rows = await db.selectFrom('value.valuation').select('as_of').distinct().orderBy('as_of', 'desc').limit(limit).execute()
  return rows.map((row) => row.as_of)
}

/** Whether everybody was valued once only as of a day. */
export async function valuedOnce(db: Db, day: string): Promise<boolean> {
  const rows = await db.selectFrom('value.valuation').select('run_id').where('as_of', '=', day).limit(2).execute()
  return rows.length === 1
}
