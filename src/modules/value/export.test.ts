import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, startApp } from '#test/app.ts'
import { importFile } from '#test/import-files.ts'
import { waitForRun } from '#test/wait-for-run.ts'
import { valueApi } from './api.ts'
import { exportValues } from './runs/export-values.ts'

let app: App
beforeAll(async () => {
  app = await startApp({ work: true })
  const rows = Array.from({ length: 60 }, (_, i) => `c${i},2025-0${1 + (i % 9)}-11,${10 + i}`)
  await importFile(app, `customer id,date,amount\n${rows.join('\n')}\n`)
  const { runId } = await app.as(valueApi).requestValuation({})
  expect(await waitForRun(app, runId)).toMatchObject({ state: 'done' })
})
afterAll(() => app.close())

const exported = async () => {
  let text = ''
  await exportValues(app.database, app.now, async (part) => {
    text += part
  })
  return text
}

test('the export shows one moment: who comes in while it reads shifts nobody’s figures to another', async () => {
  const before = await exported()
  const held = Promise.withResolvers<void>()
  const locked = Promise.withResolvers<void>()
  // The export waits at the former figures, which it reads after the customers and before their names.
  const lock = app.transaction(async ({ db }) => {
    await sql`lock table value.assessment in access exclusive mode`.execute(db)
    locked.resolve()
    await held.promise
  })
  await locked.promise
  const during = exported()
  try {
    await expect
      .poll(
        async () =>
          (await sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(app.db)).rows
            .length,
      )
      .toBe(1)
    await sql`
      insert into customers.customer (customer_id, name, name_key, external_key, created_at, created_by, updated_at)
      values ('00000000-0000-8000-8000-000000000001', 'First', 'first', 'first', now(), 'tester', now())`.execute(app.db)
  } finally {
    held.resolve()
    await lock
  }
  expect(await during).toBe(before)
})
