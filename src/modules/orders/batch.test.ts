import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, startApp } from '#test/app.ts'
import { countStatements } from '#test/count-statements.ts'
import { ordersActions } from './actions.ts'
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
