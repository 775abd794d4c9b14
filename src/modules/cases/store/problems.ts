import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { CheckVerdict, Matter, ProblemAction, ProblemState } from '../domain/problem.ts'
import type { TimePlace } from './lists.ts'

/** What made the product propose a problem: the week that exceeded the limit. */
export interface ProblemAlert {
  readonly on: string
  readonly complaints: number
  readonly expected: number | null
  readonly upperCount: number | null
}

export interface Problem extends Matter {
  readonly id: string
  readonly title: string
  readonly description: string | null
  readonly state: ProblemState
  readonly ownerId: string | null
  readonly alert: ProblemAlert | null
  readonly alertedOn: string | null
  readonly curedOn: string | null
  readonly checkedDays: number | null
  readonly askedDays: number | null
  readonly openedAt: Date
  readonly openedBy: string
  readonly closedAt: Date | null
  readonly closedBy: string | null
  readonly note: string | null
  readonly version: number
}

const columns = [
  'id',
  'title',
  'description',
  'state',
  'cause',
  'category',
  'reason',
  'product_code as productCode',
  'owner_id as ownerId',
  'alert',
  'alerted_on as alertedOn',
  'cured_on as curedOn',
  'checked_days as checkedDays',
  'asked_days as askedDays',
  'opened_at as openedAt',
  'opened_by as openedBy',
  'closed_at as closedAt',
  'closed_by as closedBy',
  'note',
  'version',
] as const

const valuesOf = (problem: Problem) => ({
  title: problem.title,
  description: problem.description,
  state: problem.state,
  cause: problem.cause,
  category: problem.category,
  reason: problem.reason,
  product_code: problem.productCode,
  owner_id: problem.ownerId,
  alert: problem.alert && JSON.stringify(problem.alert),
  alerted_on: problem.alertedOn,
  cured_on: problem.curedOn,
  checked_days: problem.checkedDays,
  asked_days: problem.askedDays,
  closed_at: problem.closedAt,
  closed_by: problem.closedBy,
  note: problem.note,
})

export async function insertProblem(db: Db, problem: Problem): Promise<void> {
  const { id, openedAt, openedBy, version } = problem
  await db
    .insertInto('cases.problem')
    .values({ ...valuesOf(problem), id, opened_at: openedAt, opened_by: openedBy, version })
    .execute()
}

/** Writes a problem that was read with the version it has; false where somebody else was faster. */
export async function updateProblem(db: Db, problem: Problem): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('cases.problem')
    .set({ ...valuesOf(problem), version: problem.version + 1 })
    .where('id', '=', problem.id)
    .where('version', '=', problem.version)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function problemById(db: Db, id: string): Promise<Problem | null> {
  const row = await db.selectFrom('cases.problem').select(columns).where('id', '=', id).executeTakeFirst()
  return (row as Problem | undefined) ?? null
}

/** Keeps others from acting on a problem until the end of the transaction: what follows from its actions is seen by one at a time. */
export const holdProblem = (db: Db, id: string) => sql`select 1 from cases.problem where id = ${id}::uuid for update`.execute(db)

/** Problems, the newest first. */
export async function listProblems(
  db: Db,
  states: readonly ProblemState[] | null,
  after: TimePlace | null,
  limit: number,
): Promise<readonly Problem[]> {
  let query = db.selectFrom('cases.problem').select(columns)
  if (states && states.length > 0) query = query.where('state', 'in', [...states])
  if (after) query = query.where(sql<boolean>`(opened_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`)
  return (await query.orderBy('opened_at', 'desc').orderBy('id', 'desc').limit(limit).execute()) as Problem[]
}

/** Problems in some states whose matter agrees with a case: each that they name is what the case has. */
export async function problemsLike(
  db: Db,
  states: readonly ProblemState[],
  { cause, category, reason, productCode }: Matter,
): Promise<readonly Problem[]> {
  const rows = await db
    .selectFrom('cases.problem')
    .select(columns)
    .where('state', 'in', [...states])
    .where(sql<boolean>`(cause is null or cause = ${cause}::text)`)
    .where(sql<boolean>`(category is null or category = ${category}::text)`)
    .where(sql<boolean>`(reason is null or reason = ${reason}::text)`)
    .where(sql<boolean>`(product_code is null or product_code = ${productCode}::text)`)
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(20)
    .execute()
  return rows as Problem[]
}

/** Every problem of the same matter, the newest first. */
export async function problemsOfMatter(db: Db, { cause, category, reason, productCode }: Matter): Promise<readonly Problem[]> {
  const rows = await db
    .selectFrom('cases.problem')
    .select(columns)
    .where('cause', 'is not distinct from', cause)
    .where('category', 'is not distinct from', category)
    .where('reason', 'is not distinct from', reason)
    .where('product_code', 'is not distinct from', productCode)
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(20)
    .execute()
  return rows as Problem[]
}

const actionColumns = [
  'problem_id as problemId',
  'id',
  'text',
  'owner_id as ownerId',
  'due_day as dueDay',
  'commitment_id as commitmentId',
  'state',
  'done_on as doneOn',
  'version',
] as const

export interface StoredAction extends ProblemAction {
  readonly problemId: string
}

/** The actions against some problems, the first due first. */
export async function actionsOf(db: Db, problemIds: readonly string[]): Promise<readonly StoredAction[]> {
  if (problemIds.length === 0) return []
  const rows = await db
    .selectFrom('cases.problem_action')
    .select(actionColumns)
    .where('problem_id', 'in', [...problemIds])
    .orderBy('due_day')
    .orderBy('id')
    .execute()
  return rows as StoredAction[]
}

export async function actionOfCommitment(db: Db, commitmentId: string): Promise<StoredAction | null> {
  const row = await db.selectFrom('cases.problem_action').select(actionColumns).where('commitment_id', '=', commitmentId).executeTakeFirst()
  return (row as StoredAction | undefined) ?? null
}

export async function insertAction(db: Db, action: StoredAction, by: { readonly at: Date; readonly userId: string }): Promise<void> {
  await db
    .insertInto('cases.problem_action')
    .values({
      problem_id: action.problemId,
      id: action.id,
      text: action.text,
      owner_id: action.ownerId,
      due_day: action.dueDay,
      commitment_id: action.commitmentId,
      state: action.state,
      done_on: action.doneOn,
      made_at: by.at,
      made_by: by.userId,
    })
    .execute()
}

/** Notes what became of an action that was read with the version it has, and whose day it stands in; false where somebody else was faster. */
export async function updateAction(db: Db, { problemId, id, version, state, doneOn, commitmentId }: StoredAction): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('cases.problem_action')
    .set({ state, done_on: doneOn, commitment_id: commitmentId, version: version + 1 })
    .where('problem_id', '=', problemId)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export interface ProblemCheck {
  readonly id: string
  readonly days: number
  readonly verdict: CheckVerdict
  readonly figures: { readonly before: CountedStretch; readonly after: CountedStretch; readonly ratio: number | null }
  readonly note: string | null
  readonly madeAt: Date
  readonly madeBy: string
}
export interface CountedStretch {
  readonly complaints: number
  readonly orders: number
  readonly days: number
}

export async function insertCheck(db: Db, problemId: string, check: ProblemCheck): Promise<void> {
  const { id, days, verdict, figures, note, madeAt, madeBy } = check
  await db
    .insertInto('cases.problem_check')
    .values({ problem_id: problemId, id, days, verdict, figures: JSON.stringify(figures), note, made_at: madeAt, made_by: madeBy })
    .execute()
}

/** What was concluded about a problem so far, in order. */
export async function checksOf(db: Db, problemId: string): Promise<readonly ProblemCheck[]> {
  const rows = await db
    .selectFrom('cases.problem_check')
    .select(['id', 'days', 'verdict', 'figures', 'note', 'made_at as madeAt', 'made_by as madeBy'])
    .where('problem_id', '=', problemId)
    .orderBy('made_at')
    .orderBy('id')
    .execute()
  return rows as unknown as ProblemCheck[]
}
