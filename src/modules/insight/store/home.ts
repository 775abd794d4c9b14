import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#platform/database/connection.ts'

/** What is read of a valuation's summary; a summary that was thinned out or made by an older version lacks parts. */
const overview = z.object({
  buyers: z.number(),
  profitMinor: z.number(),
  lifetimeValueMinor: z.number(),
  tiers: z.array(
    z.object({
      tier: z.enum(['platinum', 'gold', 'iron', 'lead']),
      customers: z.number(),
      profitMinor: z.number(),
      releasable: z.number(),
    }),
  ),
  profitBases: z.array(z.object({ basis: z.enum(['known', 'margin', 'revenue']), customers: z.number() })),
  asOfReason: z.string(),
  newestOrderDay: z.string().nullable(),
  chosen: z.string(),
  grade: z.string().nullable(),
})
const keeping = z.object({
  months: z.array(z.object({ month: z.string(), won: z.number(), retained: z.number(), converted: z.number() })),
  year: z.object({
    from: z.string(),
    to: z.string(),
    comparable: z.boolean(),
    won: z.number(),
    kept: z.number(),
    lost: z.number(),
    goodsProfitMinor: z.number(),
    goodsProfitBasis: z.enum(['known', 'margin', 'revenue']),
  }),
})
export type Keeping = z.output<typeof keeping>

export interface LatestValuation {
  readonly asOf: string
  readonly finishedAt: Date
  readonly customers: number
  readonly overview: z.output<typeof overview>
  readonly keeping: Keeping | null
}

/** The latest valuation as far as its summary is there: one row, nothing is counted. */
export async function latestValuation(db: Db): Promise<LatestValuation | null> {
  const row = await db
    .selectFrom('value.latest_valuation')
    .select(['as_of as asOf', 'finished_at as finishedAt', 'customers', 'overview', 'keeping'])
    .executeTakeFirst()
  if (!row?.asOf || !row.finishedAt || row.customers === null || row.overview === null) return null
  return {
    asOf: row.asOf,
    finishedAt: row.finishedAt,
    customers: row.customers,
    overview: overview.parse(row.overview),
    keeping: row.keeping === null ? null : keeping.parse(row.keeping),
  }
}

/** Touches since a moment by stage, from an index. */
export async function touchesByStage(db: Db, since: Date, until: Date): Promise<{ stage: string; touches: number }[]> {
  const { rows } = await sql<{ stage: string; touches: number }>`
    select stage, count(*)::int as touches from customers.touch where occurred_at > ${since} and occurred_at <= ${until} group by stage`.execute(
    db,
  )
  return rows
}

/** What was spent between two days by purpose; a period that reaches beyond them counts by its share of days. */
export async function spendByPurpose(db: Db, from: string, to: string): Promise<{ purpose: string; amountMinor: number }[]> {
  const { rows } = await sql<{ purpose: string; amountMinor: number }>`
    select purpose, round(sum(amount_minor::numeric * (least(last_day, ${to}::date) - greatest(first_day, ${from}::date) + 1) / (last_day - first_day + 1)))::bigint as "amountMinor"
    from value.spend_period where first_day <= ${to}::date and last_day >= ${from}::date group by purpose`.execute(db)
  return rows
}
