import { afterAll, beforeAll, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { ordersApi } from '#modules/orders/api.ts'
import { requestValuation } from '#modules/value/runs/request.ts'
import type { Actor } from '#platform/context.ts'
import { type App, startApp } from '#test/app.ts'
import { hire } from '#test/colleague.ts'
import { waitForRun } from '#test/wait-for-run.ts'
import { insightApi } from './api.ts'

let app: App
const ids: Record<string, string> = {}
/** First orders with a campaign, later ones, and who referred whom. */
beforeAll(async () => {
  app = await startApp({ work: true, now: new Date('2026-03-02T12:00:00Z') })
  const customers = app.as(customersApi)
  const make = async (name: string, values: object, orders: readonly (readonly [day: string, campaign: string | null])[]) => {
    const { id } = await customers.create({ values: { name, ...values } })
    ids[name] = id
    for (const [day, campaign] of orders)
      await app.as(ordersApi).place({ customerId: id, day, campaign, lines: [{ product: 'P', quantity: '1', unitPrice: '10' }] })
  }
  await make('Ada', { birthday: '1980-03-10' }, [
    ['2024-05-01', 'Spring'],
    ['2024-09-01', null],
    ['2025-11-01', 'Autumn'],
    ['2026-02-01', null],
  ])
  // Twice on the same day is no second purchase.
  await make('Bo', {}, [
    ['2024-05-02', 'Spring'],
    ['2024-05-02', 'Spring'],
  ])
  await make('Cy', {}, [['2025-01-05', 'Autumn']])
  await make('Dee', {}, [['2020-01-05', 'Ancient']])
  await make('Eve', {}, [['2026-02-20', null]])
  await customers.relate({ id: ids.Ada!, kind: 'referrer', side: 'first', otherId: ids.Cy! })
  await customers.relate({ id: ids.Ada!, kind: 'referrer', side: 'first', otherId: ids.Eve! })
  const run = await waitForRun(app, await app.transaction((context) => requestValuation(context, { asOf: '2026-03-02' })))
  expect(run.problem).toBeNull()
})
afterAll(() => app.close())

test('of each campaign: whom it won, who of them bought again, whom those referred', async () => {
  const { from, items } = await app.as(insightApi).campaigns({})
  expect(from).toBe('2024-03-01')
  expect(items).toEqual([
    { campaign: 'Spring', firstOrders: 2, secondPurchases: 1, referred: 2 },
    { campaign: 'Autumn', firstOrders: 1, secondPurchases: 0, referred: 0 },
  ])
  expect((await app.as(insightApi).campaigns({ months: 120 })).items).toContainEqual(expect.objectContaining({ campaign: 'Ancient' }))
})

test('old and sleeping customers stand there with what is to be done', async () => {
  const { items } = await app.as(insightApi).oldCustomers({})
  expect(items.map(({ name }) => name)).not.toContain('Eve')
  const ada = items.find(({ name }) => name === 'Ada')
  expect(ada).toMatchObject({ activity: 'old', orders: 4, lastOrderDay: '2026-02-01', birthdayOn: '2026-03-10', referred: 2 })
  expect(ada!.contact).toMatchObject({ last: null })
  const asleep = await app.as(insightApi).oldCustomers({ activity: 'asleep' })
  expect(asleep.items.every(({ activity }) => activity === 'asleep')).toBe(true)
  expect(asleep.items.map(({ name }) => name)).toContain('Bo')
  const first = await app.as(insightApi).oldCustomers({ limit: 1 })
  const second = await app.as(insightApi).oldCustomers({ limit: 1, cursor: first.next! })
  expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(items.slice(0, 2).map(({ name }) => name))
})

const holder = (reach: Actor['reach'], ...permissions: string[]): Actor => ({
  kind: 'person',
  id: '0198c0de-0000-7000-8000-0000000000a1',
  name: 'Somebody',
  roles: [],
  can: (permission) => permissions.includes(permission),
  reach,
})
test('who may not see figures, contact data or commitments gets none; who may not see customers gets nobody', async () => {
  const see = ['insight.read', 'customers.read']
  const only = await app
    .as(
      insightApi,
      holder(() => 'all', ...see, 'value.read'),
    )
    .oldCustomers({})
  expect(only.items.length).toBeGreaterThan(0)
  for (const one of only.items) expect(one).toMatchObject({ contact: null, birthdayOn: null })
  for (const permissions of [see, ['insight.read', 'value.read']])
    expect(
      (
        await app
          .as(
            insightApi,
            holder(() => 'all', ...permissions),
          )
          .oldCustomers({})
      ).items,
    ).toEqual([])
  expect(
    (
      await app
        .as(
          insightApi,
          holder(() => 'all', ...see),
        )
        .campaigns({})
    ).items,
  ).toBeNull()
  // The narrower of both reaches counts.
  const mixed = holder(
    (permission) => (permission === 'customers.read' ? [] : 'all'),
    'insight.read',
    'customers.read',
    'orders.read',
    'value.read',
  )
  expect((await app.as(insightApi, mixed).oldCustomers({})).items).toEqual([])
  expect((await app.as(insightApi, mixed).campaigns({})).items).toBeNull()
  // Those of an owner beyond reach are not listed by naming that owner.
  const far = '0198c0de-0000-7000-8000-0000000000b2'
  await hire(app, far)
  const { id, version } = await app.as(customersApi).one({ id: ids.Bo! })
  await app.as(customersApi).change({ id, version, values: { ownerId: far } })
  const near = holder(
    (permission) => (permission === 'customers.read' ? ['0198c0de-0000-7000-8000-0000000000a1'] : 'all'),
    ...see,
    'value.read',
  )
  expect((await app.as(insightApi).oldCustomers({ ownerId: far })).items.map(({ name }) => name)).toEqual(['Bo'])
  expect((await app.as(insightApi, near).oldCustomers({ ownerId: far })).items).toEqual([])
})
