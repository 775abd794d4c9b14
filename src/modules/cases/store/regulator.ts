import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { RegulatorRow } from '../domain/figures/regulator.ts'
import { counted } from './problem-cases.ts'
import { foundSo } from './report.ts'

/** The counts of a supervisor by product and category, of cases of one kind, between two days, both included. What says no product or category has an empty one. */
export async function regulatorRows(
  db: Db,
  { from, to, kind }: { readonly from: string; readonly to: string; readonly kind: string },
): Promise<readonly RegulatorRow[]> {
  const start = sql`${from}::date`
  const end = sql`${to}::date`
  const closed = sql`f.closed_on between ${start} and ${end}`
  const { rows } = await sql<Omit<RegulatorRow, 'closed'> & { three: number; eight: number; later: number }>`
    select coalesce(f.product_code, '') as product, coalesce(f.category, '') as category,
      count(*) filter (where f.received_on < ${start} and (f.closed_on is null or f.closed_on >= ${start}))::int as "outstandingBefore",
      count(*) filter (where f.received_on between ${start} and ${end})::int as opened,
      count(*) filter (where ${closed} and f.closing = 'three-days')::int as three, count(*) filter (where ${closed} and f.closing = 'eight-weeks')::int as eight,
      count(*) filter (where ${closed} and f.closing = 'later')::int as later, count(*) filter (where ${closed} and ${foundSo('established')})::int as upheld,
      count(*) filter (where ${closed} and ${foundSo('not-established')})::int as rejected,
      coalesce(sum(f.remedy_minor) filter (where ${closed}), 0)::bigint as "redressMinor",
      coalesce(sum(f.remedy_minor) filter (where ${closed} and ${foundSo('established')}), 0)::bigint as "upheldRedressMinor",
      count(*) filter (where f.received_on <= ${end} and (f.closed_on is null or f.closed_on > ${end}))::int as "outstandingAfter"
    from cases.figure f where f.kind = ${kind} and ${counted} and f.received_on <= ${end} and (f.closed_on is null or f.closed_on >= ${start}) group by 1, 2`.execute(
    db,
  )
  return rows.map(({ three, eight, later, ...row }) => ({ ...row, closed: { 'three-days': three, 'eight-weeks': eight, later } }))
}
