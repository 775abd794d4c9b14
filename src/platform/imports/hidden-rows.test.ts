import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '#platform/context.ts'
import { runsApi } from '#platform/runs/api.ts'
import { type App, everybody, startApp } from '#test/app.ts'
import { importFile } from '#test/import-files.ts'
import { importsApi } from './api.ts'

let app: App
let id: string
beforeAll(async () => {
  app = await startApp({ work: true })
  const imported = await importFile(app, 'id,name,kind\nk1,One,canary.4711@example.com\n', { importer: 'customers' })
  id = imported.id
})
afterAll(() => app.close())

const but = (permission: string): Actor => ({ ...everybody, id: `all but ${permission}`, can: (one) => one !== permission })
/** What an import and its run say of the rows that are not in. */
async function told(actor: Actor): Promise<{ rows: boolean; run: boolean; file: number }> {
  const { outcome, hasRejects, rowsHidden } = await app.as(importsApi, actor).one({ id })
  const [listed] = (await app.as(importsApi, actor).list({})).items
  expect(listed!.outcome).toEqual(outcome)
  expect(outcome).toMatchObject({ rows: 1, rejected: 1 })
  expect([hasRejects, rowsHidden]).toEqual(outcome!.problems.length > 0 ? [true, false] : [false, true])
  const run = await app.as(runsApi, actor).one({ id })
  const file = await app.request(`/api/v1/imports/${id}/rejects`, {}, actor)
  return { rows: outcome!.problems.length > 0, run: JSON.stringify(run).includes('canary'), file: file.status }
}

test('rows of a file are seen by whoever may import such files and see contact data; how many are not in, by everybody who sees imports', async () => {
  expect(await told({ ...everybody, id: 'another' })).toEqual({ rows: true, run: true, file: 200 })
  expect(await told(but('customers.read-personal'))).toEqual({ rows: false, run: false, file: 403 })
  expect(await told(but('customers.write'))).toEqual({ rows: false, run: false, file: 403 })
  // Whoever sent the file knows what is in it.
  expect(await told({ ...but('customers.read-personal'), id: everybody.id })).toEqual({ rows: true, run: true, file: 200 })
})
