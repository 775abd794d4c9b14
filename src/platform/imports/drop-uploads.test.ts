import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import { jobs } from '#modules/organization/jobs.ts'
import { type App, startApp } from '#test/app.ts'
import { importFile, undoImport } from '#test/import-files.ts'
import { importsApi } from './api.ts'

const day = 86_400_000
let app: App
beforeAll(async () => {
  app = await startApp({ work: true, now: new Date() })
})
afterAll(() => app.close())

const sweep = () => app.transaction((context) => jobs.find(({ name }) => name === 'organization.drop-uploads')!.run(context, {} as never))
const names = async () =>
  (await sql<{ name: string }>`select name from platform.file order by name`.execute(app.db)).rows.map(({ name }) => name)
const upload = async (name: string) => {
  const answer = await app.request(`/api/v1/import-files?fileName=${name}`, { method: 'POST', body: 'id,name\nA,Ann\n' })
  return ((await answer.json()) as { id: string }).id
}
const after = async (days: number) => {
  const now = app.now
  app.now = new Date(now.getTime() + days * day)
  await sweep()
  app.now = now
}

test('uploads go when nobody used them for a week or their imports ended long ago; rejects and the undoing stay', async () => {
  await upload('unused.csv')
  const made = await importFile(app, 'id,name,kind\nA,Ann,person\nB,Bob,alien\n', { importer: 'customers', name: 'used.csv' })
  expect(made.hasRejects).toBe(true)
  await after(6)
  expect(await names()).toEqual(['rejected.csv', 'unused.csv', 'used.csv'])
  await after(8)
  expect(await names()).toEqual(['rejected.csv', 'used.csv'])
  await after(89)
  expect(await names()).toEqual(['rejected.csv', 'used.csv'])

  // A run that has not ended keeps its file, however old it is.
  const waiting = await upload('waiting.csv')
  await sql`
    insert into platform.run (id, kind, run_group, state, input, requested_by, requested_at)
    values (gen_random_uuid(), 'import', 'nobody works on it', 'cancelled', ${JSON.stringify({ file: { kind: 'stored', id: waiting, name: 'waiting.csv' } })}::jsonb, 'tester', now())`.execute(
    app.db,
  )
  await after(91)
  expect(await names()).toEqual(['rejected.csv', 'waiting.csv'])
  const { text } = (await app.as(importsApi).rejects({ id: made.id })) as { text: string }
  expect(text).toContain('alien')

  expect((await undoImport(app, made.id)).undo).toMatchObject({ state: 'done', counts: { removed: 1 } })
  expect((await app.as(customersApi).search({ q: 'ann' })).items).toEqual([])
})

test('how long they are kept is a setting', async () => {
  const { settings } = await app.as(organizationApi).settings({})
  const { key, value, version } = settings.find((one) => one.key === 'organization.uploads')!
  expect(value).toEqual({ keptDays: 90 })
  await app.as(organizationApi).changeSetting({ key, value: { keptDays: 10 }, version })
  await importFile(app, 'id,name\nC,Cem\n', { importer: 'customers', name: 'later.csv' })
  await after(9)
  expect(await names()).toContain('later.csv')
  await after(11)
  expect(await names()).not.toContain('later.csv')
})
