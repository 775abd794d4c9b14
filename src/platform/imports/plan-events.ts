import { sql } from 'kysely'
import type { Db } from '../database/connection.ts'
import type { FolderFile } from './plan-folder.ts'

/** What is known of the files of a folder. */
export interface SeenFile {
  readonly bytes: number
  readonly modifiedAt: Date
  readonly seenAt: Date
  readonly settled: boolean
}

export async function seenFiles(db: Db, planId: string): Promise<Map<string, SeenFile>> {
  const rows = await db.selectFrom('platform.import_plan_file').selectAll().where('plan_id', '=', planId).execute()
  return new Map(
    rows.map((row) => [row.name, { bytes: Number(row.bytes), modifiedAt: row.modified_at, seenAt: row.seen_at, settled: row.settled }]),
  )
}

export async function noteSeen(
  db: Db,
  planId: string,
  file: Pick<FolderFile, 'name' | 'bytes' | 'modifiedAt'>,
  { seenAt, settled }: Pick<SeenFile, 'seenAt' | 'settled'>,
): Promise<void> {
  await db
    .insertInto('platform.import_plan_file')
    .values({ plan_id: planId, name: file.name, bytes: file.bytes, modified_at: file.modifiedAt, seen_at: seenAt, settled })
    .onConflict((conflict) =>
      conflict.columns(['plan_id', 'name']).doUpdateSet((eb) => ({
        bytes: eb.ref('excluded.bytes'),
        modified_at: eb.ref('excluded.modified_at'),
        seen_at: eb.ref('excluded.seen_at'),
        settled: eb.ref('excluded.settled'),
      })),
    )
    .execute()
}

/** Forgets files that are no longer there. */
export const forgetFiles = (db: Db, planId: string, names: readonly string[]) =>
  names.length === 0 ? null : db.deleteFrom('platform.import_plan_file').where('plan_id', '=', planId).where('name', 'in', names).execute()

export interface NewEvent {
  readonly outcome: 'taken' | 'unchanged' | 'refused' | 'unreadable'
  readonly fileName: string | null
  readonly bytes: number | null
  readonly modifiedAt: Date | null
  readonly sha256: Buffer | null
  readonly problem: string | null
  readonly runId: string | null
  /** Nothing is to be put away. */
  readonly stays: boolean
}

/** Notes what became of a file or a look; the same again only moves the time of what stands there. Returns whether it is news. */
export async function noteEvent(
  db: Db,
  ids: { readonly id: string; readonly planId: string },
  event: NewEvent,
  now: Date,
): Promise<boolean> {
  const last = await latestOf(db, ids.planId, event.fileName)
  const again =
    event.runId === null &&
    last?.outcome === event.outcome &&
    last.problem === event.problem &&
    (last.sha256 === null ? event.sha256 === null : event.sha256?.equals(last.sha256) === true) &&
    last.filed_as === null
  if (again) {
    await db.updateTable('platform.import_plan_event').set({ at: now }).where('id', '=', last.id).execute()
    return false
  }
  await db
    .insertInto('platform.import_plan_event')
    .values({
      id: ids.id,
      plan_id: ids.planId,
      at: now,
      outcome: event.outcome,
      file_name: event.fileName,
      bytes: event.bytes,
      modified_at: event.modifiedAt,
      sha256: event.sha256,
      problem: event.problem,
      run_id: event.runId,
      filed_at: event.stays ? now : null,
    })
    .execute()
  return true
}

const latestOf = (db: Db, planId: string, fileName: string | null) =>
  db
    .selectFrom('platform.import_plan_event')
    .select(['id', 'outcome', 'problem', 'sha256', 'filed_as'])
    .where('plan_id', '=', planId)
    .where('file_name', fileName === null ? 'is' : '=', fileName)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Whether this content came before: it is in, or on its way in. What failed or was undone may come again. */
export async function isKnownContent(db: Db, planId: string, sha256: Buffer): Promise<boolean> {
  const { rows } = await sql`
    select 1 from platform.import_plan_event e join platform.run r on r.id = e.run_id
    where e.plan_id = ${planId}::uuid and e.sha256 = ${sha256} and e.outcome = 'taken' and r.state in ('waiting', 'running', 'done') limit 1`.execute(
    db,
  )
  return rows.length > 0
}

/** Whether the last that came from an address was just this, and could be read. */
export async function isLastContent(db: Db, planId: string, fileName: string, sha256: Buffer): Promise<boolean> {
  const last = await latestOf(db, planId, fileName)
  return last !== undefined && last.outcome !== 'refused' && last.sha256?.equals(sha256) === true
}

/** A file that was decided upon and waits to be put away. */
export interface ToFile {
  readonly id: string
  readonly planId: string
  readonly name: string
  readonly bytes: number
  readonly modifiedAt: Date
  readonly target: 'done' | 'failed'
}

/** Files whose fate is known, of the last week; nobody else puts them away until the transaction ends. */
export async function filesToPutAway(db: Db, now: Date, limit: number): Promise<ToFile[]> {
  const { rows } = await sql<ToFile & { bytes: unknown }>`
    select e.id, e.plan_id as "planId", e.file_name as name, e.bytes, e.modified_at as "modifiedAt",
      case when e.outcome = 'unchanged' or r.state in ('done', 'undone') then 'done' else 'failed' end as target
    from platform.import_plan_event e left join platform.run r on r.id = e.run_id
    where e.filed_at is null and e.at > ${new Date(now.getTime() - 7 * 86_400_000)}::timestamptz
      and (e.outcome in ('unchanged', 'refused') or r.finished_at is not null)
    order by e.at, e.id limit ${limit} for no key update of e skip locked`.execute(db)
  return rows.map((row) => ({ ...row, bytes: Number(row.bytes) }))
}

export const noteFiled = (db: Db, id: string, filedAs: string | null, now: Date) =>
  db.updateTable('platform.import_plan_event').set({ filed_at: now, filed_as: filedAs }).where('id', '=', id).execute()

/** What was imported is remembered for as long as the plan exists, so that no content comes in twice; the rest is forgotten. */
export const forgetEvents = (db: Db, before: Date) =>
  db.deleteFrom('platform.import_plan_event').where('outcome', '<>', 'taken').where('at', '<', before).execute()
