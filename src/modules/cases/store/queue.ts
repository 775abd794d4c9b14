import { type SqlBool, sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { Counted } from '../domain/figures/limits.ts'
import { lastPlace, type QueueRules } from '../domain/figures/queue.ts'
import { type CaseRow, columns } from './cases.ts'
import type { QueuePlace } from './lists.ts'

/** A case of nobody that waits, with what says whose it could become, and against which limits it counts. */
export interface Waiting extends CaseRow, Counted {
  readonly policyId: string | null
  readonly policyVersion: number | null
}

/** Whose waiting cases: those that departments answer for, those that teams are to serve, or all. */
export type WaitingFor = { readonly departmentIds: readonly string[] } | { readonly teamIds: readonly string[] } | null

/** Open cases of nobody, in the order of the queue, behind a place. */
export async function waitingCases(db: Db, of: WaitingFor, after: QueuePlace | null, limit: number): Promise<readonly Waiting[]> {
  const rows = await db
    .selectFrom('cases.case')
    .select([...columns, 'policy_id as policyId', 'policy_version as policyVersion', 'team_id as teamId', 'product_code as productCode'])
    .where('state', '=', 'open')
    .where('owner_id', 'is', null)
    .$if(of !== null, (q) =>
      q.where(
        of !== null && 'teamIds' in of
          ? sql<SqlBool>`team_id = any(${of.teamIds}::uuid[])`
          : sql<SqlBool>`department_id = any(${of?.departmentIds ?? []}::uuid[])`,
      ),
    )
    .$if(after !== null, (q) => q.where(sql<SqlBool>`(rank_at, id) > (${after?.rankAt}::timestamptz, ${after?.id}::uuid)`))
    .orderBy('rank_at')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows as Waiting[]
}

/** The first of some cases that is nobody's still and that nobody else is taking at this moment: it is held, so that of many who ask at once each gets another. */
export async function firstFree(db: Db, ids: readonly string[]): Promise<string | null> {
  const row = await db
    .selectFrom('cases.case')
    .select('id')
    .where(sql<SqlBool>`id = any(${ids}::uuid[])`)
    .where('state', '=', 'open')
    .where('owner_id', 'is', null)
    .orderBy('rank_at')
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  return row?.id ?? null
}

/** Whoever takes a case waits until another request of theirs has taken one. */
export const holdTaker = (db: Db, userId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`cases.taker ${userId}`}, 0))`.execute(db)

/** How many open cases each of some people has, and when they were last given one, whatever became of it. */
export async function loadOf(
  db: Db,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly open: number; readonly lastAt: Date | null }>> {
  if (userIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string; open: number; lastAt: Date | null }>`
    select u.id, (select count(*) from cases.case c where c.state = 'open' and c.owner_id = u.id)::int as open,
      (select c.assigned_at from cases.case c where c.owner_id = u.id and c.assigned_at is not null order by c.assigned_at desc limit 1) as "lastAt"
    from unnest(${userIds}::text[]) u (id)`.execute(db)
  return new Map(rows.map(({ id, open, lastAt }) => [id, { open, lastAt }]))
}

/** How many of nobody's open cases stand before one, counted up to a limit. */
export async function aheadOf(db: Db, caseId: string, limit: number): Promise<number> {
  const { rows } = await sql<{ ahead: number }>`
    select count(*)::int as ahead from (
      select 1 from cases.case c, (select rank_at, id from cases.case where id = ${caseId}::uuid) me
      where c.state = 'open' and c.owner_id is null and (c.rank_at, c.id) < (me.rank_at, me.id) limit ${limit}) x`.execute(db)
  return rows[0]!.ahead
}

/** How many of nobody's open cases stand before a place in the queue, without one of them, counted up to a limit. */
export async function aheadOfRank(db: Db, rankAt: Date, withoutId: string, limit: number): Promise<number> {
  const { rows } = await sql<{ ahead: number }>`
    select count(*)::int as ahead from (
      select 1 from cases.case where state = 'open' and owner_id is null and rank_at < ${rankAt}::timestamptz and id <> ${withoutId}::uuid
      limit ${limit}) x`.execute(db)
  return rows[0]!.ahead
}

/** Ranks everything that is open anew, after the rules changed; what has to be done at once (`atOnceBecause`) before everything else. */
export async function rankAgain(
  db: Db,
  { tierHeadStart, severityHeadStart, placeHeadStart, withoutDueMinutes }: QueueRules,
): Promise<void> {
  await sql`
    update cases.case set rank_at = coalesce(due_at, received_at + make_interval(mins => ${withoutDueMinutes}::int))
      - make_interval(mins => coalesce((${JSON.stringify(tierHeadStart)}::jsonb ->> tier)::int, 0))
      - make_interval(mins => (${JSON.stringify(severityHeadStart)}::jsonb ->> severity::text)::int)
      - make_interval(mins => (${lastPlace}::int - priority) * ${placeHeadStart}::int)
      - case when severity = 1 or immediate then interval '36500 days' else interval '0' end
    where state = 'open'`.execute(db)
}
