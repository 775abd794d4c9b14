import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PurchaseDay } from '#modules/orders/public.ts'
import { type App, startApp } from '#test/app.ts'
import { makeCustomersWithDays, purchaseDay } from '#test/day-lists.ts'
import { waitForRun } from '#test/wait-for-run.ts'
import { valueApi } from './api.ts'
import { requestValuation } from './runs/request.ts'
import type { ValuationResult } from './runs/valuation-result.ts'
import type { ValuationInput } from './runs/wishes.ts'

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
