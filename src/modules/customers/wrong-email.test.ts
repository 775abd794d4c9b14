import { afterAll, beforeAll, expect, test } from 'vitest'
import { derivedId } from '#platform/identifier.ts'
import { type App, startApp } from '#test/app.ts'
import { importFile } from '#test/import-files.ts'
import { api } from './api.ts'

let app: App
beforeAll(async () => {
  app = await startApp({ work: true })
})
afterAll(() => app.close())
const call = () => app.as(api)

test('what is no e-mail address is refused where a person writes it, and does not hold up what else they change', async () => {
  const refused = { status: 422, reason: 'no-email', fields: [{ field: 'values.email', reason: 'no-email' }] }
  await expect(call().create({ values: { name: 'Ida', email: 'ida(at)example.com' } })).rejects.toMatchObject(refused)
  const { id, version } = await call().create({ values: { name: 'Ida', email: 'ida@example.com' } })
  await expect(call().change({ id, version, values: { email: 'ida' } })).rejects.toMatchObject(refused)
  const cleared = await call().change({ id, version, values: { email: null, city: 'Bath' } })
  expect(cleared.values).toMatchObject({ email: null, city: 'Bath' })
  // As older archives may hold one.
  await app.db.updateTable('customers.customer').set({ email: 'ida(at)example.com' }).where('customer_id', '=', id).execute()
  const kept = await call().change({ id, version: cleared.version, values: { email: 'ida(at)example.com', city: 'York' } })
  expect(kept.values).toMatchObject({ email: 'ida(at)example.com', city: 'York' })
})

test('a row of a file comes in without it and is named; what stood there before stays', async () => {
  const file = (second: string) => `id,name,e-mail\nE1,Good Gwen,gwen@example.com\nE2,Odd Olaf,${second}\n`
  const first = await importFile(app, file('olaf@example.com'), { importer: 'customers' })
  expect(first.outcome).toMatchObject({ counts: { new: 2 } })
  expect(first.outcome!.notes).toBeUndefined()
  const { outcome } = await importFile(app, file('olaf@').replace('Odd Olaf', 'Olaf the Odd'), { importer: 'customers' })
  expect(outcome).toMatchObject({ rejected: 0, counts: { changed: 1, unchanged: 1 } })
  expect(outcome!.notes).toEqual({
    count: 1,
    first: [{ line: 3, field: 'email', reason: 'email-left-out', detail: expect.stringContaining("'olaf@'") }],
  })
  const { values } = await call().one({ id: derivedId('customer', 'shop', 'E2') })
  expect(values).toMatchObject({ name: 'Olaf the Odd', email: 'olaf@example.com' })
})
