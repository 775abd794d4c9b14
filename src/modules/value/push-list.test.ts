import { afterAll, beforeAll, expect, test } from 'vitest'
import { tiers, valueLabels, writeBook } from '#modules/customers/public.ts'
import { ordersApi } from '#modules/orders/api.ts'
import { derivedId } from '#platform/identifier.ts'
import { type App, startApp } from '#test/app.ts'
import { countStatements } from '#test/count-statements.ts'
import { valueActions } from './actions.ts'

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const orders = Array.from({ length: 60 }, (_, i) => ({
  number: `${i}`,
  customer: `c${i}`,
  day: '2026-01-01',
  lines: [{ product: 'TEA', quantity: '1', unitPrice: '1' }],
}))

test('the push list reads all its customers at once, however many they are', async () => {
  await app.as(ordersApi).saveProduct({ code: 'TEA', before: {}, category: 'Tea' })
  await app.as(ordersApi).batch({ source: 'shop', orders }, { idempotencyKey: '1' })
  const high = [3, 7].map((i) => derivedId('customer', 'shop', `c${i}`))
  await app.transaction(({ db }) =>
    writeBook(db, {
      ids: high,
      valueLabel: high.map(() => valueLabels.indexOf('high')),
      tier: high.map(() => tiers.indexOf('gold')),
      orders: high.map(() => 3),
    }),
  )
  const ask = (limit: number) =>
    app.transaction((context) => countStatements(context.db, () => valueActions.pushList(context, { category: 'Tea', limit })))
  const few = await ask(2)
  expect(few).toBeGreaterThan(2)
  expect(await ask(60)).toBe(few)
  const { items } = await app.transaction((context) => valueActions.pushList(context, { category: 'Tea', valueLabel: 'high', limit: 10 }))
  expect(items.map(({ name, tier, orders, relevance }) => [name, tier, orders, relevance]).sort()).toEqual([
    ['c3', 'gold', 3, 0.25],
    ['c7', 'gold', 3, 0.25],
  ])
})
