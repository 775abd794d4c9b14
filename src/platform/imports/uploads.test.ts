import { afterAll, beforeAll, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { type App, everybody, type RefusedCall, startApp } from '#test/app.ts'
import { requestImport } from './actions.ts'
import { importsApi } from './api.ts'

let app: App
const [ann, bob] = ['ann', 'bob'].map((id) => ({ ...everybody, id })) as [typeof everybody, typeof everybody]
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const content = 'id,name,city\nk1,One,Taipei\n'
const upload = (path: string, actor: typeof everybody) =>
  app.request(`/api/v1${path}?fileName=a.csv`, { method: 'POST', body: content }, actor).then((answer) => answer.json())
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'not refused',
    ({ status, reason }: RefusedCall) => `${status} ${reason}`,
  )

test('a file is imported only by whoever sent it: others neither look at it nor import it, whatever id they name', async () => {
  const { id: fileId } = (await upload('/import-files', ann)) as { id: string }
  const { suggested: mapping } = await app.as(importsApi, ann).inspect({ fileId, importer: 'customers' })
  const started = await app.as(importsApi, ann).start({ importer: 'customers', fileId, mapping, dryRun: true })
  const others = app.as(importsApi, bob)
  expect(await refusal(others.inspect({ fileId, importer: 'customers' }))).toBe('404 no-such-file')
  expect(await refusal(others.start({ importer: 'customers', fileId, mapping, dryRun: false }))).toBe('404 no-such-file')
  // So nobody is offered to go on with it.
  expect((await app.as(importsApi, ann).one({ id: started.id })).fileId).toBe(fileId)
  expect((await others.one({ id: started.id })).fileId).toBeNull()
  expect((await others.list({ dryRuns: true })).items.map((one) => one.fileId)).toEqual([null])
})

test('a file that a touch holds on to is no file to import, not even for whoever sent it', async () => {
  const { id } = await app.as(customersApi, ann).create({ values: { name: 'Held' } })
  const { fileId } = (await upload(`/customers/${id}/attachments`, ann)) as { fileId: string }
  expect((await app.as(importsApi, ann).inspect({ fileId, importer: 'customers' })).fileName).toBe('a.csv')
  await app
    .as(customersApi, ann)
    .logInteraction({ id, channel: 'call', direction: 'in', stage: 'after', summary: 'A list', fileIds: [fileId] })
  expect(await refusal(app.as(importsApi, ann).inspect({ fileId, importer: 'customers' }))).toBe('404 no-such-file')
})

test('what a plan fetched is everybody’s who may see its rows: its columns may be corrected by a colleague, and nobody else reads it under another kind', async () => {
  const { id: fileId } = (await upload('/import-files', ann)) as { id: string }
  const { suggested: mapping } = await app.as(importsApi, ann).inspect({ fileId, importer: 'customers' })
  const plan = { id: crypto.randomUUID(), name: 'Nightly', tell: [] }
  const file = { kind: 'stored', id: fileId, name: 'a.csv' } as const
  const { id } = await app.transaction((context) => requestImport(context, { importer: 'customers', file, mapping, dryRun: false, plan }))
  expect((await app.as(importsApi, bob).one({ id })).fileId).toBe(fileId)
  expect((await app.as(importsApi, bob).inspect({ fileId, importer: 'customers' })).fileName).toBe('a.csv')
  const without = { can: (permission: string) => permission !== 'customers.read-personal' }
  // Not even whoever wrote the plan, who has not seen the file.
  for (const blind of [
    { ...bob, ...without },
    { ...ann, ...without },
  ]) {
    const asked = app.as(importsApi, blind)
    expect(await asked.importers({})).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ kind: 'spend' })]) })
    for (const importer of ['customers', 'spend']) expect(await refusal(asked.inspect({ fileId, importer }))).toBe('404 no-such-file')
    expect((await asked.one({ id })).fileId).toBeNull()
  }
})
