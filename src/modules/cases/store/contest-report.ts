import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { ContestCell } from '../domain/contest-report.ts'
import type { ReportFilter } from '../domain/report.ts'
import type { Kind } from '../domain/taxonomy.ts'
import { contestWhere } from './contests.ts'
import { counted } from './problem-cases.ts'
import { foundSo } from './report.ts'

/** Of which cases contests are counted, on row `f`: their own days say when. */
function ofCases({ kind, tier, departmentId, productCode, verdict }: Omit<ReportFilter, 'from' | 'to' | 'kind'> & { readonly kind: Kind }) {
  return sql.join(
    [
      counted,
      sql`f.kind = ${kind}`,
      ...(tier === null ? [] : [sql`f.tier = ${tier}`]),
      ...(departmentId === null ? [] : [sql`f.department_id = ${departmentId}::uuid`]),
      ...(productCode === null ? [] : [sql`f.product_code = ${productCode}`]),
      ...(verdict === null ? [] : [foundSo(verdict)]),
    ],
    sql` and `,
  )
}

const ways = ['inside', 'outside'] as const
/** What came, was decided and was decided for the customer between two days, each by its own day. Those that came in a period are found by one index, those that were decided in it by another. */
const happened = (period: { readonly from: string; readonly to: string }) => {
  const all = (what: 'opened' | 'decided') =>
    sql.join(
      ways.map((way) => sql`(${contestWhere({ way, what }, period)})`),
      sql` or `,
    )
  return sql`(select h.customer_id, h.case_id, h.way, h.body_id, h.opened_on as day, 1 as opened, 0 as decided, 0 as won from cases.contest h where ${all('opened')}
    union all
    select h.customer_id, h.case_id, h.way, h.body_id, h.decided_on, 0, 1, case when h.outcome in ('upheld', 'partly') then 1 else 0 end from cases.contest h where ${all('decided')})`
}

/** Appeals and referrals of a period by month, body and category; months are the numbers of the stretches that begin at `starts`, from 1. */
export async function contestCells(db: Db, filter: ReportFilter, starts: readonly string[]): Promise<readonly ContestCell[]> {
  const { rows } = await sql<ContestCell>`
    select w.way, width_bucket(w.day, ${starts}::date[]) as month, w.body_id as "bodyId", f.category,
      sum(w.opened)::int as opened, sum(w.decided)::int as decided, sum(w.won)::int as "forCustomer"
    from ${happened(filter)} w join cases.figure f on f.customer_id = w.customer_id and f.case_id = w.case_id
    where ${ofCases(filter)} group by 1, 2, 3, 4`.execute(db)
  return rows
}

/** The same by product and category, as supervisors count. */
export async function contestRows(
  db: Db,
  { from, to, kind }: { readonly from: string; readonly to: string; readonly kind: Kind },
): Promise<
  readonly (Pick<ContestCell, 'way' | 'opened' | 'decided' | 'forCustomer'> & { readonly product: string; readonly category: string })[]
> {
  const { rows } = await sql<Awaited<ReturnType<typeof contestRows>>[number]>`
    select w.way, coalesce(f.product_code, '') as product, coalesce(f.category, '') as category,
      sum(w.opened)::int as opened, sum(w.decided)::int as decided, sum(w.won)::int as "forCustomer"
    from ${happened({ from, to })} w join cases.figure f on f.customer_id = w.customer_id and f.case_id = w.case_id
    where ${counted} and f.kind = ${kind} group by 1, 2, 3`.execute(db)
  return rows
}
