import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { casesApi } from '#modules/cases/api.ts'
import { api as customersApi } from '#modules/customers/api.ts'
import { type App, startApp } from '#test/app.ts'
import { fillCases } from './fill-cases.ts'

const now = new Date('2026-11-30T10:00:00Z')
let app: App
beforeAll(async () => {
  app = await startApp({ now })
  for (let i = 0; i < 5; i++) await app.as(customersApi).create({ values: { name: `Customer ${i}` } })
})
afterAll(() => app.close())

test('what the bench asks for can be shown: every case that it makes, with its log, place and clocks', async () => {
  const made = await fillCases(app.database.db, now, 60)
  const { rows } = await sql<{ id: string }>`select id from cases.case order by id`.execute(app.database.db)
  expect(rows).toHaveLength(made)
  const cases = app.as(casesApi)
  for (const { id } of rows) {
    expect(await cases.one({ caseId: id })).toMatchObject({ id })
    expect((await cases.log({ caseId: id })).events.length).toBeGreaterThan(0)
    await cases.place({ caseId: id })
    await cases.clocks({ caseId: id })
  }
})
