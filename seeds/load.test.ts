import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insightApi } from '#modules/insight/api.ts'
import { type App, holder, startApp } from '#test/app.ts'
import { colleague } from '#test/colleague.ts'
import { requestDemo } from './actions.ts'
import { demoApi } from './api.ts'
import { demoCompany, type SeedCompany } from './company.ts'
import { demoDeliveries } from './deliveries.ts'
import { showDemo } from './demo.ts'
import { loadDemo } from './load.ts'
import { loadDeliveries } from './load-deliveries.ts'

const size = 400
// Runs go by the real clock.
const now = new Date()
let today: string
let company: SeedCompany

let app: App
beforeAll(async () => {
  app = await startApp({ work: true, now })
}, 60_000)
afterAll(() => app.close())

async function loaded() {
  for (let i = 0; i < 600; i++) {
    const state = await app.as(demoApi).state({})
    if (state.state !== 'loading') return state
    await sleep(100)
  }
  throw new Error('The demo company was not loaded within a minute')
}
const count = async (query: ReturnType<typeof sql<{ n: number }>>) => (await query.execute(app.db)).rows[0]!.n

test('an empty book may have it, and is told how to begin', async () => {
  expect(await app.as(demoApi).state({})).toEqual({ state: 'none', possible: true, steps: [] })
  const home = await app.as(insightApi).home({})
  expect(home).toMatchObject({ know: { customers: 0, completenessPercent: null }, value: null, keep: null, next: [] })
  await expect(app.as(demoApi, holder('organization.read')).load({})).rejects.toMatchObject({ status: 403 })
})

test('files go through the real imports, touches before the orders, then a valuation', async () => {
  await app.transaction((context) => requestDemo(context, size))
  const again = await app.as(demoApi).load({})
  expect(await count(sql`select count(*)::int as n from platform.run where kind = ${loadDemo.kind} and id = ${again.runId}`)).toBe(1)
  const state = await loaded()
  expect(state.steps.map(({ step, state: how, problem }) => ({ step, how, problem }))).toEqual(
    ['prepare', 'customers', 'touches', 'products', 'orders', 'deliveries', 'spend', 'valuation', 'cases'].map((step) => ({
      step,
      how: 'done',
      problem: null,
    })),
  )
  expect(state).toMatchObject({ state: 'loaded', possible: false })
  const asked = await sql<{ today: string }>`select input ->> 'today' as today from platform.run where kind = 'demo.touches'`.execute(
    app.db,
  )
  today = asked.rows[0]!.today
  company = demoCompany(20_260, size, today)
}, 90_000)

test('everything of the company is in, once', async () => {
  const orders = new Set(company.lines.filter((line) => line.quantity > 0).map((line) => line.order))
  const refunds = company.lines.filter((line) => line.quantity < 0)
  expect(await count(sql`select count(*)::int as n from customers.customer`)).toBe(size)
  expect(await count(sql`select count(*)::int as n from orders.purchase where counted`)).toBe(orders.size)
  expect(await count(sql`select count(*)::int as n from orders.purchase where not counted`)).toBe(
    new Set(refunds.map((line) => line.order)).size,
  )
  const net = company.lines.reduce((sum, line) => sum + line.quantity * line.product.priceMinor - line.discountMinor, 0)
  expect(await count(sql`select sum(revenue_minor - discount_minor - refund_minor)::bigint as n from orders.purchase`)).toBe(net)
  const deliveries = demoDeliveries(20_260, company, today)
  expect(await count(sql`select count(*)::int as n from orders.term where promised_day is not null`)).toBe(deliveries.byOrder.size)
  expect(await count(sql`select count(*)::int as n from customers.interaction`)).toBe(company.touches.length)
  expect(await count(sql`select sum(amount_minor)::bigint as n from value.spend`)).toBe(
    company.spend.reduce((sum, row) => sum + row.amountMinor, 0),
  )
})

test('what went wrong on the way and with bills is noted by whoever works there', async () => {
  const deliveries = demoDeliveries(20_260, company, today)
  await colleague(app, 'Somebody')
  await app.transaction((context) => loadDeliveries(context, deliveries, 'demo', 'operator'))
  expect(await count(sql`select count(*)::int as n from orders.freight_event`)).toBe(deliveries.freight.length)
  expect(await count(sql`select count(*)::int as n from orders.dispute`)).toBe(deliveries.disputes.length)
  expect(deliveries.freight.length * deliveries.disputes.length).toBeGreaterThan(0)
})

test('the home page shows the loop: tiers sum to all customers, the months are the company’s', async () => {
  const home = await app.as(insightApi).home({})
  expect(home.know).toMatchObject({ customers: size, more: false })
  expect(home.know.completenessPercent).toBeGreaterThan(10)
  expect(home.value!.tiers.reduce((sum, row) => sum + row.customers, 0)).toBe(size)
  expect(home.value!.tiers.every((row) => row.customers > 0)).toBe(true)
  const since = new Date(now.getTime() - 30 * 86_400_000).toISOString().slice(0, 10)
  const lately = company.touches.filter((touch) => touch.day > since)
  const touches = Object.fromEntries(home.serve!.stages.map((row) => [row.stage, row.touches]))
  expect(touches.after).toBeGreaterThan(0)
  expect(Math.abs(Object.values(touches).reduce((a, b) => a + b, 0) - lately.length)).toBeLessThan(10)
  expect(home.keep!.months).toEqual(monthsByHand())
  expect(home.next.map(({ code }) => code)).not.toContain('set-margin')
})

test('the benchmarks stand beside the company’s own figures', async () => {
  const { retention, winning } = await app.as(insightApi).benchmarks({})
  expect(retention.ranges).toHaveLength(2)
  expect(retention.own).toMatchObject({ to: today, basis: 'known' })
  expect(retention.own!.profitMinor).toBeGreaterThan(0)
  expect(retention.own!.ranges[0]).toMatchObject({
    lowMinor: Math.round(retention.own!.profitMinor * 1.25),
    highMinor: Math.round(retention.own!.profitMinor * 1.5),
  })
  expect(winning.own).toMatchObject({ comparable: true })
  expect(winning.own!.ratio).toBeCloseTo(winning.own!.acquireMinor / winning.own!.won / (winning.own!.retainMinor / winning.own!.kept), 9)
})

test('who may not see values is not shown them', async () => {
  const department = holder('insight.read')
  const home = await app.as(insightApi, department).home({})
  expect(home).toMatchObject({
    value: null,
    keep: null,
    serve: null,
    know: { customers: size, newThisMonth: null, completenessPercent: null },
  })
  expect(await app.as(insightApi, department).benchmarks({})).toMatchObject({
    asOf: null,
    retention: { own: null },
    winning: { own: null },
  })
})

test('it goes into an empty book only', async () => {
  await expect(app.as(demoApi).load({})).rejects.toMatchObject({ status: 409, reason: 'book-not-empty' })
})

test('the command says where it is, and new passwords only on request', async () => {
  const said: string[] = []
  const product = {
    database: app.database,
    address: 'http://127.0.0.1:3000/first-administrator?token=x',
    contextOf: () => Promise.reject() as never,
  }
  expect(await showDemo(product, (line) => said.push(line))).toBe('http://127.0.0.1:3000')
  expect(said).toEqual(['Patron is ready: http://127.0.0.1:3000', expect.stringContaining('./patron user reset-password')])
})

/** New, retained and converted customers from the company itself, without the product's code. */
function monthsByHand() {
  const days = new Map<string, Set<string>>()
  for (const line of company.lines) if (line.quantity > 0) days.set(line.customer, (days.get(line.customer) ?? new Set()).add(line.day))
  return Array.from({ length: 12 }, (_, i) => {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 11 + i, 1)).toISOString().slice(0, 7)
    const sorted = [...days.values()].map((set) => [...set].sort())
    return {
      month,
      won: sorted.filter(([first]) => first!.startsWith(month)).length,
      retained: sorted.filter((all) => all.some((day) => day.startsWith(month)) && all[0]! < `${month}-01`).length,
      converted: sorted.filter(([, second]) => second?.startsWith(month)).length,
    }
  })
}
