import { afterAll, beforeAll, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { type App, startApp } from '#test/app.ts'
import { importFile } from '#test/import-files.ts'
import { ordersApi } from './api.ts'

let app: App
let customerId: string
beforeAll(async () => {
  app = await startApp({ work: true, now: new Date('2026-03-10T12:00:00Z') })
  customerId = (await app.as(customersApi).create({ values: { name: 'Ann Lee' } })).id
})
afterAll(() => app.close())

const api = () => app.as(ordersApi)
const costBecomes = (id: string, cost: number, unknown: number) =>
  expect.poll(async () => api().one({ id }), { timeout: 20_000 }).toMatchObject({ costMinor: cost, costUnknownMinor: unknown })

test('null clears what is known of a product, what is not said stays; orders are costed anew', async () => {
  const { id } = await api().place({ customerId, lines: [{ product: 'POT', quantity: '2', unitPrice: '10' }] })
  expect(await api().saveProduct({ code: 'POT', name: 'Pot', category: 'Ware', unitCost: '3' })).toMatchObject({ unitCost: '3' })
  await costBecomes(id, 600, 0)
  expect(await api().saveProduct({ code: 'POT', name: 'Teapot' })).toEqual({
    code: 'POT',
    name: 'Teapot',
    category: 'Ware',
    unitCost: '3',
  })
  expect(await api().saveProduct({ code: 'POT', unitCost: null })).toEqual({
    code: 'POT',
    name: 'Teapot',
    category: 'Ware',
    unitCost: null,
  })
  await costBecomes(id, 0, 2000)
  expect(await api().saveProduct({ code: 'POT', name: null, category: null })).toMatchObject({ name: null, category: null })
  // An empty cell of a file says nothing.
  await api().saveProduct({ code: 'POT', name: 'Teapot', unitCost: '4' })
  await importFile(app, 'sku,product name,unit cost\nPOT,Great teapot,\n', { importer: 'products' })
  const { items } = await api().products({})
  expect(items).toEqual([{ code: 'POT', name: 'Great teapot', category: null, unitCost: '4' }])
})

test('a category’s margin is cleared by null and left by silence', async () => {
  const { id } = await api().place({ customerId, lines: [{ product: 'TEA', quantity: '1', unitPrice: '10' }] })
  await api().saveProduct({ code: 'TEA', category: 'Tea' })
  await api().saveCategory({ name: 'Tea', marginPercent: 40 })
  await costBecomes(id, 600, 0)
  expect(await api().saveCategory({ name: 'Tea' })).toEqual({ name: 'Tea', marginPercent: 40 })
  expect(await api().saveCategory({ name: 'Tea', marginPercent: null })).toEqual({ name: 'Tea', marginPercent: null })
  await costBecomes(id, 0, 1000)
  expect(await api().saveCategory({ name: 'New' })).toEqual({ name: 'New', marginPercent: null })
})
