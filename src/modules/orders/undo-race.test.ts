import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { actions as customerActions } from '#modules/customers/actions.ts'
import { api as customersApi } from '#modules/customers/api.ts'
import { removeCustomersMadeBy, sourceId } from '#modules/customers/public.ts'
import { ensureCustomers } from '#modules/customers/store/ensure.ts'
import type { Context } from '#platform/context.ts'
import { derivedId, timeOrderedId } from '#platform/identifier.ts'
import { type App, startApp } from '#test/app.ts'
import { ordersActions } from './actions.ts'
import { ordersApi } from './api.ts'

let app: App
let runId: string
const source = 'shop'
const customerId = derivedId('customer', source, 'C1')
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  await sql`truncate orders.purchase, orders.day_list, customers.customer, customers.alias cascade`.execute(app.db)
  runId = timeOrderedId(new Date())
  await app.transaction(async ({ db, now }) =>
    ensureCustomers(db, { source, sourceId: await sourceId(db, source), keys: ['C1'], runId, by: 'importer', now }),
  )
})

const lines = [{ product: 'TEA', quantity: '1', unitPrice: '1' }]
const place = (context: Context) => ordersActions.place(context, { customerId, lines })
const batch = (context: Context) =>
  ordersActions.batch(context, { source, orders: [{ number: '1', customer: 'C1', day: '2026-01-01', lines }] })
const remove = (context: Context) => removeCustomersMadeBy(context, runId, { after: null, limit: 100 })

/** Both in transactions of their own: the second begins when the first has done its work and not yet committed, and has to wait for it. */
async function overlapping<A, B>(first: (context: Context) => Promise<A>, second: (context: Context) => Promise<B>) {
  const done = Promise.withResolvers<void>()
  const go = Promise.withResolvers<void>()
  const one = app.transaction(async (context) => {
    const result = await first(context)
    done.resolve()
    await go.promise
    return result
  })
  await done.promise
  let settled = false
  const other = app.transaction(second).finally(() => {
    settled = true
  })
  other.catch(() => {})
  try {
    await expect.poll(async () => settled || (await waiting()), { timeout: 5000 }).toBe(true)
    expect(settled).toBe(false)
  } finally {
    go.resolve()
    await one
  }
  return Promise.allSettled([one, other])
}

async function waiting(): Promise<boolean> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(app.db)
  return rows[0]!.n > 0
}

async function orphans(): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from orders.purchase p where not exists (select from customers.customer c where c.customer_id = p.customer_id)`.execute(
    app.db,
  )
  return rows[0]!.n
}

test('an order for a customer who is just being taken away waits and is refused', async () => {
  const [removed, placed] = await overlapping(remove, place)
  expect(removed).toMatchObject({ value: { removed: 1, left: [] } })
  expect(placed).toMatchObject({ status: 'rejected', reason: { reason: 'no-such-customer' } })
  expect(await orphans()).toBe(0)
})

test('a customer for whom an order is just being placed stays with it', async () => {
  const [placed, removed] = await overlapping(place, remove)
  expect(placed.status).toBe('fulfilled')
  expect(removed).toMatchObject({ value: { removed: 0, left: [{ id: customerId, why: 'in-use' }] } })
  expect(await orphans()).toBe(0)
})

test('a batch makes the customer anew who was just being taken away', async () => {
  const [removed, brought] = await overlapping(remove, batch)
  expect(removed).toMatchObject({ value: { removed: 1 } })
  expect(brought).toMatchObject({ value: { new: 1, customersNew: 1 } })
  expect(await orphans()).toBe(0)
  expect((await app.as(ordersApi).ofCustomer({ customerId })).items).toHaveLength(1)
})

test('a batch whose customer is just being merged into another brings the orders to the other', async () => {
  const { id } = await app.as(customersApi).create({ values: { name: 'Survivor' } })
  const versions = { version: 1, otherVersion: 1 }
  const merge = (context: Context) => customerActions.merge(context, { id, otherId: customerId, ...versions })
  const [merged, brought] = await overlapping(merge, batch)
  expect(merged.status).toBe('fulfilled')
  expect(brought).toMatchObject({ value: { new: 1, customersNew: 0 } })
  expect(await orphans()).toBe(0)
  expect((await app.as(ordersApi).ofCustomer({ customerId: id })).items).toHaveLength(1)
})

test('a customer of a batch that is just coming in stays with its orders', async () => {
  const [brought, removed] = await overlapping(batch, remove)
  expect(brought).toMatchObject({ value: { new: 1, customersNew: 0 } })
  expect(removed).toMatchObject({ value: { removed: 0 } })
  expect(await orphans()).toBe(0)
})

test('somebody whose archive is just being changed, or about whom a call is just being noted, stays', async () => {
  const change = (context: Context) => customerActions.change(context, { id: customerId, version: 1, values: { city: 'Nice' } })
  const [changed, removed] = await overlapping(change, remove)
  expect(changed.status).toBe('fulfilled')
  expect(removed).toMatchObject({ value: { removed: 0, left: [{ why: 'changed' }] } })
  await sql`delete from customers.change`.execute(app.db)
  const note = (context: Context) =>
    customerActions.logInteraction(context, { id: customerId, channel: 'call', direction: 'in', stage: 'before', summary: 'asked' })
  const [noted, again] = await overlapping(note, remove)
  expect(noted.status).toBe('fulfilled')
  expect(again).toMatchObject({ value: { removed: 0, left: [{ why: 'touched' }] } })
})
