import { expect, test } from 'vitest'
import { dayListsOf, dayOf, fixtureRows, hasFixture, near, simulatedLists, simulationEnd } from '#test/value-fixtures.ts'
import { fitBgNbd } from './bg-nbd.ts'
import { fitMbgNbd } from './mbg-nbd.ts'
import { fitNbd, nbdExpectedOrders, nbdLogLikelihood, purchaseProbabilityIfAlive } from './nbd.ts'
import { fitParetoNbd } from './pareto-nbd.ts'
import { groupPurchases, type PurchaseGroups } from './purchase-groups.ts'
import { ageDaysOf, frequencyOf, purchaseHistoryOf } from './purchase-history.ts'

const truth = { kind: 'nbd', r: 0.8, alpha: 12 } as const
const history = purchaseHistoryOf(simulatedLists(truth, 6_000), simulationEnd)
const groups = groupPurchases(history)

test('fits simulated customers at the maximum that SciPy finds', () => {
  const fit = fitNbd(groups)
  expect(fit.reason).toBeNull()
  expect(near(fit.logLikelihood!, -121396.97667746172, 1e-9)).toBe(true)
  expect(near(fit.model!.r, 0.8164908449, 1e-7)).toBe(true)
  expect(near(fit.model!.alpha, 12.20589019, 1e-7)).toBe(true)
  expect(Math.abs(fit.model!.r - truth.r)).toBeLessThan(3 * fit.standardErrors!.r!)
  expect(Math.abs(fit.model!.alpha - truth.alpha)).toBeLessThan(3 * fit.standardErrors!.alpha!)
  expect(near(nbdLogLikelihood(groups, fit.model!), fit.logLikelihood!, 1e-12)).toBe(true)
})

test('expected orders and the chance of any', () => {
  const model = { kind: 'nbd', r: 0.5, alpha: 10 } as const
  expect(nbdExpectedOrders(model, 3, 25, 10)).toBeCloseTo(1, 12)
  // 1 − (35 / 45)^3.5
  expect(purchaseProbabilityIfAlive(0.5, 10, 3, 25, 10)).toBeCloseTo(1 - (35 / 45) ** 3.5, 12)
})

test('where nobody leaves, the models of leaving say so and stay harmless', () => {
  for (const fit of [fitBgNbd(groups), fitMbgNbd(groups), fitParetoNbd(groups)]) {
    expect(Number.isFinite(fit.logLikelihood)).toBe(true)
    // Simulated without drop-out, a trace of it may fit by chance, but then it gains next to nothing.
    if (fit.usable) expect(fit.logLikelihood! - fitNbd(groups).logLikelihood!).toBeLessThan(4)
    else expect(fit.reason).toBe('no-drop-out-visible')
  }
})

const degenerate = 'online_retail_2010_2011.csv.gz'
test.skipIf(!hasFixture(degenerate))(
  `the degenerate real data set ends in NBD with a reason (skips where ${degenerate} is missing)`,
  () => {
    const lists = dayListsOf(
      fixtureRows(degenerate)
        .filter(
          ([invoice, , , quantity, , price, customer]) =>
            customer && !invoice!.startsWith('C') && Number(quantity) > 0 && Number(price) > 0,
        )
        .map(([, , , quantity, date, price, customer]) => ({
          customer: customer!,
          day: dayOf(date!),
          minor: Math.round(Number(quantity) * Number(price) * 100),
        })),
    )
    const calibration = purchaseHistoryOf([...lists.values()], dayOf('2011-09-09'))
    const shop = groupPurchases(calibration)
    // golden/mbg_churn_degenerate.json, online_retail_1011_DEGENERATE.
    expect(shop.customers).toBe(3_370)
    const nbd = fitNbd(shop)
    expect(near(nbd.logLikelihood!, -22887.032141781463, 1e-9)).toBe(true)
    expect(near(nbd.model!.r, 0.7235783274399086, 1e-6)).toBe(true)
    expect(near(nbd.model!.alpha, 9.367102083216416, 1e-6)).toBe(true)
    let expected = 0
    for (let i = 0; i < calibration.customers; i++) {
      if (calibration.purchaseDays[i]! > 0)
        expected += nbdExpectedOrders(nbd.model!, frequencyOf(calibration, i), ageDaysOf(calibration, i) / 7, 13)
    }
    expect(near(expected, 3384.18074699336, 1e-6)).toBe(true)
    for (const fit of [fitBgNbd(shop), fitParetoNbd(shop)]) expect(fit).toMatchObject({ usable: false, reason: 'no-drop-out-visible' })
  },
)

const groupsOf = (rows: readonly (readonly [days: number, first: number, last: number])[]): PurchaseGroups => {
  const odd = purchaseHistoryOf([], 1_000)
  return groupPurchases({
    ...odd,
    customers: rows.length,
    purchaseDays: Int32Array.from(rows, ([days]) => days),
    firstDay: Int32Array.from(rows, ([, first]) => first),
    lastDay: Int32Array.from(rows, ([, , last]) => last),
    spendDays: new Int32Array(rows.length),
    repeatSpend: new Float64Array(rows.length),
  })
}
const many = (count: number, row: (i: number) => [number, number, number]) => Array.from({ length: count }, (_, i) => row(i))

test.each<[string, [number, number, number][]]>([
  ['nobody', []],
  ['nobody has bought', many(5, () => [0, 0, 0])],
  ['one customer who bought once', [[1, 900, 900]]],
  ['one customer who came back', [[3, 900, 950]]],
  ['everybody bought once', many(200, (i) => [1, 500 + i, 500 + i])],
  ['everybody bought once, today', many(50, () => [1, 1_000, 1_000])],
  ['everybody has the same history', many(100, () => [4, 600, 900])],
  ['all ages equal', many(300, (i) => [1 + (i % 9), 300, 300 + 60 * (i % 9)])],
  ['someone buys every day', [...many(100, (i) => [1 + (i % 3), 400, 400 + 100 * (i % 3)] as [number, number, number]), [1_000, 0, 999]]],
  ['all bought again at once and left for good', many(200, (i) => [2 + (i % 2), 100, 103])],
  ['all bought yesterday and today', many(60, () => [2, 999, 1_000])],
])('odd but valid: %s', (_name, rows) => {
  const odd = groupsOf(rows)
  for (const fit of [fitNbd(odd), fitBgNbd(odd), fitMbgNbd(odd), fitParetoNbd(odd)]) {
    expect(JSON.stringify(fit)).not.toContain('NaN')
    expect(fit.model === null || Object.values(fit.model).every((v) => typeof v === 'string' || (Number.isFinite(v) && v > 0))).toBe(true)
    expect(fit.logLikelihood === null || Number.isFinite(fit.logLikelihood)).toBe(true)
    expect(fit.usable || fit.reason !== null).toBe(true)
    if (odd.repeaters === 0) expect(fit.reason).toBe(odd.customers === 0 ? 'no-customers' : 'no-repeat-orders')
  }
})
