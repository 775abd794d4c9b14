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

export interface Served {
  readonly id: string
  readonly at: Date
  /** Of a service the day on which it was given. */
  readonly day: string | null
  readonly what: string
  readonly kind: 'service-given' | 'noticed'
  /** Of a service its layer, of an observation its state. */
  readonly mark: string
  readonly by: string
}

/** What was noticed about a customer and what was given to them strictly before a place, newest first. What was given stands at the beginning of its day (UTC). */
export async function servedMoments(db: Db, customerId: string, before: { at: Date; id: string } | null, limit: number): Promise<Served[]> {
  const { rows } = await sql<Served>`
    select * from (
      select id::text as id, given_on::timestamp at time zone 'UTC' as at, given_on::text as day, what, 'service-given' as kind, layer as mark, given_by as by
      from value.service_given where customer_id = ${customerId}::uuid
      union all
      select id::text, noticed_at, null, noticed, 'noticed', state, noticed_by from value.observation where customer_id = ${customerId}::uuid
    ) one
    where ${before === null}::boolean or (at, id collate "C") < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::text)
    order by at desc, id collate "C" desc limit ${limit}`.execute(db)
  return rows
}
