import { sql } from 'kysely'
import type { Reach } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import type { StaffScore } from '../domain/case.ts'
import type { ScoredMonth } from '../domain/figures/personnel-value.ts'
import type { Period } from './quality.ts'

/** Writes what the customer of a case gave those who handled it; nothing else stands of it then. */
export async function writeScores(db: Db, customerId: string, caseId: string, scores: readonly StaffScore[]): Promise<void> {
  const agents = scores.map(({ agentId }) => agentId)
  await sql`delete from cases.staff_score
    where customer_id = ${customerId}::uuid and case_id = ${caseId}::uuid and agent_id <> all(${agents}::text[])`.execute(db)
  for (const { agentId, at, attitude, knowledge, skill } of scores)
    await sql`insert into cases.staff_score as s (customer_id, case_id, agent_id, at, attitude, knowledge, skill)
      values (${customerId}::uuid, ${caseId}::uuid, ${agentId}, ${at}::timestamptz, ${attitude}::smallint, ${knowledge}::smallint, ${skill}::smallint)
      on conflict (customer_id, case_id, agent_id) do update
        set at = excluded.at, attitude = excluded.attitude, knowledge = excluded.knowledge, skill = excluded.skill
        where (s.at, s.attitude, s.knowledge, s.skill) is distinct from (excluded.at, excluded.attitude, excluded.knowledge, excluded.skill)`.execute(
      db,
    )
}

/** What is stored of some cases, by their ids. */
export async function scoresOf(
  db: Db,
  cases: readonly { readonly customerId: string; readonly id: string }[],
): Promise<ReadonlyMap<string, readonly StaffScore[]>> {
  const { rows } = await sql<StaffScore & { readonly caseId: string }>`
    select s.case_id as "caseId", s.agent_id as "agentId", s.at, s.attitude, s.knowledge, s.skill
    from unnest(${cases.map(({ customerId }) => customerId)}::uuid[], ${cases.map(({ id }) => id)}::uuid[]) c (customer_id, id)
      join cases.staff_score s on s.customer_id = c.customer_id and s.case_id = c.id`.execute(db)
  return Map.groupBy(rows, ({ caseId }) => caseId)
}

/** Whether what is stored is what the log of a case says. */
export function sameScores(stored: readonly StaffScore[], told: readonly StaffScore[]): boolean {
  const said = (all: readonly StaffScore[]) =>
    all.map(({ agentId, at, attitude, knowledge, skill }) => `${agentId} ${at.getTime()} ${attitude} ${knowledge} ${skill}`).toSorted()
  return said(stored).join('\n') === said(told).join('\n')
}

export type AgentScores = ScoredMonth & { readonly agentId: string }

/** What customers gave each person, or one, month by month of a zone. */
export async function scoredMonths(
  db: Db,
  { from, to }: Period,
  timeZone: string,
  of: { readonly agentId: string } | { readonly reach: Reach },
): Promise<readonly AgentScores[]> {
  const whose =
    'agentId' in of ? sql`and agent_id = ${of.agentId}` : of.reach === 'all' ? sql`` : sql`and agent_id = any(${of.reach}::text[])`
  const { rows } = await sql<Row>`
    select agent_id as "agentId", to_char(at at time zone ${timeZone}, 'YYYY-MM') as month, count(*)::int as cases,
      count(attitude)::int as attitudes, coalesce(sum(attitude), 0)::int as attitude,
      count(knowledge)::int as knowledges, coalesce(sum(knowledge), 0)::int as knowledge,
      count(skill)::int as skills, coalesce(sum(skill), 0)::int as skill
    from cases.staff_score where at >= ${from}::timestamptz and at < ${to}::timestamptz ${whose} group by 1, 2 order by 1, 2`.execute(db)
  return rows.map(({ agentId, month, cases, ...of5 }) => ({
    ...{ agentId, month, cases },
    attitude: { count: of5.attitudes, sum: of5.attitude },
    knowledge: { count: of5.knowledges, sum: of5.knowledge },
    skill: { count: of5.skills, sum: of5.skill },
  }))
}

/** How many scores there are in each dimension, and all of them added. */
interface Row {
  readonly agentId: string
  readonly month: string
  readonly cases: number
  readonly attitudes: number
  readonly attitude: number
  readonly knowledges: number
  readonly knowledge: number
  readonly skills: number
  readonly skill: number
}
