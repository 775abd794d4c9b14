import { afterAll, beforeAll, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { runsApi } from '#platform/runs/api.ts'
import { type App, startApp } from '#test/app.ts'
import { importFile, startImport } from '#test/import-files.ts'
import { ordersApi } from './api.ts'
import { encodeDayList } from './domain/day-list.ts'
import { dayListWriter } from './domain/day-list-writer.ts'

let app: App
beforeAll(async () => {
  app = await startApp({ work: true, now: new Date('2026-03-10T12:00:00Z') })
})
afterAll(() => app.close())

const api = () => app.as(ordersApi)
/** 9.9 × 10^12 cents. */
const largest = { quantity: '99', unitPrice: '1000000000' }

test('sums beyond 2^53 are refused at the order, at the customer and in a batch, and nothing of them stays', async () => {
  const customerId = (await app.as(customersApi).create({ values: { name: 'Very Rich' } })).id
  await expect(api().place({ customerId, lines: [largest, largest] })).rejects.toMatchObject({
    status: 422,
    reason: 'too-large',
    fields: [
      { field: 'lines.1.quantity', detail: 'An order’s amounts come to no more than 100,000,000,000 together; with this line it is more' },
    ],
  })
  // The product's cost is not on the line and counts all the same.
  await api().saveProduct({ code: 'STAR', before: {}, unitCost: '9007199254' })
  const dear = { product: 'STAR', quantity: '9000', amount: '1' }
  await expect(api().place({ customerId, lines: [dear, dear] })).rejects.toMatchObject({ status: 422, reason: 'total-too-large' })

  const order = (i: number) => ({
    number: `${i}`,
    customer: 'rich',
    day: `2026-01-${String(1 + (i % 28)).padStart(2, '0')}`,
    lines: [largest],
  })
  const orders = Array.from({ length: 460 }, (_, i) => order(i))
  // Revenue and unknown cost: 2 × 454 × 9.9 × 10^12 is just below 2^53.
  expect(await api().batch({ source: 'rich', orders: orders.slice(0, 454) }, { idempotencyKey: '1' })).toMatchObject({ new: 454 })
  await expect(api().batch({ source: 'rich', orders }, { idempotencyKey: '2' })).rejects.toMatchObject({
    status: 422,
    reason: 'total-too-large',
    detail: expect.stringContaining('9,007,199,254,740,991 minor units'),
  })
  const { items } = await api().find({ number: '453' })
  const rich = items[0]!.customerId
  expect((await api().find({ number: '455' })).items).toEqual([])
  await expect(api().place({ customerId: rich, lines: [largest] })).rejects.toMatchObject({
    reason: 'total-too-large',
    values: { customerId: rich },
  })
  expect((await api().ledger({ customerId: rich })).years).toEqual([
    { year: 2026, orders: 454, revenueMinor: 454 * 9_900_000_000_000, discountMinor: 0, refundMinor: 0, netMinor: 454 * 9_900_000_000_000 },
  ])
})

test('a file leaves out the customer whose orders cannot be summed up exactly, with line, field and reason, and brings in the rest', async () => {
  const day = (i: number) => `2026-01-${String(1 + (i % 28)).padStart(2, '0')}`
  const rows = Array.from({ length: 1000 }, (_, i) => `${i % 2 ? i : ''},tycoon,${day(i)},99,1000000000`)
  rows.splice(500, 0, '5000,modest,2026-01-05,99,1000000000', '5001,modest,2026-01-06,1,10')
  const file = `order number,customer id,date,quantity,unit price\n${rows.join('\n')}\n`
  for (const dryRun of [true, false]) {
    const { outcome } = await importFile(app, file, { source: 'file', dryRun })
    expect(outcome).toMatchObject({
      rows: 1002,
      rejected: 1000,
      counts: { new: 2, orders: 2, customersNew: 1 },
      problems: [
        { line: 2, field: 'unitPrice', reason: 'totalTooLarge', detail: expect.stringContaining('9,007,199,254,740,991') },
        ...Array(19).fill(expect.anything()),
      ],
    })
  }
  expect((await api().find({ number: '999' })).items).toEqual([])
  expect((await api().find({ number: '5000' })).items).toHaveLength(1)
})

test('a file that adds too much to what a customer has already fails with that sentence', async () => {
  const rows = (from: number) => Array.from({ length: 400 }, (_, i) => `${from + i},growing,2026-01-05,99,1000000000`)
  const file = (from: number) => `order number,customer id,date,quantity,unit price\n${rows(from).join('\n')}\n`
  expect((await importFile(app, file(10_000), { source: 'file' })).outcome).toMatchObject({ rejected: 0 })
  const id = await startImport(app, file(20_000), { source: 'file' })
  await expect
    .poll(async () => app.as(runsApi).one({ id }), { timeout: 20_000 })
    .toMatchObject({ state: 'failed', problem: expect.stringContaining('9,007,199,254,740,991 minor units') })
  expect((await api().find({ number: '20399' })).items).toEqual([])
})

test('both writers of day lists refuse what adds up beyond 2^53, and hold what is just below', () => {
  const half = 2 ** 52
  const sums = {
    revenueMinor: half,
    discountMinor: 0,
    refundMinor: 0,
    discountedMinor: 0,
    costMinor: 0,
    costUnknownMinor: 0,
    counted: true,
  }
  const day = (at: number, revenueMinor: number) => ({
    day: at,
    orders: 1,
    revenueMinor,
    discountMinor: 0,
    refundMinor: 0,
    discountedRevenueMinor: 0,
    costMinor: 0,
    costUnknownRevenueMinor: 0,
  })
  const writer = dayListWriter()
  writer.add(1, sums)
  writer.add(2, { ...sums, revenueMinor: half - 10 })
  expect(writer.take()).toEqual(encodeDayList([day(1, half), day(2, half - 10)]))
  writer.add(1, sums)
  writer.add(2, sums)
  expect(() => writer.take()).toThrow('beyond which sums are not exact')
  expect(() => encodeDayList([day(1, half), day(2, half)])).toThrow('beyond which sums are not exact')
})
