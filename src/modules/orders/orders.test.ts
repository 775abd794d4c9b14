import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import { importsApi } from '#platform/imports/api.ts'
import { type App, startApp } from '#test/app.ts'
import { importFile, undoImport } from '#test/import-files.ts'
import { ordersApi } from './api.ts'
import { dayListsOf, decodeDayList, encodeDayList, rebuildDayLists } from './public.ts'
import { daysOfOrders } from './store/day-lists.ts'

let app: App
let customerId: string
beforeAll(async () => {
  app = await startApp({ work: true, now: new Date('2026-03-10T12:00:00Z') })
  customerId = (await app.as(customersApi).create({ values: { name: 'Ann Lee' } })).id
})
afterAll(() => app.close())

const api = () => app.as(ordersApi)
const line = (product: string, quantity: string, unitPrice: string, more: object = {}) => ({ product, quantity, unitPrice, ...more })

async function listIsRight(id: string): Promise<void> {
  const list = (await dayListsOf(app.db, [id])).get(id)
  const days = (await daysOfOrders(app.db, [id])).get(id)!
  expect(Buffer.from(list!)).toEqual(Buffer.from(encodeDayList(days)))
}

test('an order is entered, changed, refunded and cancelled by hand; the day list follows each time', async () => {
  const placed = await api().place({
    customerId,
    day: '2026-03-01',
    lines: [line('TEA', '3', '12.345', { discount: '1' }), { kind: 'shipping', cost: '4' }],
  })
  expect(placed).toMatchObject({
    kind: 'purchase',
    revenueMinor: 3704,
    discountMinor: 100,
    netMinor: 3604,
    costMinor: 400,
    costUnknownMinor: 3604,
    version: 1,
    byHand: true,
  })
  expect(placed.lines.map(({ place, netMinor, costBasis }) => [place, netMinor, costBasis])).toEqual([
    [1, 3604, 'none'],
    [2, 0, 'line'],
  ])
  await listIsRight(customerId)

  const changed = await api().change({ id: placed.id, version: 1, day: '2026-03-02', lines: [line('TEA', '4', '10')] })
  expect(changed).toMatchObject({ netMinor: 4000, day: '2026-03-02', version: 2 })
  await expect(api().change({ id: placed.id, version: 1, lines: [line('TEA', '1', '1')] })).rejects.toMatchObject({
    reason: 'changed-meanwhile',
  })

  const refunded = await api().refund({ id: placed.id, lines: [{ place: 1, quantity: '1' }] }, { idempotencyKey: 'refund-1' })
  expect(refunded).toMatchObject({
    refundableMinor: 3000,
    refunds: [{ kind: 'refund', refundMinor: 1000, netMinor: -1000, day: '2026-03-10' }],
  })
  const again = await api().refund({ id: placed.id, lines: [{ place: 1, quantity: '1' }] }, { idempotencyKey: 'refund-1' })
  expect(again.refunds).toHaveLength(1)
  await expect(api().refund({ id: placed.id, amountMinor: 3001 }, { idempotencyKey: 'refund-2' })).rejects.toMatchObject({
    reason: 'more-than-paid',
  })
  const days = decodeDayList((await dayListsOf(app.db, [customerId])).get(customerId)!)
  expect(days.map(({ orders, revenueMinor, refundMinor }) => [orders, revenueMinor, refundMinor])).toEqual([
    [1, 4000, 0],
    [0, 0, 1000],
  ])
  expect(await api().ledger({ customerId })).toMatchObject({
    currency: 'USD',
    years: [{ year: 2026, orders: 1, revenueMinor: 4000, refundMinor: 1000, netMinor: 3000 }],
  })

  await expect(api().cancel({ id: placed.id, version: 2 })).rejects.toMatchObject({ reason: 'given-back' })
  await api().cancel({ id: refunded.refunds[0]!.id, version: 1 })
  const cancelled = await api().cancel({ id: placed.id, version: 2 })
  expect(cancelled).toMatchObject({ kind: 'cancelled', netMinor: 0, refundableMinor: 0 })
  await listIsRight(customerId)
  const { items } = await api().ofCustomer({ customerId })
  expect(items.map(({ kind }) => kind)).toEqual(['cancelled', 'cancelled'])
})

test('what cannot be an order is refused with field and reason', async () => {
  await expect(api().place({ customerId, lines: [{ product: 'X', quantity: '1' }] })).rejects.toMatchObject({
    reason: 'amount-missing',
    fields: [{ field: 'lines.0.unitPrice', reason: 'amount-missing' }],
  })
  await expect(api().place({ customerId, currency: 'EUR', lines: [line('X', '1', '1')] })).rejects.toMatchObject({ reason: 'rate-missing' })
  await expect(api().place({ customerId: '00000000-0000-8000-8000-000000000000', lines: [line('X', '1', '1')] })).rejects.toMatchObject({
    reason: 'no-such-customer',
  })
})

test('a batch is written once, replaces what changed, and leaves alone what a person changed', async () => {
  const order = (number: string, price: string, customer = 'c1') => ({
    number,
    customer,
    day: '2026-02-01',
    lines: [line('CUP', '2', price)],
  })
  const send = (key: string, orders: ReturnType<typeof order>[]) => api().batch({ source: 'web', orders }, { idempotencyKey: key })
  expect(await send('k1', [order('1', '5'), order('2', '6')])).toEqual({
    new: 2,
    changed: 0,
    unchanged: 0,
    conflicting: 0,
    customersNew: 1,
  })
  expect(await send('k1', [order('1', '5'), order('2', '6')])).toMatchObject({ new: 2 })
  expect(await send('k2', [order('1', '5'), order('2', '7'), order('3', '1', 'c2')])).toEqual({
    new: 1,
    changed: 1,
    unchanged: 1,
    conflicting: 0,
    customersNew: 1,
  })
  const { items } = await api().find({ number: '1' })
  await api().change({ id: items[0]!.id, version: items[0]!.version, lines: [line('CUP', '1', '5')] })
  expect(await send('k3', [order('1', '9')])).toMatchObject({ changed: 0, conflicting: 1 })
  // A file with the same orders sees them as they are: the same identity, whichever way they came.
  const file = await importFile(
    app,
    'order number,customer id,date,product,quantity,unit price\n3,c2,2026-02-01,CUP,2,1\n2,c2,2026-02-01,CUP,2,7\n',
    { source: 'web' },
  )
  expect(file.outcome!.counts).toMatchObject({ new: 0, unchanged: 1, changed: 1, customersNew: 0 })
  await undoImport(app, file.id)
  await listIsRight(items[0]!.customerId)
})

test('many writers at once lose nothing', async () => {
  const other = (await app.as(customersApi).create({ values: { name: 'Busy' } })).id
  await Promise.all(
    Array.from({ length: 24 }, (_, i) =>
      api().place({ customerId: other, day: `2026-01-${String(1 + (i % 5)).padStart(2, '0')}`, lines: [line('TEA', '1', '1')] }),
    ),
  )
  const days = decodeDayList((await dayListsOf(app.db, [other])).get(other)!)
  expect(days.reduce((sum, day) => sum + day.orders, 0)).toBe(24)
  const batches = await Promise.all(
    [0, 1, 2, 3].map((i) =>
      api().batch(
        {
          source: 'race',
          orders: Array.from({ length: 10 }, (_, n) => ({
            number: `${n}`,
            customer: `r${n}`,
            day: '2026-01-01',
            lines: [line('TEA', String(i + 1), '1')],
          })),
        },
        { idempotencyKey: `race-${i}` },
      ),
    ),
  )
  expect(batches.reduce((sum, batch) => sum + batch.new, 0)).toBe(10)
  const wrong = await app.transaction(({ db }) => rebuildDayLists((work) => work(db), { repair: false }))
  expect(wrong).toMatchObject({ wrong: 0 })
})

test('a product’s cost and a category’s margin cost the orders that name none', async () => {
  const before = await api().place({ customerId, day: '2026-03-05', lines: [line('P1', '2', '10'), line('P2', '1', '10')] })
  expect(before).toMatchObject({ costMinor: 0, costUnknownMinor: 3000 })
  await api().saveProduct({ code: 'P1', before: {}, name: 'One', category: null, unitCost: '3.333' })
  await importFile(app, 'sku,product name,category\nP2,Two,Tea\n', { importer: 'products' })
  await api().saveCategory({ name: 'Tea', before: {}, marginPercent: 40 })
  await expect.poll(async () => (await api().one({ id: before.id })).costMinor, { timeout: 20_000 }).toBe(667 + 600)
  const after = await api().one({ id: before.id })
  expect(after.costUnknownMinor).toBe(0)
  expect(after.lines.map(({ costMinor, costBasis }) => [costMinor, costBasis])).toEqual([
    [667, 'product'],
    [600, 'category'],
  ])
  await listIsRight(customerId)
})

test('a version made by hand since stays when an import is undone, and is named', async () => {
  const text = 'order number,customer id,date,amount\n77,u1,2026-01-05,5\n78,u1,2026-01-05,6\n'
  const made = await importFile(app, text, { source: 'undo' })
  const { items } = await api().find({ number: '77' })
  await api().change({ id: items[0]!.id, version: 1, day: '2026-01-05', lines: [{ amount: '9' }] })
  const other = await importFile(app, text.replace(',5\n', ',8\n'), { source: 'undo' })
  expect(other.outcome!.counts).toMatchObject({ conflicting: 1, unchanged: 1, changed: 0 })
  expect((await importFile(app, text.replace(',5\n', ',8\n'), { source: 'undo' })).outcome!.counts).toMatchObject({
    conflicting: 0,
    unchanged: 2,
  })
  const { rows } = await sql`select content->>'lines' as lines from orders.source_version where id = ${items[0]!.id}::uuid`.execute(app.db)
  expect(rows).toEqual([{ lines: 'g\t800' }])
  const undone = await undoImport(app, made.id)
  expect(undone.undo).toMatchObject({ counts: { ordersRemoved: 1 }, left: expect.arrayContaining([{ id: items[0]!.id, name: '77' }]) })
  expect(await api().one({ id: items[0]!.id })).toMatchObject({ netMinor: 900, byHand: true })
})

test('the timeline tells purchases during and refunds after the sale', async () => {
  const { items } = await app.as(importsApi).list({})
  expect(items.length).toBeGreaterThan(0)
  const sold = await api().place({ customerId, lines: [line('TEA', '1', '10')] })
  await api().refund({ id: sold.id, amountMinor: 100 }, { idempotencyKey: 'refund-3' })
  const timeline = await app.request(`/api/v1/customers/${customerId}/timeline`)
  const { items: entries } = (await timeline.json()) as { items: { kind: string; stage: string }[] }
  expect(entries.filter(({ kind }) => kind === 'orders.purchase').every(({ stage }) => stage === 'during')).toBe(true)
  expect(entries.find(({ kind }) => kind === 'orders.refund')).toMatchObject({ stage: 'after' })
})

test('the currency stays once there are amounts in it', async () => {
  const { settings } = await app.as(organizationApi).settings({})
  const profile = settings.find(({ key }) => key === 'organization.profile')!
  const value = { ...(profile.value as object), currency: 'EUR' }
  await expect(app.as(organizationApi).changeSetting({ key: profile.key, version: profile.version, value })).rejects.toMatchObject({
    reason: 'currency-in-use',
  })
})
