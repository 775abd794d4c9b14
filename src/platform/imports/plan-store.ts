import { sql } from 'kysely'
import type { Place } from '../cursor.ts'
import type { Db } from '../database/connection.ts'
import type { RunState } from '../runs/run-kind.ts'
import type { PlanSource } from './api-plans.ts'
import type { PlanSchedule } from './plan-schedule.ts'

export interface Plan {
  readonly id: string
  readonly name: string
  readonly importer: string
  readonly mapping: string
  readonly source: PlanSource
  readonly secret: Buffer | null
  readonly schedule: PlanSchedule
  readonly afterwards: 'left' | 'moved'
  readonly tell: readonly string[]
  readonly version: number
  readonly changedBy: string
  readonly pausedAt: Date | null
  readonly dueAt: Date
  readonly askedAt: Date | null
  readonly lookedAt: Date | null
  readonly failures: number
  readonly problem: string | null
}
export type PlanValues = Pick<Plan, 'name' | 'importer' | 'mapping' | 'source' | 'secret' | 'schedule' | 'afterwards' | 'tell'>

export async function allPlans(db: Db): Promise<Plan[]> {
  const rows = await db.selectFrom('platform.import_plan').select(columns).orderBy('name').orderBy('id').execute()
  return rows.map((row) => row as unknown as Plan)
}

export async function planById(db: Db, id: string): Promise<Plan | undefined> {
  const row = await db.selectFrom('platform.import_plan').select(columns).where('id', '=', id).executeTakeFirst()
  return row as Plan | undefined
}

interface Written {
  readonly by: string
  readonly now: Date
  readonly dueAt: Date
}

export async function addPlan(db: Db, id: string, values: PlanValues, { by, now, dueAt }: Written): Promise<void> {
  await db
    .insertInto('platform.import_plan')
    .values({ id, ...columnsOf(values), version: 1, changed_by: by, changed_at: now, due_at: dueAt, failures: 0 })
    .execute()
}

/** False where somebody else has changed it since the given version. */
export async function changePlan(db: Db, id: string, values: PlanValues, version: number, { by, now, dueAt }: Written): Promise<boolean> {
  const row = await db
    .updateTable('platform.import_plan')
    .set({ ...columnsOf(values), version: version + 1, changed_by: by, changed_at: now, due_at: dueAt, failures: 0, problem: null })
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** False where it is not the given version any more. */
export const removePlan = async (db: Db, id: string, version: number): Promise<boolean> =>
  (await db.deleteFrom('platform.import_plan').where('id', '=', id).where('version', '=', version).returning('id').executeTakeFirst()) !==
  undefined

export const pausePlan = (db: Db, id: string, pausedAt: Date | null, dueAt: Date) =>
  db.updateTable('platform.import_plan').set({ paused_at: pausedAt, due_at: dueAt, asked_at: null }).where('id', '=', id).execute()

export const askForLook = (db: Db, id: string, now: Date) =>
  db.updateTable('platform.import_plan').set({ asked_at: now, due_at: now }).where('id', '=', id).execute()

/** Files that were refused are decided upon again. */
export const reconsiderRefused = (db: Db, planId: string) =>
  sql`update platform.import_plan_file set settled = false where plan_id = ${planId}::uuid and name in (
    select e.file_name from platform.import_plan_event e where e.plan_id = ${planId}::uuid and e.outcome = 'refused' and e.file_name is not null)`.execute(
    db,
  )

/** Whether a plan waits for a look now. */
export async function isAnyDue(db: Db, now: Date): Promise<boolean> {
  return (await due(db, now).executeTakeFirst()) !== undefined
}

/** The plan that has waited longest; nobody else looks at it until the transaction ends. */
export async function takeDuePlan(db: Db, now: Date): Promise<Plan | undefined> {
  return (await due(db, now).forNoKeyUpdate().skipLocked().executeTakeFirst()) as Plan | undefined
}

const due = (db: Db, now: Date) =>
  db
    .selectFrom('platform.import_plan')
    .select(columns)
    .where('due_at', '<=', now)
    .where((eb) => eb.or([eb('paused_at', 'is', null), eb('asked_at', 'is not', null)]))
    .orderBy('due_at')
    .orderBy('id')
    .limit(1)

export interface Looked {
  readonly at: Date
  readonly dueAt: Date
  readonly askedAt: Date | null
  readonly failures: number
  readonly problem: string | null
}

export const noteLook = (db: Db, id: string, { at, dueAt, askedAt, failures, problem }: Looked) =>
  db
    .updateTable('platform.import_plan')
    .set({ looked_at: at, due_at: dueAt, asked_at: askedAt, failures, problem })
    .where('id', '=', id)
    .execute()

const columns = [
  'id',
  'name',
  'importer',
  'mapping',
  'source',
  'secret',
  'schedule',
  'afterwards',
  'tell',
  'version',
  'changed_by as changedBy',
  'paused_at as pausedAt',
  'due_at as dueAt',
  'asked_at as askedAt',
  'looked_at as lookedAt',
  'failures',
  'problem',
] as const

const columnsOf = ({ source, schedule, tell, ...values }: PlanValues) => ({
  ...values,
  source: JSON.stringify(source),
  schedule: JSON.stringify(schedule),
  tell: [...tell],
})

export interface PlanEvent {
  readonly id: string
  readonly at: Date
  readonly outcome: 'taken' | 'unchanged' | 'refused' | 'unreadable'
  readonly fileName: string | null
  readonly bytes: number | null
  readonly problem: string | null
  readonly runId: string | null
  readonly runState: RunState | null
  readonly rows: number | null
  readonly rejected: number | null
  readonly filedAs: string | null
}

/** What became of the files of a plan, newest first, behind a place (at, id). */
export async function planEvents(db: Db, planId: string, after: Place | null, limit: number): Promise<PlanEvent[]> {
  const { rows } = await sql<PlanEvent>`
    select e.id, e.at, e.outcome, e.file_name as "fileName", e.bytes, e.problem, e.run_id as "runId", e.filed_as as "filedAs",
      r.state as "runState", (r.result->>'rows')::int as rows, (r.result->>'rejected')::int as rejected
    from platform.import_plan_event e left join platform.run r on r.id = e.run_id
    where e.plan_id = ${planId}::uuid ${after ? sql`and (e.at, e.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by e.at desc, e.id desc limit ${limit}`.execute(db)
  return rows.map((row) => ({ ...row, bytes: row.bytes === null ? null : Number(row.bytes) }))
}

export async function eventFile(db: Db, id: string): Promise<string | null> {
  const row = await db.selectFrom('platform.import_plan_event').select('file_name').where('id', '=', id).executeTakeFirst()
  return row?.file_name ?? null
}
