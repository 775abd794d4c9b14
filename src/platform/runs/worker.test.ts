import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { testDatabase } from '../database/testing.ts'
import { timeOrderedId } from '../identifier.ts'
import { silentQueue } from '../jobs.ts'
import { createLog } from '../log.ts'
import { newContext } from '../new-context.ts'
import { type RunHandle, type RunKind, runKind } from './run-kind.ts'
import { leaseRun, requestCancel, requestRun, runById } from './store.ts'
import { type RunWorker, startRunWorker } from './worker.ts'

type Scratch = Awaited<ReturnType<typeof testDatabase>>
let scratch: Scratch
let folder: string
const workers: RunWorker[] = []

beforeEach(async () => {
  scratch = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'patron-runs-'))
})
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()))
  await scratch.close()
  await rm(folder, { recursive: true, force: true })
})

const work = (kinds: readonly RunKind[], name = 'one') => {
  const worker = startRunWorker({
    database: scratch.database,
    kinds,
    log: createLog('silent'),
    now: () => new Date(),
    folder,
    name,
    contextOf: (db, now, actor) => newContext({ db, now, actor, queue: silentQueue, house: { modules: [] } }),
  })
  workers.push(worker)
  return worker
}
const request = (kind: RunKind, input: unknown = {}, undoOf?: string) => {
  const now = new Date()
  return requestRun(scratch.db, {
    id: timeOrderedId(now),
    kind: kind.kind,
    group: kind.group,
    input,
    requestedBy: 'tester',
    now,
    ...(undoOf ? { undoOf } : {}),
  })
}
const until = (id: string, state: string) =>
  vi.waitFor(async () => expect((await runById(scratch.db, id))?.state).toBe(state), { timeout: 20_000, interval: 50 })

/** Counts to `input.to`, one number per step. */
const counting = (at: number[], slow = 0): RunKind =>
  runKind<z.ZodObject<{ to: z.ZodNumber }>, number>({
    kind: 'test.count',
    group: 'test',
    permission: 'runs.write',
    input: z.object({ to: z.number() }),
    async work(run: RunHandle<{ to: number }, number>) {
      for (let n = (run.position ?? 0) + 1; n <= run.input.to; n++) {
        await run.step(n, async () => void at.push(n))
        await run.progress({ phase: 'counting', done: n, total: run.input.to })
        if (slow) await sleep(slow, undefined, { signal: run.stopping }).catch(() => {})
      }
      return { counted: run.input.to }
    },
    async undo() {
      return { back: at.splice(0).length }
    },
  })

test('a run is worked on to its end, with its result', async () => {
  const at: number[] = []
  const kind = counting(at)
  const { id } = await request(kind, { to: 5 })
  work([kind])
  await until(id, 'done')
  expect(at).toEqual([1, 2, 3, 4, 5])
  expect(await runById(scratch.db, id)).toMatchObject({ result: { counted: 5 }, problem: null })
})

test('what a stopped worker left goes on behind its saved position, and nothing is done twice', async () => {
  const at: number[] = []
  const kind = counting(at, 30)
  const { id } = await request(kind, { to: 20 })
  const first = work([kind])
  await vi.waitFor(() => expect(at.length).toBeGreaterThan(3), { timeout: 20_000, interval: 10 })
  await first.stop()
  expect((await runById(scratch.db, id))?.state).toBe('waiting')
  work([kind], 'two')
  await until(id, 'done')
  expect(at).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
})

test('a worker that lost its lease can save no further position', async () => {
  const at: number[] = []
  const kind = counting(at, 100)
  const { id } = await request(kind, { to: 100 })
  work([kind])
  await vi.waitFor(() => expect(at.length).toBeGreaterThan(1), { timeout: 20_000, interval: 10 })
  await scratch.db.updateTable('platform.run').set({ leased_by: 'somebody else' }).where('id', '=', id).execute()
  await sleep(400)
  const seen = at.length
  await sleep(400)
  expect(at.length).toBeLessThanOrEqual(seen + 1)
  const row = await scratch.db.selectFrom('platform.run').select(['leased_by', 'state']).where('id', '=', id).executeTakeFirstOrThrow()
  expect(row).toEqual({ leased_by: 'somebody else', state: 'running' })
})

test('a cancelled run stops and says so; what it saved stays', async () => {
  const at: number[] = []
  const kind = counting(at, 50)
  const { id } = await request(kind, { to: 1000 })
  work([kind])
  await vi.waitFor(() => expect(at.length).toBeGreaterThan(2), { timeout: 20_000, interval: 10 })
  await requestCancel(scratch.db, id, new Date())
  await until(id, 'cancelled')
  expect(at.length).toBeLessThan(1000)
})

test('undoing is a run of its own and marks the first one', async () => {
  const at: number[] = []
  const kind = counting(at)
  const { id } = await request(kind, { to: 3 })
  work([kind])
  await until(id, 'done')
  const undoing = await request(kind, { to: 3 }, id)
  await until(undoing.id, 'done')
  expect((await runById(scratch.db, id))?.state).toBe('undone')
  expect((await runById(scratch.db, undoing.id))?.result).toEqual({ back: 3 })
})

test('a failing run says why, and the next one is worked on', async () => {
  const failing = runKind({
    kind: 'test.fail',
    group: 'test',
    permission: 'runs.write',
    input: z.object({}),
    work: () => Promise.reject(new Error('The file has no header')),
  })
  const at: number[] = []
  const kind = counting(at)
  const broken = await request(failing)
  const next = await request(kind, { to: 1 })
  work([failing, kind])
  await until(broken.id, 'failed')
  await until(next.id, 'done')
  expect((await runById(scratch.db, broken.id))?.problem).toBe('The file has no header')
})

test('an input that this version does not understand fails the run instead of coming back for ever', async () => {
  const kind = counting([])
  const { id } = await request(kind, { until: 'x' })
  work([kind])
  await until(id, 'failed')
})

test('twenty workers at once take each run once, and never two of a group', async () => {
  const kinds = ['a', 'b', 'c'].map((group) => ({ kind: `test.${group}`, group }))
  for (const { kind, group } of kinds)
    for (let i = 0; i < 3; i++) {
      const now = new Date()
      await requestRun(scratch.db, { id: timeOrderedId(now), kind, group, input: {}, requestedBy: 'tester', now })
    }
  const names = kinds.map((k) => k.kind)
  const taken = await Promise.all(
    Array.from({ length: 20 }, (_, i) => scratch.db.transaction().execute((db) => leaseRun(db, `w${i}`, names, new Date(), 30))),
  )
  const kindsTaken = taken.filter((run) => run !== undefined).map((run) => run.kind)
  expect(kindsTaken.toSorted()).toEqual(['test.a', 'test.b', 'test.c'])
})

test('a run whose connection was cut goes on behind its saved position instead of failing', async () => {
  const at: number[] = []
  const kind = counting(at)
  const cutOnce: RunKind = {
    ...kind,
    async work(run) {
      if (run.position === null) {
        await kind.work({ ...run, input: { to: 2 } })
        await run.step(3, async ({ db }) => void (await sql`select pg_terminate_backend(pg_backend_pid())`.execute(db)))
      }
      return kind.work(run)
    },
  }
  const { id } = await request(cutOnce, { to: 4 })
  work([cutOnce])
  await until(id, 'done')
  expect(at).toEqual([1, 2, 3, 4])
})
