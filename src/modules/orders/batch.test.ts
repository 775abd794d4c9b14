import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, startApp } from '#test/app.ts'
import { countStatements } from '#test/count-statements.ts'
import { ordersActions } from './actions.ts'
import { termsApi } from './api/terms.ts'
import { ordersApi } from './api.ts'

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

test('a batch of orders reads its rates at once', async () => {
  for (const [day, rate] of [
    ['2026-01-01', '1.1'],
    ['2026-01-02', '1.2'],
  ] as const)
    await app.as(ordersApi).saveRate({ currency: 'EUR', day, before: null, rate })
  const orders = (count: number) =>
    Array.from({ length: count }, (_, i) => ({
      number: `${i}`,
      customer: `c${i}`,
      day: `2026-01-0${1 + (i % 2)}`,
      currency: 'EUR',
      lines: [{ product: 'TEA', quantity: '1', unitPrice: '1' }],
    }))
  const bring = (source: string, count: number) =>
    app.transaction((context) => countStatements(context.db, () => ordersActions.batch(context, { source, orders: orders(count) })))
  await bring('warm', 1)
  const few = await bring('few', 2)
  expect(few).toBeGreaterThan(5)
  expect(await bring('many', 40)).toBe(few)
  const { items } = await app.as(ordersApi).find({ number: '39' })
  expect(items).toMatchObject([{ currency: 'EUR', rate: '1.2', netMinor: 120 }])
})

test('a batch says what is promised, as one order does; what a person wrote wins, and what came stays', async () => {
  const lines = [{ product: 'TEA', quantity: '100', unitPrice: '1' }]
  const send = (key: string, terms: object | null, number = 'T-1') =>
    app
      .as(ordersApi)
      .batch({ source: 'web', orders: [{ number, customer: 'terms', day: '2026-01-02', lines, ...(terms ? { terms } : {}) }] } as never, {
        idempotencyKey: key,
      })
  await send('one', { promisedDay: '2026-01-05', settlement: 'Monthly', lines: [{ place: 1, grade: 'A' }] })
  const { id } = (await app.as(ordersApi).find({ number: 'T-1' })).items[0]!
  const terms = () => app.as(termsApi).terms({ id })
  expect(await terms()).toMatchObject({
    terms: { promisedDay: '2026-01-05', settlement: 'Monthly', lines: [{ place: 1, grade: 'A' }] },
    ...{ byHand: false, version: 1 },
  })
  // The same again, and nothing said, leave it alone; a new promise replaces it whole.
  await send('two', { promisedDay: '2026-01-05', settlement: 'Monthly', lines: [{ place: 1, grade: 'A' }] })
  await send('three', null)
  expect((await terms()).version).toBe(1)
  await send('four', { promisedDay: '2026-01-06' })
  expect(await terms()).toMatchObject({ terms: { promisedDay: '2026-01-06', settlement: null, lines: [] }, version: 2 })
  await expect(send('five', { lines: [{ place: 2, grade: 'B' }] })).rejects.toMatchObject({
    fields: [{ field: 'orders.0.terms.lines', reason: 'no-such-goods' }],
  })
  const noted = await app.as(termsApi).noteDelivery({ id, day: '2026-01-06', moreFollows: false })
  expect(noted.promise).toMatchObject({ standing: 'on-time' })
  await app.as(termsApi).setTerms({ id, version: noted.version, promisedDay: '2026-01-09' })
  await send('six', { promisedDay: '2026-01-03' })
  expect(await terms()).toMatchObject({
    terms: { promisedDay: '2026-01-09' },
    promise: { deliveredDay: '2026-01-06', standing: 'early' },
    byHand: true,
  })
})
