import { sql } from 'kysely'
import type { Db } from '../database/connection.ts'
import type { Progress, RunState, RunView } from './run-kind.ts'

const columns = [
  'id',
  'kind',
  'state',
  'input',
  'progress',
  'result',
  'problem',
  'requested_by as requestedBy',
  'requested_at as requestedAt',
  'started_at as startedAt',
  'finished_at as finishedAt',
  'undo_of as undoOf',
] as const

const view = (row: Record<string, unknown>): RunView => row as unknown as RunView

export async function requestRun(
  db: Db,
  run: { id: string; kind: string; group: string; input: unknown; requestedBy: string; now: Date; undoOf?: string },
): Promise<RunView> {
  const row = await db
    .insertInto('platform.run')
    .values({
      id: run.id,
      kind: run.kind,
      run_group: run.group,
      state: 'waiting',
      input: JSON.stringify(run.input),
      requested_by: run.requestedBy,
      requested_at: run.now,
      undo_of: run.undoOf ?? null,
    })
    .returning(columns)
    .executeTakeFirstOrThrow()
  return view(row)
}

export async function runById(db: Db, id: string): Promise<RunView | undefined> {
  const row = await db.selectFrom('platform.run').select(columns).where('id', '=', id).executeTakeFirst()
  return row && view(row)
}

/** Those of some ids that are runs. */
export async function runsAmong(db: Db, ids: readonly string[]): Promise<RunView[]> {
  if (ids.length === 0) return []
  return (await db.selectFrom('platform.run').select(columns).where('id', 'in', ids).execute()).map(view)
}

/** A run, about which nobody else decides until the transaction ends. */
export async function runForDecision(db: Db, id: string): Promise<RunView | undefined> {
  const row = await db.selectFrom('platform.run').select(columns).where('id', '=', id).forUpdate().executeTakeFirst()
  return row && view(row)
}

/** The run that is taking back another one now, if any. */
export async function openUndo(db: Db, of: string): Promise<RunView | undefined> {
  const row = await db
    .selectFrom('platform.run')
    .select(columns)
    .where('undo_of', '=', of)
    .where('state', 'in', ['waiting', 'running'])
    .executeTakeFirst()
  return row && view(row)
}

export async function listRuns(db: Db, kinds: readonly string[], limit: number): Promise<RunView[]> {
  if (kinds.length === 0) return []
  const rows = await db
    .selectFrom('platform.run')
    .select(columns)
    .where('kind', 'in', kinds)
    .orderBy('requested_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(view)
}

/** Whether a run of the kind waits or works now. */
export async function openRun(db: Db, kind: string): Promise<RunView | undefined> {
  const row = await db
    .selectFrom('platform.run')
    .select(columns)
    .where('kind', '=', kind)
    .where('state', 'in', ['waiting', 'running'])
    .orderBy('requested_at')
    .executeTakeFirst()
  return row && view(row)
}

/** The run of the kind that ended last, undone or not. */
export async function lastRun(db: Db, kind: string): Promise<RunView | undefined> {
  const row = await db
    .selectFrom('platform.run')
    .select(columns)
    .where('kind', '=', kind)
    .where('finished_at', 'is not', null)
    .orderBy('finished_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && view(row)
}

export async function requestCancel(db: Db, id: string, now: Date): Promise<void> {
  await db
    .updateTable('platform.run')
    .set({ cancel_requested: true })
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'running'])
    .execute()
  await db
    .updateTable('platform.run')
    .set({ state: 'cancelled', finished_at: now })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .execute()
}

/**
 * Takes the oldest run that waits, or whose worker has not renewed its lease, unless another of its group is being worked on.
 * Workers choose one after the other, so that two of them take neither the same run nor two of one group; the lease then says until when it is theirs.
 */
export async function leaseRun(db: Db, worker: string, kinds: readonly string[], now: Date, leaseSeconds: number) {
  if (kinds.length === 0) return undefined
  await sql`select pg_advisory_xact_lock(hashtext('platform.run'))`.execute(db)
  const until = new Date(now.getTime() + leaseSeconds * 1000)
  const free = db
    .selectFrom('platform.run as r')
    .select('r.id')
    .where('r.kind', 'in', kinds)
    .where((e) => e.or([e('r.state', '=', 'waiting'), e.and([e('r.state', '=', 'running'), e('r.leased_until', '<', now)])]))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('platform.run as o')
            .select('o.id')
            .whereRef('o.run_group', '=', 'r.run_group')
            .whereRef('o.id', '!=', 'r.id')
            .where('o.state', '=', 'running')
            .where('o.leased_until', '>=', now),
        ),
      ),
    )
    .orderBy('r.requested_at')
    .limit(1)
  return db
    .updateTable('platform.run')
    .set((e) => ({ state: 'running', leased_by: worker, leased_until: until, started_at: e.fn.coalesce('started_at', e.val(now)) }))
    .where('id', 'in', free)
    .returning([...columns, 'position'])
    .executeTakeFirst()
}

/** Renews the lease. Returns whether the run is still this worker's and nobody asked to cancel it. */
export async function renewLease(db: Db, id: string, worker: string, until: Date): Promise<'ours' | 'cancel' | 'lost'> {
  const row = await db
    .updateTable('platform.run')
    .set({ leased_until: until })
    .where('id', '=', id)
    .where('leased_by', '=', worker)
    .where('state', '=', 'running')
    .returning('cancel_requested')
    .executeTakeFirst()
  if (!row) return 'lost'
  return row.cancel_requested ? 'cancel' : 'ours'
}

export async function saveProgress(db: Db, id: string, progress: Progress): Promise<void> {
  await db
    .updateTable('platform.run')
    .set({ progress: JSON.stringify(progress) })
    .where('id', '=', id)
    .execute()
}

/** Saves the position in the transaction of its rows; fails when the run is no longer this worker's, so that a late worker cannot write twice. */
export async function savePosition(db: Db, id: string, worker: string, position: unknown): Promise<boolean> {
  const row = await db
    .updateTable('platform.run')
    .set({ position: JSON.stringify(position) })
    .where('id', '=', id)
    .where('leased_by', '=', worker)
    .where('state', '=', 'running')
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Ends a run that is still this worker's; false where it no longer is. */
export async function endRun(
  db: Db,
  id: string,
  worker: string,
  end: { state: RunState; result?: unknown; problem?: string; now: Date },
): Promise<boolean> {
  const row = await db
    .updateTable('platform.run')
    .set({
      state: end.state,
      ...(end.result === undefined ? {} : { result: JSON.stringify(end.result) }),
      problem: end.problem ?? null,
      finished_at: end.now,
      leased_by: null,
      leased_until: null,
    })
    .where('id', '=', id)
    .where('leased_by', '=', worker)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Gives a run back so that the next worker goes on with it at once. */
export async function giveBack(db: Db, id: string, worker: string): Promise<void> {
  await db
    .updateTable('platform.run')
    .set({ state: 'waiting', leased_by: null, leased_until: null })
    .where('id', '=', id)
    .where('leased_by', '=', worker)
    .where('state', '=', 'running')
    .execute()
}

export async function markUndone(db: Db, id: string): Promise<void> {
  await db.updateTable('platform.run').set({ state: 'undone' }).where('id', '=', id).execute()
}
