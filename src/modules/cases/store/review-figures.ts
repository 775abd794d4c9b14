import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { RuleCell } from '../domain/management-review.ts'
import type { ReportFilter } from '../domain/report.ts'
import type { Period } from './quality.ts'
import { within } from './report.ts'

/** The cases of a report and of the one before it by the rules they stand under and the clocks of these that they missed: few combinations, however many cases, and one look at each for both. */
export async function ruleCells(
  db: Db,
  now: ReportFilter,
  before: ReportFilter,
): Promise<{ readonly now: readonly RuleCell[]; readonly before: readonly RuleCell[] }> {
  const { rows } = await sql<RuleCell & { readonly earlier: boolean }>`
    select f.regimes, f.missed, f.state = 'open' as open, f.received_on < ${now.from}::date as earlier, count(*)::int as cases from cases.figure f
    where ${within({ ...now, from: before.from })} and f.regimes <> '{}' group by 1, 2, 3, 4`.execute(db)
  return { now: rows.filter(({ earlier }) => !earlier), before: rows.filter(({ earlier }) => earlier) }
}

export interface DecidedCounts {
  /** Suggestions on which somebody decided, and those of them that were adopted. */
  readonly decided: number
  readonly adopted: number
  /** Checks whether a cause is gone, of cases and of problems, by what they found. */
  readonly effective: number
  readonly notEffective: number
  /** Those that could not tell. */
  readonly untold: number
}

/** What was decided and checked in a period, whenever its case came. */
export async function decidedBetween(db: Db, { from, to }: Period): Promise<DecidedCounts> {
  const { rows } = await sql<DecidedCounts>`
    select count(*) filter (where kind = 'decided')::int as decided, count(*) filter (where kind = 'decided' and (data ->> 'adopted')::boolean)::int as adopted,
      count(*) filter (where verdict = 'effective')::int as effective, count(*) filter (where verdict = 'not-effective')::int as "notEffective",
      count(*) filter (where verdict in ('too-early', 'too-little-data'))::int as untold
    from (
      select kind, data, data ->> 'verdict' as verdict from cases.event
        where kind in ('decided', 'effectiveness-checked') and at >= ${from}::timestamptz and at < ${to}::timestamptz
      union all
      select 'problem', null, verdict from cases.problem_check where made_at >= ${from}::timestamptz and made_at < ${to}::timestamptz
    ) x`.execute(db)
  return rows[0]!
}

export interface ProblemCounts {
  readonly opened: number
  readonly closed: number
  /** Opened by the end of the period and not closed by then, as the records say now. */
  readonly open: number
}

export async function problemCounts(db: Db, { from, to }: Period): Promise<ProblemCounts> {
  const { rows } = await sql<ProblemCounts>`
    select count(*) filter (where opened_at >= ${from}::timestamptz and opened_at < ${to}::timestamptz)::int as opened,
      count(*) filter (where closed_at >= ${from}::timestamptz and closed_at < ${to}::timestamptz)::int as closed,
      count(*) filter (where opened_at < ${to}::timestamptz and (closed_at is null or closed_at >= ${to}::timestamptz))::int as open
    from cases.problem`.execute(db)
  return rows[0]!
}

/** Causes that exceeded their control limit between two days, as they were told last. */
export async function alertsBetween(db: Db, from: string, to: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from cases.problem where alerted_on between ${from}::date and ${to}::date`.execute(db)
  return rows[0]!.n
}

export interface ApprovalCounts {
  /** Asked for in the period, and those of them on which nobody decided in time. */
  readonly asked: number
  readonly late: number
}

export async function approvalCounts(db: Db, { from, to }: Period, now: Date): Promise<ApprovalCounts> {
  const { rows } = await sql<ApprovalCounts>`
    select count(*)::int as asked, count(*) filter (where a.escalated_at is not null or coalesce(a.decided_at, ${now}::timestamptz) > a.due_at)::int as late
    from cases.approval a where a.asked_at >= ${from}::timestamptz and a.asked_at < ${to}::timestamptz`.execute(db)
  return rows[0]!
}

/** What waits for a decision at a moment beyond its time. */
export async function approvalsOverdue(db: Db, now: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from cases.approval where decided_at is null and escalated_at is null and due_at <= ${now}::timestamptz`.execute(
    db,
  )
  return rows[0]!.n
}

export interface PersonnelCounts {
  readonly penalties: number
  readonly penaltiesApproved: number
  readonly recognitions: number
  readonly recognitionsApproved: number
  readonly waiting: number
}

/** What was proposed about people who work here, without who they are. */
export async function personnelCounts(db: Db, { from, to }: Period): Promise<PersonnelCounts> {
  const { rows } = await sql<PersonnelCounts>`
    select count(*) filter (where kind = 'penalty')::int as penalties, count(*) filter (where kind = 'penalty' and state = 'approved')::int as "penaltiesApproved",
      count(*) filter (where kind = 'recognition')::int as recognitions, count(*) filter (where kind = 'recognition' and state = 'approved')::int as "recognitionsApproved",
      count(*) filter (where state = 'proposed')::int as waiting
    from cases.staff_entry where proposed_at >= ${from}::timestamptz and proposed_at < ${to}::timestamptz`.execute(db)
  return rows[0]!
}

/** What processes were published in a period, each with when and by whom, the newest first. */
export async function processesPublished(
  db: Db,
  { from, to }: Period,
): Promise<readonly { readonly key: string; readonly version: number; readonly kind: string; readonly at: Date; readonly by: string }[]> {
  const rows = await db
    .selectFrom('cases.process')
    .select(['key', 'version', 'kind', 'published_at as at', 'made_by as by'])
    .where('published_at', '>=', from)
    .where('published_at', '<', to)
    .orderBy('published_at', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, at: row.at! }))
}

/** What some problems and audits are called, by id. */
export async function titlesOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; title: string }>`
    select id, title from cases.problem where id = any(${ids}::uuid[]) union all select id, title from cases.audit where id = any(${ids}::uuid[])`.execute(
    db,
  )
  return new Map(rows.map(({ id, title }) => [id, title]))
}
