import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { Case } from '../domain/case.ts'
import { type AppealDays, answerDue } from '../domain/contest.ts'

/** An appeal or a referral as lists and figures know it. */
export interface Contest {
  readonly id: string
  readonly way: 'inside' | 'outside'
  readonly bodyId: string | null
  readonly openedOn: string
  readonly openedAt: Date
  readonly judgeId: string | null
  readonly dueAt: Date | null
  /** When somebody is to hear of it: an appeal that is late, and an answer that is due soon. */
  readonly alertAt: Date | null
  readonly outcome: string | null
  readonly decidedOn: string | null
  readonly redressMinor: number
}

export interface StoredContest extends Contest {
  readonly customerId: string
  readonly caseId: string
  readonly rankAt: Date
}

/** How days of the company are counted, and how long before a body's answer is due somebody hears of it. */
export interface ContestDays extends AppealDays {
  readonly warnDays: number
}

/** What the log of a case says of its appeals and referrals; nobody decides any more on those of whoever was `erased`. */
export const contestsOf = (
  { appeals, referrals }: Pick<Case, 'appeals' | 'referrals'>,
  { dayOf, endOf, warnDays }: ContestDays,
  erased = false,
): readonly Contest[] => [
  ...appeals.map((one): Contest => {
    const { id, at, judgeId, dueAt, decided, withdrawn, lapsed } = one
    const ended = decided ?? withdrawn
    return {
      ...{ id, way: 'inside', bodyId: null, openedOn: dayOf(at), openedAt: at, judgeId, dueAt, alertAt: dueAt, redressMinor: 0 },
      outcome: decided?.outcome ?? (withdrawn !== null ? 'withdrawn' : lapsed || erased ? 'lapsed' : null),
      decidedOn: ended && dayOf(ended.at),
    }
  }),
  ...referrals.map((one): Contest => {
    const { id, at, bodyId, receivedOn, decided } = one
    const due = answerDue(one)
    const dueAt = due === null ? null : endOf(due)
    return {
      ...{ id, way: 'outside', bodyId, openedOn: receivedOn, openedAt: at, judgeId: null, dueAt },
      ...{ alertAt: dueAt && new Date(dueAt.getTime() - warnDays * day) },
      ...{
        outcome: decided?.outcome ?? (erased ? 'lapsed' : null),
        decidedOn: decided?.decidedOn ?? null,
        redressMinor: decided?.redressMinor ?? 0,
      },
    }
  }),
]

const never = new Date('9999-12-31T00:00:00Z')
const day = 86_400_000

/** Writes what a case says of them. Whoever heard that something is due hears of it again only where it is due at another time. */
export async function writeContests(db: Db, customerId: string, caseId: string, all: readonly Contest[]): Promise<void> {
  for (const one of all) {
    await sql`insert into cases.contest as c (customer_id, case_id, id, way, body_id, opened_on, opened_at, judge_id, due_at, rank_at, alert_at, outcome, decided_on, redress_minor)
      values (${customerId}::uuid, ${caseId}::uuid, ${one.id}::uuid, ${one.way}, ${one.bodyId}::uuid, ${one.openedOn}::date, ${one.openedAt}::timestamptz, ${one.judgeId}::text,
        ${one.dueAt}::timestamptz, ${one.dueAt ?? never}::timestamptz, ${one.alertAt}::timestamptz, ${one.outcome}::text, ${one.decidedOn}::date, ${one.redressMinor}::bigint)
      on conflict (customer_id, case_id, id) do update set judge_id = excluded.judge_id, due_at = excluded.due_at, rank_at = excluded.rank_at, alert_at = excluded.alert_at,
        alerted_at = case when c.due_at is distinct from excluded.due_at then null else c.alerted_at end, outcome = excluded.outcome, decided_on = excluded.decided_on,
        redress_minor = excluded.redress_minor
      where (c.judge_id, c.due_at, c.alert_at, c.outcome, c.decided_on, c.redress_minor) is distinct from
        (excluded.judge_id, excluded.due_at, excluded.alert_at, excluded.outcome, excluded.decided_on, excluded.redress_minor)`.execute(db)
  }
}

const columns = [
  'customer_id as customerId',
  'case_id as caseId',
  'id',
  'way',
  'body_id as bodyId',
  'opened_on as openedOn',
  'opened_at as openedAt',
  'judge_id as judgeId',
  'due_at as dueAt',
  'alert_at as alertAt',
  'rank_at as rankAt',
  'outcome',
  'decided_on as decidedOn',
  'redress_minor as redressMinor',
] as const
const contests = (db: Db) => db.selectFrom('cases.contest').select(columns)

/** What is stored of some cases, by their ids. */
export async function contestsOfCases(
  db: Db,
  cases: readonly { readonly customerId: string; readonly id: string }[],
): Promise<ReadonlyMap<string, readonly StoredContest[]>> {
  if (cases.length === 0) return new Map()
  const rows = (await contests(db)
    .where(
      'case_id',
      'in',
      cases.map(({ id }) => id),
    )
    .where('customer_id', 'in', [...new Set(cases.map(({ customerId }) => customerId))])
    .execute()) as StoredContest[]
  return Map.groupBy(rows, ({ caseId }) => caseId)
}

/** Whether what is stored is what the log of a case says. */
export function sameContests(stored: readonly Contest[], told: readonly Contest[]): boolean {
  const said = (all: readonly Contest[]) =>
    all.map((one) =>
      [
        one.id,
        one.way,
        one.bodyId,
        one.openedOn,
        one.judgeId,
        one.dueAt?.getTime(),
        one.alertAt?.getTime(),
        one.outcome,
        one.decidedOn,
        one.redressMinor,
      ].join(' '),
    )
  return said(stored).toSorted().join('\n') === said(told).toSorted().join('\n')
}

export interface RankPlace {
  readonly at: Date
  readonly id: string
}

/** What waits, inside or outside, what is due first first; of one judge where one is named. */
export const waitingContests = (
  db: Db,
  { way, judgeId }: { readonly way: 'inside' | 'outside'; readonly judgeId: string | null },
  after: RankPlace | null,
  limit: number,
): Promise<StoredContest[]> =>
  contests(db)
    .where('way', '=', way)
    .where('outcome', 'is', null)
    .$if(judgeId !== null, (q) => q.where('judge_id', '=', judgeId!))
    .$if(after !== null, (q) => q.where(sql<SqlBool>`(rank_at, id) > (${after?.at}::timestamptz, ${after?.id}::uuid)`))
    .orderBy('rank_at')
    .orderBy('id')
    .limit(limit)
    .execute() as Promise<StoredContest[]>

/** Of which somebody has to hear at a moment and has not; whoever tells them holds the case and looks again. */
export const contestsToAlert = (db: Db, now: Date, limit: number): Promise<StoredContest[]> =>
  contests(db)
    .where('outcome', 'is', null)
    .where('alerted_at', 'is', null)
    .where('alert_at', '<=', now)
    .orderBy('alert_at')
    .limit(limit)
    .execute() as Promise<StoredContest[]>

/** False where somebody has told already. */
export async function markAlerted(db: Db, { customerId, caseId, id }: StoredContest, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('cases.contest')
    .set({ alerted_at: now })
    .where('customer_id', '=', customerId)
    .where('case_id', '=', caseId)
    .where('id', '=', id)
    .where('alerted_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Looks again at another time. */
export async function laterAlert(db: Db, { customerId, caseId, id }: StoredContest, at: Date): Promise<void> {
  await db
    .updateTable('cases.contest')
    .set({ alert_at: at })
    .where('customer_id', '=', customerId)
    .where('case_id', '=', caseId)
    .where('id', '=', id)
    .execute()
}

/** What nobody decides any more, since nothing is known any more of those whom it is about. */
export async function lapseContests(db: Db, customerIds: readonly string[]): Promise<void> {
  await db
    .updateTable('cases.contest')
    .set({ outcome: 'lapsed' })
    .where(sql<SqlBool>`customer_id = any(${customerIds}::uuid[])`)
    .where('outcome', 'is', null)
    .execute()
}

/** How many appeals wait for each of some people. */
export async function appealsWaitingFor(db: Db, people: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ judgeId: string; n: number }>`
    select judge_id as "judgeId", count(*)::int as n from cases.contest where outcome is null and judge_id = any(${people}::text[]) group by 1`.execute(
    db,
  )
  return new Map(rows.map(({ judgeId, n }) => [judgeId, n]))
}

/** What lies with a body outside, about some customers: by body, how many. While it does, nothing of it is erased. */
export async function openOutside(
  db: Db,
  customerIds: readonly string[],
): Promise<readonly { readonly customerId: string; readonly bodyId: string; readonly count: number }[]> {
  const { rows } = await sql<{ customerId: string; bodyId: string; count: number }>`
    select customer_id as "customerId", body_id as "bodyId", count(*)::int as count from cases.contest
    where customer_id = any(${customerIds}::uuid[]) and way = 'outside' and outcome is null group by 1, 2 order by 1, 2`.execute(db)
  return rows
}

/** The condition that a contest of way `way` came, was decided, or was decided for the customer, between two days; on row `h`. */
export function contestWhere(
  { way, what }: { readonly way: 'inside' | 'outside'; readonly what: 'opened' | 'decided' | 'for-customer' },
  { from, to }: { readonly from: string; readonly to: string },
): RawBuilder<unknown> {
  const on = what === 'opened' ? sql`h.opened_on` : sql`h.decided_on`
  const outcome =
    what === 'opened'
      ? sql`true`
      : what === 'decided'
        ? sql`h.outcome in ('upheld', 'partly', 'dismissed', 'not-upheld')`
        : sql`h.outcome in ('upheld', 'partly')`
  return sql`h.way = ${sql.lit(way)} and ${on} between ${from}::date and ${to}::date and ${outcome}`
}
