import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import type { PurchaseDay } from '#modules/orders/public.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import { seededRandom } from '#numerics/seeded-random.ts'
import { type App, startApp } from '#test/app.ts'
import { makeCustomersWithDays, purchaseDay } from '#test/day-lists.ts'
import { waitForRun } from '#test/wait-for-run.ts'
import { valueApi } from './api.ts'
import { dayText } from './domain/as-of.ts'
import { simulatePurchaseDays, simulateSpend } from './domain/simulation.ts'
import { exportValues } from './runs/export-values.ts'
import { requestValuation } from './runs/request.ts'
import type { ValuationResult } from './runs/valuation-result.ts'
import type { ValuationInput } from './runs/wishes.ts'
import { forecastSetting } from './settings.ts'

let app: App
beforeAll(async () => {
  app = await startApp({ work: true })
})
afterAll(() => app.close())

async function valueNow(of: App, input: ValuationInput = {}): Promise<ValuationResult> {
  const id = await of.transaction((context) => requestValuation(context, input))
  const run = await waitForRun(of, id)
  expect(run.problem).toBeNull()
  return run.result as ValuationResult
}

const fixtures = process.env.PATRON_FIXTURES ?? '../shared'
const cdnow = join(fixtures, 'data/cdnow_sample.csv')
const golden = (() => {
  try {
    return readFileSync(cdnow, 'utf8')
  } catch {
    return null
  }
})()

test.skipIf(golden === null)(
  'CDNOW through the whole path: the published BG/NBD, Pareto/NBD and gamma-gamma (needs the fixtures folder)',
  async () => {
    const mine = await startApp({ work: true })
    try {
      const byCustomer = new Map<string, Map<number, PurchaseDay>>()
      for (const line of golden!.trim().split('\n').slice(1)) {
        const [, id, date, , amount] = line.trim().split(',')
        const text = date!.replaceAll('-', '')
        const day = Date.parse(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`) / 86_400_000
        const days = byCustomer.get(id!) ?? new Map<number, PurchaseDay>()
        const minor = Math.round(Number(amount) * 100)
        const before = days.get(day)
        days.set(day, purchaseDay(day, (before?.revenueMinor ?? 0) + minor, { orders: (before?.orders ?? 0) + 1 }))
        byCustomer.set(id!, days)
      }
      expect(byCustomer.size).toBe(2357)
      await mine.transaction((context) =>
        makeCustomersWithDays(
          context,
          [...byCustomer].map(([key, days]) => ({ key, days: [...days.values()].sort((a, b) => a.day - b.day) })),
        ),
      )
      const result = await valueNow(mine, { calibrateUntil: '1997-09-30' })
      expect(result.asOf).toBe('1998-06-30')
      expect(result.asOfReason).toBe('newest-order')
      expect(result.customers).toBe(2357)
      // Golden figures of cdnow_sample.json; Fader, Hardie & Lee (2005) publish 0.243, 4.414, 0.793, 2.426, -9582.4.
      const near = (found: unknown, expected: number, relative: number) =>
        expect(Math.abs(Number(found) / expected - 1)).toBeLessThan(relative)
      near(result.models.bgNbd!.logLikelihood, -9582.429206673933, 1e-9)
      near(result.models.bgNbd!.r, 0.2425945224301571, 1e-6)
      near(result.models.bgNbd!.alpha, 4.413602019013503, 1e-6)
      near(result.models.bgNbd!.a, 0.7929220172255564, 1e-6)
      near(result.models.bgNbd!.b, 2.425906776826169, 1e-6)
      near(result.models.paretoNbd!.logLikelihood, -9594.976178939543, 1e-9)
      near(result.models.paretoNbd!.s, 0.6062399889003347, 1e-5)
      near(result.models.mbgNbd!.logLikelihood, -9582.13571555375, 1e-9)
      near(result.models.gammaGamma!.logLikelihood, -4055.917694801872, 1e-9)
      near(result.models.gammaGamma!.gamma, 15.443520962587893, 1e-6)
      const overview = await mine.as(valueApi).overview({})
      expect(overview.part!.tiers.reduce((sum, row) => sum + row.customers, 0)).toBe(2357)
      expect(overview.warnings.map((warning) => warning.code)).toContain('margin-unset')
      expect(overview.warnings.map((warning) => warning.code)).toContain('old-data')
      const { part } = await mine.as(valueApi).models({})
      expect(part!.backTest!.actualOrders).toBe(1882)
      expect(part!.backTest!.models.find((model) => model.kind === 'bg-nbd')!.expectedOrders).toBeCloseTo(1653.408697942546, 3)
      for (const report of ['concentration', 'sizeBands', 'promotion', 'rfm', 'lifetimeValues', 'cohorts', 'affinity'] as const)
        expect((await mine.as(valueApi)[report]({})).part, report).not.toBeNull()
    } finally {
      await mine.close()
    }
  },
)

test('whoever is no customer moves neither the day of the figures nor where history begins', async () => {
  const mine = await startApp({ work: true })
  try {
    const day = 20_000
    const ids = await mine.transaction((context) =>
      makeCustomersWithDays(context, [
        { key: 'customer', days: [purchaseDay(day, 5_000), purchaseDay(day + 40, 7_000)] },
        { key: 'partner', days: [purchaseDay(day - 500, 100), purchaseDay(Math.floor(Date.now() / 86_400_000) - 1, 100)] },
        { key: 'newcomer', days: [] },
      ]),
    )
    const { version } = await mine.as(customersApi).one({ id: ids.get('partner')! })
    await mine.as(customersApi).change({ id: ids.get('partner')!, version, values: { role: 'partner' } })
    expect(await valueNow(mine)).toMatchObject({ customers: 2, asOfReason: 'newest-order', asOf: dayText(day + 40) })
    const { part } = await mine.as(valueApi).cohorts({})
    expect(part!.active).toHaveLength(2)
  } finally {
    await mine.close()
  }
})

test('simulated customers through the whole path: the truth is recovered, the choice is by back-test, and the export agrees', async () => {
  const truth = { kind: 'bg-nbd', r: 0.6, alpha: 6, a: 0.8, b: 3 } as const
  const spend = { kind: 'gamma-gamma', p: 6, q: 4, gamma: 15 } as const
  const random = seededRandom(20_260_101)
  const end = 20_000
  const book = Array.from({ length: 2_500 }, (_, i) => ({
    key: `sim-${i}`,
    days: simulateSpend(random, spend, simulatePurchaseDays(random, truth, end - 30 - Math.floor(random() * 600), end, 7), 100),
  }))
  const ids = await app.transaction((context) => makeCustomersWithDays(context, book))
  const result = await valueNow(app)
  const written = await app.db.selectFrom('customers.book').select(['customer_id', 'orders']).execute()
  const ordersOf = new Map(written.map((row) => [row.customer_id, row.orders]))
  expect(book.map(({ key }) => ordersOf.get(ids.get(key)!))).toEqual(
    book.map(({ days }) => days.reduce((sum, { orders }) => sum + orders, 0)),
  )
  const newest = Math.max(...book.flatMap(({ days }) => days.map(({ day }) => day)))
  expect(result).toMatchObject({
    customers: 2_500,
    asOf: new Date(newest * 86_400_000).toISOString().slice(0, 10),
    chosenBecause: 'back-test',
  })
  const near = (found: unknown, expected: number, share: number) => expect(Math.abs(Number(found) / expected - 1)).toBeLessThan(share)
  // Merging the orders of a day and sampling noise leave some distance; the mean rate r / alpha is what forecasts rest on.
  near(Number(result.models.bgNbd!.r) / Number(result.models.bgNbd!.alpha), truth.r / truth.alpha, 0.15)
  near(result.models.gammaGamma!.p, spend.p, 0.35)
  expect(['A', 'B']).toContain(result.grade)

  // Without the most demanding model nothing else changes, in one run or for good.
  expect(result.models.paretoNbd).toBeDefined()
  const shorter = await valueNow(app, { paretoNbd: 'left-out' })
  expect(shorter.models).not.toHaveProperty('paretoNbd')
  expect(shorter.models.bgNbd).toEqual(result.models.bgNbd)
  expect((await app.as(valueApi).models({})).part!.backTest!.models.map(({ kind }) => kind)).toEqual(['nbd', 'bg-nbd', 'mbg-nbd'])
  const { version, value } = (await app.as(organizationApi).settings({})).settings.find(({ key }) => key === forecastSetting.key)!
  await app.as(organizationApi).changeSetting({ key: forecastSetting.key, version, value: { ...(value as object), paretoNbd: 'left-out' } })
  expect((await valueNow(app)).models).not.toHaveProperty('paretoNbd')
  expect((await valueNow(app, { paretoNbd: 'fitted' })).models.paretoNbd).toEqual(result.models.paretoNbd)

  let csv = ''
  const exported = await exportValues(app.database, new Date(), async (text) => {
    csv += text
  })
  expect(exported.customers).toBe(2_500)
  const [header, ...lines] = csv
    .trim()
    .split('\n')
    .map((line) => line.split(','))
  expect(header).toEqual([
    'externalId',
    'frequency',
    'recency',
    'age',
    'monetary',
    'probabilityAlive',
    'probabilityOrdering',
    'expectedOrders',
    'expectedSpend',
    'lifetimeValue',
    'recencyScore',
    'frequencyScore',
    'monetaryScore',
    'profit',
    'tier',
  ])
  expect(lines).toHaveLength(2_500)
  const sum = (column: string) => lines.reduce((total, line) => total + Number(line[header!.indexOf(column)]), 0)
  const { part } = await app.as(valueApi).overview({})
  expect(sum('profit')).toBeCloseTo(part!.profitMinor / 100, 2)
  expect(sum('lifetimeValue')).toBeCloseTo(part!.lifetimeValueMinor / 100, 0)
  const one = book.find(({ days }) => days.length > 3)!
  const row = lines.find((line) => line[0] === one.key)!
  expect(Number(row[1])).toBe(one.days.length - 1)
  expect(Number(row[2])).toBeCloseTo((one.days.at(-1)!.day - one.days[0]!.day) / 7, 10)
  expect(new Set(lines.map((line) => line[14]))).toEqual(new Set(['platinum', 'gold', 'iron']))
})

test('a second valuation of an unchanged book writes no second row for anybody', async () => {
  const count = async () =>
    (
      await app.db
        .selectFrom('value.assessment')
        .select((e) => e.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
    ).n
  const before = await count()
  const first = await app.as(valueApi).overview({})
  await valueNow(app)
  expect(await count()).toBe(before)
  const { finishedAt: _, runId: __, ...head } = (await app.as(valueApi).overview({})).valuation!
  expect(head).toEqual({ asOf: first.valuation!.asOf, customers: 2_500 })
})
