import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { type Context, system } from '#platform/context.ts'
import { type Db, withTransaction } from '#platform/database/connection.ts'
import { type TestDatabase, testDatabase } from '#platform/database/testing.ts'
import { silentQueue } from '#platform/jobs.ts'
import { createLog } from '#platform/log.ts'
import { newContext } from '#platform/new-context.ts'
import { runById } from '#platform/runs/store.ts'
import { startRunWorker } from '#platform/runs/worker.ts'
import { makeCustomersWithDays, purchaseDay } from '#test/day-lists.ts'
import { requestValuation } from './runs/request.ts'
import { revalue } from './runs/revalue.ts'

const opened: TestDatabase[] = []
afterAll(async () => {
  for (const scratch of opened) await scratch.close()
})

const contextOf = (db: Db, now: Date): Context => newContext({ db, now, actor: system, queue: silentQueue, house: { modules: [] } })

/** Two hundred customers with a valuation that waits. */
async function waitingValuation(): Promise<{ scratch: TestDatabase; run: string }> {
  const scratch = await testDatabase()
  opened.push(scratch)
  const now = new Date('2026-01-01T00:00:00Z')
  const run = await withTransaction(scratch.database, async (db) => {
    await makeCustomersWithDays(
      contextOf(db, now),
      Array.from({ length: 200 }, (_, i) => ({
        key: `c${i}`,
        days: Array.from({ length: 1 + (i % 5) }, (_, k) => purchaseDay(20_000 + (i % 90) + k * (20 + (i % 7)), 1_000 + 37 * i)),
      })),
    )
    return requestValuation(contextOf(db, now))
  })
  return { scratch, run }
}

/** Works on what waits with a clock that is ahead, so that the lease of a dead worker has run out. */
async function workToTheEnd({ scratch, run }: { scratch: TestDatabase; run: string }): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'patron-crash-'))
  const worker = startRunWorker({
    database: scratch.database,
    kinds: [revalue],
    log: createLog('error'),
    now: () => new Date(Date.now() + 60_000),
    folder,
    name: 'after the crash',
    contextOf,
  })
  try {
    for (let tries = 0; tries < 600 && (await runById(scratch.db, run))?.state !== 'done'; tries++)
      await new Promise((resolve) => setTimeout(resolve, 50))
  } finally {
    await worker.stop()
    await rm(folder, { recursive: true, force: true })
  }
  expect(await runById(scratch.db, run)).toMatchObject({ state: 'done', problem: null })
}

/** Everything that people see of a valuation, without what names the run or the moment. */
async function visible({ db }: TestDatabase) {
  const { rows: book } = await sql<object>`
    select customer_id, tier, value_label, profit_minor, lifetime_value_minor, probability_ordering, segment, valued_on from customers.book order by customer_id`.execute(
    db,
  )
  const { rows: dated } = await sql<object>`
    select customer_id, as_of, tier, tier_reason, profit_minor, lifetime_value_minor from value.assessment order by customer_id, as_of`.execute(
    db,
  )
  const { rows: facts } = await sql<{ name: string; count: number }>`
    select name, count(*) as count from platform.fact where name like 'value.%' group by name order by name`.execute(db)
  const { rows: valuations } = await sql<object>`select as_of, customers from value.valuation`.execute(db)
  return { book, dated, facts, valuations }
}

const undisturbed = (async () => {
  const there = await waitingValuation()
  await workToTheEnd(there)
  return visible(there.scratch)
})()

test('an undisturbed valuation shows all customers, once', async () => {
  const { book, dated, facts, valuations } = await undisturbed
  expect([book.length, dated.length, valuations.length]).toEqual([200, 200, 1])
  expect(facts).toEqual([
    { name: 'value.revalued', count: 1 },
    { name: 'value.tiers-moved', count: 1 },
  ])
})

for (const moment of ['reading', 'back-test', 'before-commit', 'after-commit'])
  test(`kill -9 at ${moment}: nothing half, nothing twice, and the next worker ends where an undisturbed one does`, async () => {
    const there = await waitingValuation()
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, '../../../test/faults/crashing-valuation.ts'), there.scratch.url, moment],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    )
    const [, signal] = await once(child, 'exit')
    expect(signal).toBe('SIGKILL')
    const between = await visible(there.scratch)
    if (moment === 'after-commit') expect(between).toEqual(await undisturbed)
    else expect([between.dated.length, between.facts.length, between.valuations.length]).toEqual([0, 0, 0])
    await workToTheEnd(there)
    expect(await visible(there.scratch)).toEqual(await undisturbed)
  })
