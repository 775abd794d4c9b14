import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { Dimension, Measure, ReportFilter } from '../domain/report.ts'
import type { CaseRow } from './cases.ts'
import { contestWhere } from './contests.ts'
import { casesOfIds } from './problem-cases.ts'
import { judgedAs } from './quality.ts'
import { foundSo, hasKey, within } from './report.ts'

/** Cases by what became of an answer, on the day on which that came or was decided: they are found by that, and not by when they were received. */
const contestMeasures = {
  appealed: { way: 'inside', what: 'opened' },
  'appeal-decided': { way: 'inside', what: 'decided' },
  'appeal-upheld': { way: 'inside', what: 'for-customer' },
  referred: { way: 'outside', what: 'opened' },
  'referral-decided': { way: 'outside', what: 'decided' },
  'referral-overturned': { way: 'outside', what: 'for-customer' },
} as const
type ContestMeasure = keyof typeof contestMeasures

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
  ...(Object.fromEntries(Object.keys(contestMeasures).map((measure) => [measure, sql`true`])) as Record<
    ContestMeasure,
    RawBuilder<unknown>
  >),
}

export interface Behind {
  readonly filter: ReportFilter
  readonly measure: Measure
  /** Only those with this key in this dimension. */
  readonly part: { readonly dimension: Dimension; readonly key: string } | null
  /** Of what was taken outside only what went to this body. */
  readonly bodyId?: string | null
}

/** Whenever a case was received. */
const ever = { from: '0001-01-01', to: '9999-12-31' }

export interface DayPlace {
  readonly day: string
  readonly id: string
}

/** The cases that were counted in a figure, the last received first, with the day of receipt. */
export async function casesBehind(
  db: Db,
  { filter, measure, part, bodyId = null }: Behind,
  after: DayPlace | null,
  limit: number,
): Promise<readonly (CaseRow & { readonly receivedOn: string })[]> {
  const ofPart = part === null ? sql`true` : hasKey(part.dimension, part.key)
  const behind = after ? sql`and (f.received_on, f.case_id) < (${after.day}::date, ${after.id}::uuid)` : sql``
  // What the company raised is of another kind than what customers complain of, and counted beside it.
  const asked = measure === 'raised' ? { ...filter, kind: null } : filter
  const contest = measure in contestMeasures ? contestMeasures[measure as ContestMeasure] : null
  const ofBody = bodyId === null ? sql`true` : sql`h.body_id = ${bodyId}::uuid`
  const from =
    contest === null
      ? sql`cases.figure f`
      : sql`(select distinct h.customer_id, h.case_id from cases.contest h where ${contestWhere(contest, filter)} and ${ofBody}) w
          join cases.figure f on f.customer_id = w.customer_id and f.case_id = w.case_id`
  const period = contest === null ? asked : { ...asked, ...ever }
  const { rows } = await sql<{ customerId: string; id: string; receivedOn: string }>`
    select f.customer_id as "customerId", f.case_id as id, f.received_on as "receivedOn" from ${from}
    where ${within(period)} and ${measured[measure]} and ${ofPart} ${behind} order by f.received_on desc, f.case_id desc limit ${limit}`.execute(
    db,
  )
  const found = await casesOfIds(db, rows)
  const days = new Map(rows.map(({ id, receivedOn }) => [id, receivedOn]))
  return found.map((row) => ({ ...row, receivedOn: days.get(row.id)! }))
}
