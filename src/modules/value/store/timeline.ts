import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'

export interface TierChange {
  /** The day of the assessment, which is unique per customer. */
  readonly id: string
  readonly at: Date
  readonly from: string | null
  readonly to: string
  readonly reason: string
  readonly profitMinor: number
}

/** A customer's changes of tier strictly before a place, newest first. An assessment stands at the end of its day (UTC). */
export async function tierChanges(
  db: Db,
  customerId: string,
  before: { at: Date; id: string } | null,
  limit: number,
): Promise<TierChange[]> {
  const { rows } = await sql<TierChange>`
    with dated as (
      select as_of, tier, tier_reason, profit_minor, lag(tier) over (order by as_of) as former
      from value.assessment where customer_id = ${customerId}::uuid
    ), changed as (
      select to_char(as_of, 'YYYY-MM-DD') as id, (as_of + 1)::timestamp at time zone 'UTC' as at, former as "from", tier as "to",
        tier_reason as reason, profit_minor as "profitMinor"
      from dated where former is distinct from tier
    )
    select * from changed
    where ${before === null}::boolean or (at, id collate "C") < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::text)
    order by at desc, id desc limit ${limit}`.execute(db)
  return rows
}
