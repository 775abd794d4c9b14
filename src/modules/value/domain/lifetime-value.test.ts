import { expect, test } from 'vitest'
import { cdnowLists, dayOf, hasFixture, near } from '#test/value-fixtures.ts'
import { gammaGammaExpectedSpend } from './gamma-gamma.ts'
import { expectedOrders, horizonUnits, probabilityOrdering, prospectMemory, prospectOf } from './lifetime-value.ts'
import { type OrderModel, ordersIfAlive, pooledRate, probabilityAlive } from './order-model.ts'
import { groupPurchases } from './purchase-groups.ts'
import { ageDaysOf, frequencyOf, monetaryOf, purchaseHistoryOf, recencyDaysOf } from './purchase-history.ts'

const bg = { kind: 'bg-nbd', r: 0.2425945224301571, alpha: 4.413602019013503, a: 0.7929220172255564, b: 2.425906776826169 } as const
const spend = { p: 6.24957227132418, q: 3.7442246671319754, gamma: 15.443520962587893 }
const models: readonly OrderModel[] = [
  bg,
  { kind: 'mbg-nbd', r: 0.5248431591062993, alpha: 6.183085279576026, a: 0.8913593907322142, b: 1.6140022401703378 },
  { kind: 'pareto-nbd', r: 0.5532770468898819, alpha: 10.577683463657765, s: 0.6062399889003347, beta: 11.668735281035644 },
  { kind: 'nbd', r: 0.5, alpha: 10 },
  { kind: 'pooled', r: 0.5, alpha: 10 },
]
const year = { months: 12, discountPerMonth: 0.01 }

// golden/cdnow_sample.json, customers_selected: x, tx and T in days, mean, lifetime value of 12 months of 4.345 weeks at 1 % a month.
test.each([
  [2, 213, 272, 22.345, 36.27397810634926],
  [1, 12, 272, 11.77, 4.640936574048427],
  [0, 0, 272, 0, 8.344480507511967],
  [29, 264, 266, 26.26137931034483, 625.4292274165315],
  [21, 33, 205, 299.63380952380953, 1.5728050578681822e-7],
  [5, 129, 196, 18.634, 63.89771400810736],
])('lifetime value of a CDNOW customer with x = %i, tx = %i, T = %i days, mean %d', (x, tx, T, mean, value) => {
  const { discountedOrders } = prospectOf(bg, x, T / 7, 7, year)
  expect(near(probabilityAlive(bg, x, tx / 7, T / 7) * discountedOrders * gammaGammaExpectedSpend(spend, x, mean), value, 1e-8)).toBe(true)
})

test('the chance of ordering in 39 weeks', () => {
  // golden/mbg_churn_degenerate.json, customers_first5.
  expect(near(probabilityOrdering(bg, 2, 213 / 7, 272 / 7, 39), 0.5546279501668411, 1e-8)).toBe(true)
  expect(near(probabilityOrdering(bg, 1, 12 / 7, 272 / 7, 39), 0.11680623372653459, 1e-8)).toBe(true)
  expect(near(probabilityOrdering(bg, 0, 0, 272 / 7, 39), 0.14433505161551763, 1e-8)).toBe(true)
  expect(near(expectedOrders(bg, 2, 213 / 7, 272 / 7, 39), 1.2259944552872886, 1e-8)).toBe(true)
})

test.each(models)('without a discount the months add up to the orders of the horizon, a part of a month included: %j', (model) => {
  for (const months of [12, 2.5, 0.5]) {
    const { orders, discountedOrders } = prospectOf(model, 3, 30, 7, { months, discountPerMonth: 0 })
    expect(near(discountedOrders, orders, 1e-12)).toBe(true)
    expect(near(orders, ordersIfAlive(model, 3, 30, months * 4.345), 1e-12)).toBe(true)
  }
  const { orders, discountedOrders } = prospectOf(model, 3, 30, 7, year)
  expect(discountedOrders).toBeLessThan(orders)
  expect(discountedOrders).toBeGreaterThan(orders * 1.01 ** -12)
})

test('half a month is discounted at its own end', () => {
  const nbd = { kind: 'nbd', r: 1, alpha: 9 } as const
  // One order in ten weeks after T = 1: 0.1 · 4.345 a month.
  const { discountedOrders } = prospectOf(nbd, 0, 1, 7, { months: 1.5, discountPerMonth: 0.1 })
  expect(discountedOrders).toBeCloseTo(0.4345 / 1.1 + 0.21725 / 1.1 ** 1.5, 12)
})

test.each(models)('the unit of time does not matter: %j', (model) => {
  const days = { ...model, alpha: model.alpha * 7, ...('beta' in model ? { beta: model.beta * 7 } : {}) } as OrderModel
  const [inWeeks, inDays] = [prospectOf(model, 4, 30, 7, year), prospectOf(days, 4, 210, 1, year)]
  for (const key of ['orders', 'discountedOrders', 'ordering'] as const) expect(near(inDays[key], inWeeks[key], 1e-10)).toBe(true)
  expect(horizonUnits(12, 7)).toBeCloseTo(52.14, 12)
})

test('a memory gives what it was asked for, not something else', () => {
  const remembered = prospectMemory(bg, 7, year)
  for (const [x, age] of [
    [0, 10],
    [3, 10],
    [3, 11],
    [0, 10],
    [3, 10],
  ] as const)
    expect(remembered(x, age)).toEqual(prospectOf(bg, x, age / 7, 7, year))
})

test('the pooled estimate draws small counts towards the common rate', () => {
  const history = purchaseHistoryOf([], 365)
  const two = {
    ...history,
    customers: 2,
    purchaseDays: Int32Array.of(1, 5),
    firstDay: Int32Array.of(0, 0),
    lastDay: Int32Array.of(0, 300),
    spendDays: new Int32Array(2),
    repeatSpend: new Float64Array(2),
  }
  const model = pooledRate(groupPurchases(two))
  // 4.5 repeat purchases in three customer-years, one of them assumed; as weight one average customer of 1.0005 years.
  expect(model.r / model.alpha).toBeCloseTo(4.5 / ((2 * 365 + 365.25) / 7), 10)
  expect(model.alpha).toBeCloseTo((2 * 365 + 365.25) / 7 / 3, 10)
  expect(expectedOrders(model, 0, 0, 365 / 7, 52)).toBeLessThan(expectedOrders(model, 4, 43, 365 / 7, 52))
  expect(probabilityAlive(model, 0, 0, 52)).toBe(1)
  expect(pooledRate(groupPurchases(history)).r).toBeGreaterThan(0)
})

test.skipIf(!hasFixture('cdnow_sample.csv'))('lifetime values of all CDNOW customers (skips where cdnow_sample.csv is missing)', () => {
  const history = purchaseHistoryOf([...cdnowLists().values()], dayOf('1997-09-30'))
  const prospects = prospectMemory(bg, 7, year)
  let total = 0
  for (let i = 0; i < history.customers; i++) {
    const [x, age] = [frequencyOf(history, i), ageDaysOf(history, i)]
    const value = gammaGammaExpectedSpend(spend, history.spendDays[i]!, monetaryOf(history, i) / 100)
    total += probabilityAlive(bg, x, recencyDaysOf(history, i) / 7, age / 7) * prospects(x, age).discountedOrders * value
  }
  expect(near(total, 71507.95175650188, 1e-8)).toBe(true)
})
