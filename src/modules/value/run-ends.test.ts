import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { system } from '#platform/context.ts'
import { withTransaction } from '#platform/database/connection.ts'
import { type TestDatabase, testDatabase } from '#platform/database/testing.ts'
import { silentQueue } from '#platform/jobs.ts'
import { newContext } from '#platform/new-context.ts'
import { type Progress, type RunHandle, RunStopped } from '#platform/runs/run-kind.ts'
import { makeCustomersWithDays, purchaseDay } from '#test/day-lists.ts'
import { revalue } from './runs/revalue.ts'

let scratch: TestDatabase | undefined
afterAll(() => scratch?.close())

test('a valuation that is stopped ends once nothing of it reads any more', async () => {
  scratch = await testDatabase()
  const { database } = scratch
  const now = new Date('2026-01-01T00:00:00Z')
  await withTransaction(database, (db) =>
    makeCustomersWithDays(
      newContext({ db, now, actor: system, queue: silentQueue, house: { modules: [] } }),
      Array.from({ length: 50 }, (_, i) => ({ key: `c${i}`, days: [purchaseDay(20_000 + i, 1_000)] })),
    ),
  )
  const letGo = Promise.withResolvers<void>()
  const locked = Promise.withResolvers<void>()
  // Whoever reads what is bought together waits here; everything else reads the compact lists.
  const held = withTransaction(database, async (db) => {
    await sql`lock table orders.purchase in access exclusive mode`.execute(db)
    locked.resolve()
    await letGo.promise
  })
  await locked.promise
  const progress = async ({ phase }: Progress) => {
    if (phase !== 'reading') throw new RunStopped()
  }
  const run = {
    ...{ id: crypto.randomUUID(), input: {}, position: null, requestedBy: 'system', database, now: () => now, house: { modules: [] } },
    ...{ folder: '', stopping: new AbortController().signal, progress },
    step: () => Promise.reject(new Error('It never comes so far')),
  } as unknown as RunHandle
  let ended: unknown = null
  const work = revalue.work(run).catch((error: unknown) => {
    ended = error
  })
  await sleep(1500)
  const { rows: reading } = await sql`
    select from pg_locks where not granted and relation = 'orders.purchase'::regclass`.execute(database.db)
  const hasEnded = ended !== null
  letGo.resolve()
  await Promise.all([work, held])
  expect(ended).toBeInstanceOf(RunStopped)
  expect(hasEnded && reading.length > 0).toBe(false)
})
