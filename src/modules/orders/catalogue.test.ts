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
  expect(await api().saveProduct({ code: 'POT', before: {}, name: 'Pot', category: 'Ware', unitCost: '3' })).toMatchObject({
    unitCost: '3',
  })
  await costBecomes(id, 600, 0)
  expect(await api().saveProduct({ code: 'POT', before: { name: 'Pot' }, name: 'Teapot' })).toEqual({
    code: 'POT',
    name: 'Teapot',
    category: 'Ware',
    unitCost: '3',
  })
  expect(await api().saveProduct({ code: 'POT', before: { unitCost: '3' }, unitCost: null })).toEqual({
    code: 'POT',
    name: 'Teapot',
    category: 'Ware',
    unitCost: null,
  })
  await costBecomes(id, 0, 2000)
  expect(await api().saveProduct({ code: 'POT', before: { name: 'Teapot', category: 'Ware' }, name: null, category: null })).toMatchObject({
    name: null,
    category: null,
  })
  // An empty cell of a file says nothing.
  await api().saveProduct({ code: 'POT', before: {}, name: 'Teapot', unitCost: '4' })
  await importFile(app, 'sku,product name,unit cost\nPOT,Great teapot,\n', { importer: 'products' })
  const { items } = await api().products({})
  expect(items).toEqual([{ code: 'POT', name: 'Great teapot', category: null, unitCost: '4' }])
})

test('a category’s margin is cleared by null and left by silence', async () => {
  const { id } = await api().place({ customerId, lines: [{ product: 'TEA', quantity: '1', unitPrice: '10' }] })
  await api().saveProduct({ code: 'TEA', before: {}, category: 'Tea' })
  await api().saveCategory({ name: 'Tea', before: {}, marginPercent: 40 })
  await costBecomes(id, 600, 0)
  expect(await api().saveCategory({ name: 'Tea', before: {} })).toEqual({ name: 'Tea', marginPercent: 40 })
  expect(await api().saveCategory({ name: 'Tea', before: { marginPercent: 40 }, marginPercent: null })).toEqual({
    name: 'Tea',
    marginPercent: null,
  })
  await costBecomes(id, 0, 1000)
  expect(await api().saveCategory({ name: 'New', before: {} })).toEqual({ name: 'New', marginPercent: null })
})

test('nobody overwrites what somebody else wrote into the same field of the catalogue; other fields do not matter', async () => {
  const meanwhile = { status: 409, reason: 'changed-meanwhile' }
  await api().saveProduct({ code: 'VAN', before: {}, name: 'Vanilla', unitCost: '2.50' })
  await api().saveProduct({ code: 'VAN', before: { name: 'Vanilla' }, name: 'Bourbon vanilla' })
  await expect(api().saveProduct({ code: 'VAN', before: { name: 'Vanilla' }, name: 'Mine' })).rejects.toMatchObject(meanwhile)
  await expect(api().saveProduct({ code: 'VAN', before: {}, unitCost: '9' })).rejects.toMatchObject(meanwhile)
  expect(await api().saveProduct({ code: 'VAN', before: { unitCost: '2.5' }, unitCost: '3' })).toEqual({
    code: 'VAN',
    name: 'Bourbon vanilla',
    category: null,
    unitCost: '3',
  })
  await api().saveCategory({ name: 'Spice', before: {}, marginPercent: 40 })
  await expect(api().saveCategory({ name: 'Spice', before: {}, marginPercent: 10 })).rejects.toMatchObject(meanwhile)
  const on = { currency: 'EUR', day: '2026-03-09' }
  await api().saveRate({ ...on, before: null, rate: '7.80' })
  await expect(api().saveRate({ ...on, before: null, rate: '7.9' })).rejects.toMatchObject({ status: 409, reason: 'another-rate-there' })
  await api().saveRate({ ...on, before: '7.8', rate: '7.9' })
  await expect(api().deleteRate({ ...on, before: '7.8' })).rejects.toMatchObject(meanwhile)
  await api().deleteRate({ ...on, before: '7.9' })
})
