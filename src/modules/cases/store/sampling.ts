import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { noStrata, type Strata } from '../domain/audit.ts'
import { findingsOf, type Verdict, verdicts } from '../domain/taxonomy.ts'

/** From which cases is drawn, and by what. */
interface Drawn {
  readonly from: string
  readonly to: string
  readonly departmentId: string | null
  /** Not of these departments: nobody audits what their own answers for. */
  readonly without: readonly string[]
  readonly seed: string
}

const stratum = sql`case ${sql.join(
  verdicts
    .filter((verdict) => verdict !== 'undecided')
    .map((verdict) => sql`when f.finding in (${sql.join(findingsOf[verdict].map((one) => sql.lit(one)))}) then ${sql.lit(verdict)}`),
  sql` `,
)} else 'undecided' end`

/** Complaints that have come to their end in a period, on row `f`. */
const population = ({
  from,
  to,
  departmentId,
  without,
}: Drawn) => sql`f.state = 'closed' and f.kind = 'complaint' and f.closed_on between ${from}::date and ${to}::date
  ${departmentId === null ? sql`` : sql`and f.department_id = ${departmentId}::uuid`}
  ${without.length === 0 ? sql`` : sql`and (f.department_id is null or f.department_id <> all(${[...without]}::uuid[]))`}`

export async function countStrata(db: Db, drawn: Drawn): Promise<Strata> {
  const { rows } = await sql<{ stratum: Verdict; n: number }>`
    select ${stratum} as stratum, count(*)::int as n from cases.figure f where ${population(drawn)} group by 1`.execute(db)
  return { ...noStrata, ...Object.fromEntries(rows.map((row) => [row.stratum, row.n])) }
}

export interface DrawnCase {
  readonly customerId: string
  readonly caseId: string
  /** By what cases are ordered: the hash of the seed and the id of the case. */
  readonly lot: string
}

/** Cases of a stratum in the order of their lots, behind one. The lot is md5 of the seed, a colon and the id of the case: nobody can choose by it, and anybody can draw the same again. */
export async function inOrderOfLots(db: Db, drawn: Drawn, of: Verdict, after: string | null, limit: number): Promise<readonly DrawnCase[]> {
  const { rows } = await sql<DrawnCase>`
    select * from (
      select f.customer_id as "customerId", f.case_id as "caseId", md5(${drawn.seed} || ':' || f.case_id::text) as lot
      from cases.figure f where ${population(drawn)} and ${stratum} = ${of}) x
    where ${after}::text is null or lot > ${after}::text order by lot limit ${limit}`.execute(db)
  return rows
}

/** In which of some cases somebody ever acted or was named, also where another took their place since. */
export async function actedIn(db: Db, cases: readonly Omit<DrawnCase, 'lot'>[], userId: string): Promise<ReadonlySet<string>> {
  if (cases.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select c.id from unnest(${cases.map(({ customerId }) => customerId)}::uuid[], ${cases.map(({ caseId }) => caseId)}::uuid[]) c (customer_id, id)
    where exists (select 1 from cases.event e where e.customer_id = c.customer_id and e.case_id = c.id
        and (e.by = ${userId} or e.data ->> 'ownerId' = ${userId} or e.data ->> 'personId' = ${userId} or e.data ->> 'userId' = ${userId}
          or e.data #>> '{record,target,userId}' = ${userId} or e.data #>> '{changes,target,userId}' = ${userId} or e.data ->> 'delayedBy' = ${userId}))`.execute(
    db,
  )
  return new Set(rows.map(({ id }) => id))
}

/** For which of some cases one of some departments answers. */
export async function answeredForBy(
  db: Db,
  cases: readonly Omit<DrawnCase, 'lot'>[],
  departmentIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (cases.length === 0 || departmentIds.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select f.case_id as id from unnest(${cases.map(({ customerId }) => customerId)}::uuid[], ${cases.map(({ caseId }) => caseId)}::uuid[]) c (customer_id, id)
    join cases.figure f on f.customer_id = c.customer_id and f.case_id = c.id where f.department_id = any(${[...departmentIds]}::uuid[])`.execute(
    db,
  )
  return new Set(rows.map(({ id }) => id))
}
