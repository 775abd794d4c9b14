import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { ordersApi } from '#modules/orders/api.ts'
import { valueApi } from '#modules/value/api.ts'
import { exportValues } from '#modules/value/runs/export-values.ts'
import { runsApi } from '#platform/runs/api.ts'
import { type App, startApp } from './app.ts'
import { importFile, undoImport } from './import-files.ts'
import { waitForRun } from './wait-for-run.ts'

let app: App
beforeAll(async () => {
  app = await startApp({ work: true })
})
afterAll(() => app.close())

test('undoing an import of customers leaves those who have ordered since, and names them; asked twice at once it happens once', async () => {
  const { id } = await importFile(app, 'id,name\n1,Ordered since\n2,Nobody knows\n', { importer: 'customers' })
  const found = (await app.as(customersApi).search({ q: 'ordered' })).items[0]!
  const order = await app.as(ordersApi).place({ customerId: found.id, lines: [{ quantity: '1', unitPrice: '10' }] })
  const undone = await undoImport(app, id)
  expect(undone.undo).toMatchObject({ counts: { removed: 1 }, left: [{ id: found.id, name: 'Ordered since' }], leftCount: 1 })
  expect(await app.as(ordersApi).one({ id: order.id })).toMatchObject({ customerName: 'Ordered since' })
  expect((await app.as(customersApi).search({ q: 'nobody' })).items).toEqual([])

  const second = await importFile(app, 'id,name\n3,Third\n', { importer: 'customers' })
  const asked = await Promise.allSettled([1, 2, 3].map(() => app.as(runsApi).undo({ id: second.id })))
  expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('who is not to be profiled shows no profile in lists, searches and files; no file carries a formula', async () => {
  const rows = Array.from(
    { length: 12 },
    (_, i) => `=${i}+1,2025-${String((i % 9) + 1).padStart(2, '0')}-10,${100 + i}\n=${i}+1,2025-11-0${(i % 9) + 1},50\n`,
  )
  await importFile(app, `customer,date,amount\n${rows.join('')}`)
  const { runId } = await app.as(valueApi).requestValuation({})
  await waitForRun(app, runId)
  let text = ''
  await exportValues(app.database, app.now, async (part) => {
    text += part
  })
  const keys = text.split('\n').map((row) => row.split(',')[0]!)
  expect(keys.filter((key) => /^[=+\-@]/.test(key))).toEqual([])
  expect(keys.filter((key) => key.startsWith("'="))).toHaveLength(12)

  const customers = app.as(customersApi)
  const shown = async () => (await customers.list({ q: '=7+1' })).items.find((item) => item.externalKey === '=7+1')!
  const { id } = await shown()
  expect((await shown()).valuedOn).not.toBeNull()
  await customers.setProfiling({ id, profiling: false })
  const nothing = {
    lifetimeValueMinor: 0,
    segment: null,
    recencyScore: null,
    frequencyScore: null,
    monetaryScore: null,
    probabilityAlive: null,
    probabilityOrdering: null,
  }
  await vi.waitFor(async () => expect(await shown()).toMatchObject(nothing), { timeout: 20_000, interval: 200 })
  const { text: csv } = (await customers.export({
    format: 'csv',
    q: '=7+1',
    columns: ['id', 'segment', 'probabilityAlive', 'lifetimeValue'],
  })) as { text: string }
  expect(csv).toContain("'=7+1,,,0.00")
  expect(await app.as(valueApi).customerPreferences({ customerId: id })).toMatchObject({
    profiling: false,
    preferences: null,
    buyAgain: [],
    newForYou: [],
  })
})
