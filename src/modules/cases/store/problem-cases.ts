import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { Matter } from '../domain/problem.ts'
import type { WatchedDimension, WeekCount } from '../domain/watch.ts'
import { type CaseRow, columns } from './cases.ts'

/** What was merged into another case or became one is counted there. */
export const counted = sql`f.state not in ('merged', 'converted')`

/** A matter on row `f` of the figures. */
function ofMatter({ cause, category, reason, productCode }: Matter): RawBuilder<unknown> {
  const parts = [
    ...(cause === null ? [] : [sql`f.cause = ${cause}`]),
    ...(category === null ? [] : [sql`f.category = ${category}`]),
    ...(reason === null ? [] : [sql`f.reason = ${reason}`]),
    ...(productCode === null ? [] : [sql`f.product_code = ${productCode}`]),
  ]
  return parts.length === 0 ? sql`false` : sql.join(parts, sql` and `)
}

/** The two halves of a problem's cases, each by its own index: those linked to it (id null: of a mere matter, to which nothing is linked), and complaints of its matter that are linked to none. */
const halvesOf = (problem: Matter & { readonly id: string | null }): readonly RawBuilder<unknown>[] => [
  ...(problem.id === null ? [] : [sql`f.problem_id = ${problem.id}::uuid`]),
  sql`f.problem_id is null and f.kind = 'complaint' and ${ofMatter(problem)}`,
]

/** How many cases of a problem (id null: of a mere matter) were received on which day, between two days, both included. */
export async function problemDays(
  db: Db,
  problem: Matter & { readonly id: string | null },
  from: string,
  to: string,
): Promise<readonly { readonly day: string; readonly complaints: number }[]> {
  const parts = halvesOf(problem).map(
    (half) =>
      sql`select f.received_on as day from cases.figure f where f.received_on between ${from}::date and ${to}::date and ${counted} and ${half}`,
  )
  const { rows } = await sql<{ day: string; complaints: number }>`
    select day, count(*)::int as complaints from (${sql.join(parts, sql` union all `)}) d group by 1 order by 1`.execute(db)
  return rows
}

/** The cases of a problem since a day, the newest first. */
export async function problemCases(
  db: Db,
  problem: Matter & { readonly id: string },
  since: string,
  after: { readonly day: string; readonly id: string } | null,
  limit: number,
): Promise<readonly (CaseRow & { readonly receivedOn: string })[]> {
  const behind = after ? sql`and (f.received_on, f.case_id) < (${after.day}::date, ${after.id}::uuid)` : sql``
  const parts = halvesOf(problem).map(
    (half) => sql`(select f.customer_id as "customerId", f.case_id as id, f.received_on as "receivedOn" from cases.figure f
      where f.received_on >= ${since}::date ${behind} and ${counted} and ${half} order by f.received_on desc, f.case_id desc limit ${limit})`,
  )
  const { rows } = await sql<{ customerId: string; id: string; receivedOn: string }>`
    select * from (${sql.join(parts, sql` union all `)}) f order by f."receivedOn" desc, f.id desc limit ${limit}`.execute(db)
  const found = await casesOfIds(db, rows)
  const days = new Map(rows.map(({ id, receivedOn }) => [id, receivedOn]))
  return found.map((row) => ({ ...row, receivedOn: days.get(row.id)! }))
}

/** Open cases that may belong to a problem, because they share its cause, or its category and product, the newest first; those that belong already are not among them. */
export async function problemCandidates(
  db: Db,
  problem: Matter & { readonly id: string },
  since: string,
  limit: number,
): Promise<readonly CaseRow[]> {
  const { cause, category, productCode } = problem
  const alike = [
    ...(cause === null ? [] : [sql`f.cause = ${cause}`]),
    ...(category === null ? [] : [sql`f.category = ${category}`]),
    ...(productCode === null ? [] : [sql`f.product_code = ${productCode}`]),
  ]
  const { rows } = await sql<{ customerId: string; id: string }>`
    select f.customer_id as "customerId", f.case_id as id from cases.figure f
    where f.received_on >= ${since}::date and f.state = 'open' and f.problem_id is null and (${sql.join(alike, sql` or `)}) and not (f.kind = 'complaint' and ${ofMatter(problem)})
    order by f.received_on desc, f.case_id desc limit ${limit}`.execute(db)
  return casesOfIds(db, rows)
}

/** Some cases in the order in which they are named. */
export async function casesOfIds(
  db: Db,
  ids: readonly { readonly customerId: string; readonly id: string }[],
): Promise<readonly CaseRow[]> {
  if (ids.length === 0) return []
  const rows = (await db
    .selectFrom('cases.case')
    .select(columns)
    .where(
      sql<boolean>`(customer_id, id) in (select * from unnest(${ids.map((one) => one.customerId)}::uuid[], ${ids.map((one) => one.id)}::uuid[]))`,
    )
    .execute()) as CaseRow[]
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap(({ id }) => byId.get(id) ?? [])
}

/** An earlier case of the same cause that had ended with something learned before this one came, the latest; null where there is none. */
export async function earlierOfCause(db: Db, causeId: string, before: Date, except: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from cases.case where cause_id = ${causeId}::uuid and state = 'closed' and finding in ('founded', 'partly') and closed_at < ${before}::timestamptz and id <> ${except}::uuid
    order by opened_at desc limit 1`.execute(db)
  return rows[0]?.id ?? null
}

const dimension: Readonly<Record<WatchedDimension, RawBuilder<unknown>>> = {
  cause: sql`f.cause`,
  reason: sql`f.category || '/' || f.reason`,
  product: sql`f.product_code`,
}

/** Complaints by week and key, in weeks of seven days that end with `last`: week 0 is the latest. What belongs to no key is left out. */
export async function weeklyCounts(db: Db, of: WatchedDimension, last: string, weeks: number): Promise<readonly WeekCount[]> {
  const { rows } = await sql<WeekCount>`
    select (${last}::date - f.received_on) / 7 as week, ${dimension[of]} as key, count(*)::int as complaints from cases.figure f
    where f.received_on between ${last}::date - ${sql.lit(weeks)} * 7 + 1 and ${last}::date and f.kind = 'complaint' and ${counted} and ${dimension[of]} is not null
    group by 1, 2`.execute(db)
  return rows
}

export interface DueCheck {
  readonly customerId: string
  readonly caseId: string
  readonly days: number
  readonly on: string
}

/** Cases of which it is due to be looked at whether the cause is gone, and nobody was asked yet; the longest due first. */
export async function checksDue(db: Db, today: string, limit: number): Promise<readonly DueCheck[]> {
  const { rows } = await sql<DueCheck>`
    select customer_id as "customerId", case_id as "caseId", check_days as days, check_on as "on" from cases.figure
    where check_on <= ${today}::date and check_asked is distinct from check_days order by check_on, case_id limit ${limit}`.execute(db)
  return rows
}

/** Remembers for which check somebody was asked; a check that has become another one meanwhile is asked for anew. */
export async function noteAsked(db: Db, { customerId, caseId, days }: DueCheck): Promise<void> {
  await db
    .updateTable('cases.figure')
    .set({ check_asked: days })
    .where('customer_id', '=', customerId)
    .where('case_id', '=', caseId)
    .where('check_days', '=', days)
    .execute()
}
