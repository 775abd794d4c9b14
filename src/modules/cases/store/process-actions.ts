import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { ActionState } from '../domain/problem.ts'

/** What a review decided or an audit found to be done about the handling itself. */
export interface ProcessAction {
  readonly id: string
  readonly reviewId: string | null
  readonly auditId: string | null
  readonly text: string
  readonly ownerId: string
  readonly dueDay: string
  readonly commitmentId: string | null
  readonly state: ActionState
  readonly doneOn: string | null
  readonly droppedOn: string | null
  readonly madeAt: Date
  readonly madeBy: string
  readonly version: number
}

const columns = [
  'id',
  'review_id as reviewId',
  'audit_id as auditId',
  'text',
  'owner_id as ownerId',
  'due_day as dueDay',
  'commitment_id as commitmentId',
  'state',
  'done_on as doneOn',
  'dropped_on as droppedOn',
  'made_at as madeAt',
  'made_by as madeBy',
  'version',
] as const

const actions = (db: Db) => db.selectFrom('cases.process_action').select(columns)

export async function insertProcessAction(db: Db, one: ProcessAction): Promise<void> {
  await db
    .insertInto('cases.process_action')
    .values({
      id: one.id,
      review_id: one.reviewId,
      audit_id: one.auditId,
      text: one.text,
      owner_id: one.ownerId,
      due_day: one.dueDay,
      commitment_id: one.commitmentId,
      state: one.state,
      done_on: one.doneOn,
      dropped_on: one.droppedOn,
      made_at: one.madeAt,
      made_by: one.madeBy,
    })
    .execute()
}

export async function processActionById(db: Db, id: string): Promise<ProcessAction | null> {
  return ((await actions(db).where('id', '=', id).executeTakeFirst()) as ProcessAction | undefined) ?? null
}

export async function processActionsById(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, ProcessAction>> {
  if (ids.length === 0) return new Map()
  const rows = (await actions(db)
    .where('id', 'in', [...ids])
    .execute()) as ProcessAction[]
  return new Map(rows.map((one) => [one.id, one]))
}

/** Keeps others from moving it until the end of the transaction. */
export const holdProcessAction = (db: Db, id: string) =>
  sql`select 1 from cases.process_action where id = ${id}::uuid for update`.execute(db)

export async function processActionOfCommitment(db: Db, commitmentId: string): Promise<ProcessAction | null> {
  return ((await actions(db).where('commitment_id', '=', commitmentId).executeTakeFirst()) as ProcessAction | undefined) ?? null
}

/** The actions of a review or of an audit, the first due first. */
export async function processActionsOf(
  db: Db,
  of: { readonly reviewId: string } | { readonly auditId: string },
): Promise<readonly ProcessAction[]> {
  const query = 'reviewId' in of ? actions(db).where('review_id', '=', of.reviewId) : actions(db).where('audit_id', '=', of.auditId)
  return (await query.orderBy('due_day').orderBy('id').execute()) as ProcessAction[]
}

/** What was asked for before a moment and was not done or dropped before a day: what a review has to look after, the first due first. */
export async function processActionsBetween(db: Db, from: string, before: Date, limit: number): Promise<readonly ProcessAction[]> {
  const rows = await actions(db)
    .where('made_at', '<', before)
    .where(sql<boolean>`(state = 'open' or coalesce(done_on, dropped_on) >= ${from}::date)`)
    .orderBy('due_day')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows as ProcessAction[]
}

/** What somebody is to do still, with nobody else moving it until the end of the transaction. */
export async function openProcessActionsOf(db: Db, ownerId: string): Promise<readonly ProcessAction[]> {
  return (await actions(db).where('owner_id', '=', ownerId).where('state', '=', 'open').forUpdate().execute()) as ProcessAction[]
}

/** Notes what became of it and who does it; false where somebody else was faster. */
export async function updateProcessAction(
  db: Db,
  { id, ownerId, state, doneOn, droppedOn, commitmentId, version }: ProcessAction,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('cases.process_action')
    .set({ owner_id: ownerId, state, done_on: doneOn, dropped_on: droppedOn, commitment_id: commitmentId, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
