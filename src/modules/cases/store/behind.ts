import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { Dimension, Measure, ReportFilter } from '../domain/report.ts'
import type { CaseRow } from './cases.ts'
import { casesOfIds } from './problem-cases.ts'
import { judgedAs } from './quality.ts'
import { foundSo, hasKey, within } from './report.ts'

const measured: Readonly<Record<Measure, RawBuilder<unknown>>> = {
  all: sql`true`,
  answered: sql`f.answer_seconds is not null`,
  'not-answered': sql`f.answer_seconds is null and f.closed_on is null`,
  settled: sql`(f.settle_seconds is not null or f.reopened > 0)`,
  'not-settled': sql`f.settle_seconds is null and f.closed_on is null`,
  late: sql`f.late`,
  reopened: sql`f.reopened > 0`,
  satisfied: sql`f.satisfied`,
  dissatisfied: sql`not f.satisfied`,
  persistent: sql`f.repeated`,
  raised: sql`f.proactive`,
  established: foundSo('established'),
  'not-established': foundSo('not-established'),
  undecided: foundSo('undecided'),
  ...judgedAs,
}

export interface Behind {
  readonly filter: ReportFilter
  readonly measure: Measure
  /** Only those with this key in this dimension. */
  readonly part: { readonly dimension: Dimension; readonly key: string } | null
}

export interface DayPlace {
  readonly day: string
  readonly id: string
}

/** The cases that were counted in a figure, the last received first, with the day of receipt. */
export async function casesBehind(
  db: Db,
  { filter, measure, part }: Behind,
  after: DayPlace | null,
  limit: number,
): Promise<readonly (CaseRow & { readonly receivedOn: string })[]> {
  const ofPart = part === null ? sql`true` : hasKey(part.dimension, part.key)
  const behind = after ? sql`and (f.received_on, f.case_id) < (${after.day}::date, ${after.id}::uuid)` : sql``
  // What the company raised is of another kind than what customers complain of, and counted beside it.
  const asked = measure === 'raised' ? { ...filter, kind: null } : filter
  const { rows } = await sql<{ customerId: string; id: string; receivedOn: string }>`
    select f.customer_id as "customerId", f.case_id as id, f.received_on as "receivedOn" from cases.figure f
    where ${within(asked)} and ${measured[measure]} and ${ofPart} ${behind} order by f.received_on desc, f.case_id desc limit ${limit}`.execute(
    db,
  )
  const found = await casesOfIds(db, rows)
  const days = new Map(rows.map(({ id, receivedOn }) => [id, receivedOn]))
  return found.map((row) => ({ ...row, receivedOn: days.get(row.id)! }))
}
