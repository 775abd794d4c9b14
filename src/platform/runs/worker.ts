import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Actor, Context } from '../context.ts'
import { system } from '../context.ts'
import { type Database, type Db, withTransaction } from '../database/connection.ts'
import { isPassing } from '../database/passing.ts'
import type { Log } from '../log.ts'
import { Refusal } from '../refusal.ts'
import { runEnded } from './facts.ts'
import { type RunHandle, type RunKind, RunStopped } from './run-kind.ts'
import { endRun, giveBack, leaseRun, markUndone, renewLease, runById, savePosition, saveProgress } from './store.ts'

export interface RunWorker {
  /** Gives back what it works on, so that the next worker goes on with it, and ends. */
  stop(): Promise<void>
}

export interface RunWorkerShell {
  readonly database: Database
  readonly kinds: readonly RunKind[]
  readonly log: Log
  readonly now: () => Date
  readonly folder: string
  readonly name: string
  contextOf(db: Db, now: Date, actor: Actor): Context
}

const pollMilliseconds = 500
const leaseSeconds = 30
/** Runs that one process works on side by side, so that a short import does not wait for a long valuation. They are of different groups. */
const lanes = 2

/** Works on runs until it is stopped. A run whose worker died is taken over when its lease has run out, and goes on at its saved position. */
export function startRunWorker(shell: RunWorkerShell): RunWorker {
  const stopping = new AbortController()
  const ended = Promise.all(
    Array.from({ length: lanes }, (_, lane) => workInLane({ ...shell, name: `${shell.name}/${lane}` }, stopping.signal)),
  )
  return {
    async stop() {
      stopping.abort()
      await ended
    },
  }
}

async function workInLane(shell: RunWorkerShell, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    const worked = await workOnOne(shell, stopping).catch((error) => {
      shell.log.warn({ err: error }, 'The run worker will look again in a moment')
      return false
    })
    if (!worked) await sleep(pollMilliseconds, undefined, { signal: stopping }).catch(() => {})
  }
}

async function workOnOne(shell: RunWorkerShell, processStopping: AbortSignal): Promise<boolean> {
  const leased = await withTransaction(shell.database, (db) =>
    leaseRun(
      db,
      shell.name,
      shell.kinds.map((k) => k.kind),
      shell.now(),
      leaseSeconds,
    ),
  )
  if (!leased) return false
  const { id } = leased
  const kind = shell.kinds.find((k) => k.kind === leased.kind)!
  const folder = join(shell.folder, id)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })

  const stop = new AbortController()
  let why: 'cancel' | 'lost' | 'process' | null = null
  const stopBecause = (reason: 'cancel' | 'lost' | 'process') => {
    why ??= reason
    stop.abort()
  }
  const stopWithProcess = () => stopBecause('process')
  processStopping.addEventListener('abort', stopWithProcess)
  if (processStopping.aborted) stopWithProcess()
  const renewal = setInterval(async () => {
    const until = new Date(shell.now().getTime() + leaseSeconds * 1000)
    const state = await renewLease(shell.database.db, id, shell.name, until).catch(() => 'ours' as const)
    if (state !== 'ours') stopBecause(state)
  }, 2000)

  let shownAt = 0
  const handle: Omit<RunHandle, 'input'> = {
    id,
    position: leased.position,
    requestedBy: leased.requestedBy,
    database: shell.database,
    now: shell.now,
    house: shell.contextOf(shell.database.db, shell.now(), system).house,
    folder,
    stopping: stop.signal,
    async step(position, work) {
      if (stop.signal.aborted) throw new RunStopped()
      return withTransaction(shell.database, async (db) => {
        const result = await work(shell.contextOf(db, shell.now(), system))
        if (!(await savePosition(db, id, shell.name, position))) throw new RunStopped()
        return result
      })
    },
    async progress(progress) {
      if (stop.signal.aborted) throw new RunStopped()
      if (Date.now() - shownAt < 500) return
      shownAt = Date.now()
      await saveProgress(shell.database.db, id, progress)
    },
  }
  const ending: Ending = { id, kind: kind.kind, undoOf: leased.undoOf }
  try {
    let result: unknown
    if (leased.undoOf && kind.undo) {
      const of = (await runById(shell.database.db, leased.undoOf))!
      result = await kind.undo({ ...handle, input: kind.input.parse(of.input) }, of)
    } else result = await kind.work({ ...handle, input: kind.input.parse(leased.input) })
    await conclude(shell, ending, { state: 'done', result: result ?? {} })
  } catch (error) {
    await settle(shell, ending, error, why)
  } finally {
    clearInterval(renewal)
    processStopping.removeEventListener('abort', stopWithProcess)
    await rm(folder, { recursive: true, force: true })
  }
  return true
}

/** Which run ends. */
interface Ending {
  readonly id: string
  readonly kind: string
  readonly undoOf: string | null
}

/** Ends a run and says so, in one transaction; does neither where the run is no longer ours. */
async function conclude(
  shell: RunWorkerShell,
  { id, kind, undoOf }: Ending,
  end: { state: 'done' | 'failed' | 'cancelled'; result?: unknown; problem?: string },
): Promise<void> {
  const now = shell.now()
  await withTransaction(shell.database, async (db) => {
    if (!(await endRun(db, id, shell.name, { ...end, now }))) return
    if (undoOf && end.state === 'done') await markUndone(db, undoOf)
    await shell.contextOf(db, now, system).publish(runEnded, { runId: id, kind, state: end.state, undoOf })
  })
}

async function settle(shell: RunWorkerShell, ending: Ending, error: unknown, why: 'cancel' | 'lost' | 'process' | null): Promise<void> {
  if (why === 'process') return giveBack(shell.database.db, ending.id, shell.name)
  if (why === 'lost') return
  if (why === 'cancel') return conclude(shell, ending, { state: 'cancelled' })
  // A connection that was lost or a deadlock is no fault of the run: it goes on behind its saved position.
  if (isPassing(error)) {
    shell.log.warn({ err: error, run: ending.id }, 'A run lost its database for a moment and is taken up again')
    return giveBack(shell.database.db, ending.id, shell.name)
  }
  if (!(error instanceof Refusal)) shell.log.error({ err: error, run: ending.id }, 'A run failed')
  const problem = error instanceof Error ? error.message : String(error)
  await conclude(shell, ending, { state: 'failed', problem: problem.slice(0, 2000) })
}
