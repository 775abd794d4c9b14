import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { ActionState, CheckVerdict } from '../domain/problem.ts'

/** What the lesson of a case wants improved. */
export interface Improvement {
  readonly customerId: string
  readonly caseId: string
  readonly text: string
  readonly ownerId: string | null
  readonly dueDay: string | null
  readonly commitmentId: string | null
  readonly state: ActionState
  readonly doneOn: string | null
  /** What the last check of the case found. */
  readonly effect: CheckVerdict | null
  readonly version: number
}

const columns = [
  'customer_id as customerId',
  'case_id as caseId',
  'text',
  'owner_id as ownerId',
  'due_day as dueDay',
  'commitment_id as commitmentId',
  'state',
  'done_on as doneOn',
  'effect',
  'version',
] as const

export async function improvementOf(db: Db, customerId: string, caseId: string): Promise<Improvement | null> {
  const query = db.selectFrom('cases.improvement').select(columns).where('customer_id', '=', customerId).where('case_id', '=', caseId)
  return ((await query.executeTakeFirst()) as Improvement | undefined) ?? null
}

export async function improvementOfCommitment(db: Db, commitmentId: string): Promise<Improvement | null> {
  const row = await db.selectFrom('cases.improvement').select(columns).where('commitment_id', '=', commitmentId).executeTakeFirst()
  return (row as Improvement | undefined) ?? null
}

export async function insertImprovement(db: Db, one: Improvement, by: { readonly at: Date; readonly userId: string }): Promise<void> {
  await db
    .insertInto('cases.improvement')
    .values({ customer_id: one.customerId, case_id: one.caseId, ...valuesOf(one), made_at: by.at, made_by: by.userId })
    .execute()
}

/** Writes it as it is now; false where somebody else was faster. */
export async function updateImprovement(db: Db, one: Improvement): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('cases.improvement')
    .set({ ...valuesOf(one), version: one.version + 1 })
    .where('customer_id', '=', one.customerId)
    .where('case_id', '=', one.caseId)
    .where('version', '=', one.version)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

const valuesOf = ({ text, ownerId, dueDay, commitmentId, state, doneOn, effect }: Improvement) => ({
  ...{ text, state, effect },
  owner_id: ownerId,
  due_day: dueDay,
  commitment_id: commitmentId,
  done_on: doneOn,
})

/** One line of the backlog: of the lesson of a case, or against a problem. */
export interface BacklogLine {
  readonly id: string
  /** The case whose lesson it is; null: it is an action against a problem. */
  readonly caseId: string | null
  readonly customerId: string | null
  readonly problemId: string | null
  readonly problemTitle: string | null
  /** The review or the audit that asked for it. */
  readonly reviewId: string | null
  readonly auditId: string | null
  readonly text: string
  readonly ownerId: string | null
  readonly dueDay: string | null
  readonly state: ActionState
  readonly doneOn: string | null
  readonly effect: CheckVerdict | null
  readonly version: number
  /** By what lines are ordered: their day, and of what has none the last there is. */
  readonly sortDay: string
}
export interface BacklogPlace {
  readonly day: string
  readonly id: string
}

/** Nobody does any more what the lessons of somebody erased asked for. */
export async function dropImprovementsOf(db: Db, customerIds: readonly string[]): Promise<void> {
  await sql`
    update cases.improvement set state = 'dropped', version = version + 1
    where customer_id = any(${customerIds}::uuid[]) and state = 'open'`.execute(db)
}

const sortDay = sql`coalesce(i.due_day, date '9999-12-31')`

/** What is to be improved, the first due first and what has no day last: from the lessons of cases, against problems, and of reviews and audits. Each state has its order in the index. */
export async function backlog(
  db: Db,
  { states, ownerId }: { readonly states: readonly ActionState[]; readonly ownerId: string | null },
  after: BacklogPlace | null,
  limit: number,
): Promise<readonly BacklogLine[]> {
  const ofOwner = ownerId === null ? sql`` : sql`and i.owner_id = ${ownerId}`
  const behind = (day: RawBuilder<unknown>, id: string) =>
    after ? sql`and (${day}, ${sql.ref(id)}) > (${after.day}::date, ${after.id}::uuid)` : sql``
  const wanted = sql`unnest(${states}::text[]) s (state)`
  const { rows } = await sql<BacklogLine>`
    select x.* from (
      select i.case_id as id, i.case_id as "caseId", i.customer_id as "customerId", null::uuid as "problemId", null::text as "problemTitle", null::uuid as "reviewId", null::uuid as "auditId", i.text,
        i.owner_id as "ownerId", i.due_day as "dueDay", i.state, i.done_on as "doneOn", i.effect, i.version, ${sortDay} as "sortDay"
      from ${wanted} cross join lateral (
        select * from cases.improvement i where i.state = s.state ${ofOwner} ${behind(sortDay, 'i.case_id')} order by ${sortDay}, i.case_id limit ${limit}) i
      union all
      select i.id, null, null, i.problem_id, p.title, null, null, i.text, i.owner_id, i.due_day, i.state, i.done_on,
        (select c.verdict from cases.problem_check c where c.problem_id = i.problem_id order by c.made_at desc, c.id desc limit 1), i.version, i.due_day
      from ${wanted} cross join lateral (
        select * from cases.problem_action i where i.state = s.state ${ofOwner} ${behind(sql`i.due_day`, 'i.id')} order by i.due_day, i.id limit ${limit}) i
      join cases.problem p on p.id = i.problem_id
      union all
      select i.id, null, null, null, null, i.review_id, i.audit_id, i.text, i.owner_id, i.due_day, i.state, i.done_on, null, i.version, i.due_day
      from ${wanted} cross join lateral (
        select * from cases.process_action i where i.state = s.state ${ofOwner} ${behind(sql`i.due_day`, 'i.id')} order by i.due_day, i.id limit ${limit}) i
    ) x order by x."sortDay", x.id limit ${limit}`.execute(db)
  return rows
}
