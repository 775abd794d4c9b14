import { afterAll, beforeAll, expect, test } from 'vitest'
import { derivedId } from '#platform/identifier.ts'
import { createUser, setDisabled } from '#platform/sign-in/users.ts'
import { type App, startApp } from '#test/app.ts'
import { colleague } from '#test/colleague.ts'
import { importFile } from '#test/import-files.ts'
import { api } from './api.ts'

let app: App
beforeAll(async () => {
  app = await startApp({ work: true })
})
afterAll(() => app.close())

test('the owner of a file is a colleague, by name, address or id; whoever nobody is leaves the row in without an owner, and named', async () => {
  const [anna, bert, gone] = [await colleague(app, 'Anna'), await colleague(app, 'Bert'), await colleague(app, 'Gone')]
  await colleague(app, 'Twin')
  const second = { id: crypto.randomUUID(), name: 'twin', email: 'other.twin@example.com', password: null, initialPassword: false }
  await app.transaction(async ({ db, now }) => {
    await createUser(db, second, now)
    await setDisabled(db, gone.id, true, now)
  })
  const rows = [
    ['O1', 'anna '],
    ['O2', 'BERT@example.com'],
    ['O3', anna.id],
    ['O4', 'Anna Wolf'],
    ['O5', 'Twin'],
    ['O6', 'other.twin@example.com'],
    ['O7', 'Gone'],
    ['O8', ''],
  ]
  const file = `id,name,account manager\n${rows.map(([id, owner]) => `${id},Customer ${id},${owner}`).join('\n')}\n`
  const { outcome } = await importFile(app, file, { importer: 'customers' })
  expect(outcome).toMatchObject({ rejected: 0, counts: { new: 8 } })
  expect(outcome!.notes).toEqual({
    count: 3,
    first: [
      { line: 5, field: 'owner', reason: 'owner-unknown', detail: expect.stringContaining("'Anna Wolf'") },
      { line: 6, field: 'owner', reason: 'owner-ambiguous', detail: expect.stringContaining("'Twin'") },
      { line: 8, field: 'owner', reason: 'owner-unknown', detail: expect.stringContaining("'Gone'") },
    ],
  })
  const owners = await Promise.all(
    rows.map(async ([key]) => (await app.as(api).one({ id: derivedId('customer', 'shop', key!) })).values.ownerId),
  )
  expect(owners).toEqual([anna.id, bert.id, anna.id, null, null, second.id, null, null])

  // Whoever sees only their own customers sees those that a file gave them.
  const own = { ...anna, reach: () => [anna.id] }
  expect((await app.as(api, own).list({ sort: 'name' })).items.map(({ name }) => name)).toEqual(['Customer O1', 'Customer O3'])
  // The same file again says nothing new.
  expect((await importFile(app, file, { importer: 'customers' })).outcome!.counts).toMatchObject({ changed: 0, unchanged: 8 })
})
