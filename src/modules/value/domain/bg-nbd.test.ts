import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cdnowLists, dayOf, hasFixture, near, simulatedLists, simulationEnd } from '#test/value-fixtures.ts'
import { betaGeometricObjective } from './beta-geometric.ts'
import { bgNbdAlive, bgNbdLogLikelihood, bgNbdOrdersIfAlive, fitBgNbd } from './bg-nbd.ts'
import { minimizeOverGroups, sampleGroups } from './model-fit.ts'
import { purchaseProbabilityIfAlive } from './nbd.ts'
import { expectedOrdersOfNewCustomer } from './order-model.ts'
import { groupPurchases } from './purchase-groups.ts'
import { ageDaysOf, frequencyOf, purchaseHistoryOf, recencyDaysOf } from './purchase-history.ts'

// golden/cdnow_sample.json, mle_bgnbd.
const golden = { kind: 'bg-nbd', r: 0.2425945224301571, alpha: 4.413602019013503, a: 0.7929220172255564, b: 2.425906776826169 } as const

// golden/cdnow_sample.json, customers_selected: x, tx and T in days, P(alive), expected orders in 39 weeks.
test.each([
  [2, 213, 272, 0.7266203116623752, 1.2259944552872886],
  [1, 12, 272, 0.21239104439733647, 0.20341884752959857],
  [0, 0, 272, 1, 0.1947936312343866],
  [0, 0, 189, 1, 0.2589789762138201],
  [2, 189, 192, 0.8073695657271811, 1.7590158058551095],
  [29, 264, 266, 0.9692212686220149, 20.055249265532225],
  [5, 129, 196, 0.564050996181339, 2.7113854170714555],
  [21, 33, 205, 2.521394480569828e-11, 4.557206077867253e-10],
  [26, 216, 217, 0.9688544413976673, 20.74890290265039],
  [25, 191, 258, 0.04092983671103503, 0.7485486838698889],
])('CDNOW customer with x = %i, tx = %i, T = %i days', (x, tx, T, alive, orders) => {
  expect(near(bgNbdAlive(golden, x, tx / 7, T / 7), alive, 1e-8)).toBe(true)
  expect(near(bgNbdAlive(golden, x, tx / 7, T / 7) * bgNbdOrdersIfAlive(golden, x, T / 7, 39), orders, 1e-8)).toBe(true)
})

test.each([
  [1, 0.05318429150321132],
  [13, 0.5336372361814666],
  [39, 1.195010040651753],
  [78, 1.8579583901132173],
])('a new customer in %i weeks', (weeks, orders) => expect(near(expectedOrdersOfNewCustomer(golden, weeks), orders, 1e-8)).toBe(true))

// Against the published formula with 40 digits (mpmath hyp2f1), also where it overflows or is 0/0 in doubles: r, α, a, b, x, T, t.
test.each([
  [[0.2426, 4.4136, 0.7929, 2.4259, 2, 38.86, 39], 1.6871717064496643],
  [[0.2426, 4.4136, 1.0000001, 2.4259, 2, 38.86, 39], 1.6249049285902017],
  [[0.5, 2, 3, 0.5, 263, 300, 520], 114.65874535793014],
  [[0.3, 5, 0.4, 0.3, 0, 20, 52], 0.401641113462513],
  [[1.2, 10, 0.05, 4, 40, 100, 52], 19.284437062188978],
  [[2, 3, 1.5, 1, 7, 0, 520], 15.751815456662234],
])('orders if alive at %j', ([r, alpha, a, b, x, T, t], expected) => {
  expect(near(bgNbdOrdersIfAlive({ r: r!, alpha: alpha!, a: a!, b: b! }, x!, T!, t!), expected, 1e-12)).toBe(true)
})

test('is continuous where the published formula is 0/0: a = 1 and a + b = 1', () => {
  const at = (a: number, b: number) => bgNbdOrdersIfAlive({ r: 0.4, alpha: 5, a, b }, 0, 30, 52)
  expect(near(at(1, 2), (at(1 - 1e-6, 2) + at(1 + 1e-6, 2)) / 2, 1e-9)).toBe(true)
  expect(near(at(0.4, 0.6), (at(0.4, 0.6 - 1e-6) + at(0.4, 0.6 + 1e-6)) / 2, 1e-9)).toBe(true)
})

const truth = { kind: 'bg-nbd', r: 0.6, alpha: 8, a: 0.8, b: 3 } as const
const groups = groupPurchases(purchaseHistoryOf(simulatedLists(truth, 6_000), simulationEnd))

test('fits simulated customers at the maximum that SciPy finds, and recovers the truth', () => {
  const fit = fitBgNbd(groups)
  expect(fit).toMatchObject({ usable: true, reason: null })
  expect(near(fit.logLikelihood!, -73365.4031153239, 1e-9)).toBe(true)
  for (const [name, found] of [
    ['r', 0.59882410651],
    ['alpha', 8.21171455384],
    ['a', 0.85210023885],
    ['b', 3.2902594636],
  ] as const) {
    expect(near(fit.model![name], found, 1e-8)).toBe(true)
    expect(Math.abs(fit.model![name] - truth[name])).toBeLessThan(3 * fit.standardErrors![name]!)
  }
  expect(fit.gradientNorm).toBeLessThan(1e-6)
})

test('the gradient is the slope of the likelihood', () => {
  const objective = betaGeometricObjective(groups, 0)
  const at = Float64Array.of(0.1, 1.9, -0.4, 0.8)
  const gradient = new Float64Array(4)
  objective(at, gradient)
  for (let i = 0; i < 4; i++) {
    const [up, down] = [1e-5, -1e-5].map((step) =>
      objective(
        at.map((v, j) => (j === i ? v + step : v)),
        new Float64Array(4),
      ),
    )
    expect(near((up! - down!) / 2e-5, gradient[i]!, 1e-6)).toBe(true)
  }
})

test('a sample of the groups leads to the same place, only less exactly', () => {
  const sample = sampleGroups(groups, 4)
  expect(sample.customers).toBeGreaterThan(groups.customers / 8)
  expect(sample.weightByAge.reduce((sum, w) => sum + w, 0)).toBe(sample.customers)
  const minimum = minimizeOverGroups(sample, (some) => betaGeometricObjective(some, 0), [0, 2, 0, 0])
  expect(Math.abs(Math.exp(minimum.parameters[0]!) - truth.r)).toBeLessThan(0.1)
})

test.skipIf(!hasFixture('cdnow_sample.csv'))('CDNOW, calibrated to 1997-09-30 (skips where cdnow_sample.csv is missing)', () => {
  const history = purchaseHistoryOf([...cdnowLists().values()], dayOf('1997-09-30'))
  const sample = groupPurchases(history)
  expect([sample.customers, sample.repeaters, sample.groups]).toEqual([2_357, 946, 1_016])
  const fit = fitBgNbd(sample)
  expect(near(fit.logLikelihood!, -9582.429206673933, 1e-9)).toBe(true)
  expect(near(bgNbdLogLikelihood(sample, golden), -9582.429206673933, 1e-9)).toBe(true)
  for (const name of ['r', 'alpha', 'a', 'b'] as const) expect(near(fit.model![name], golden[name], 1e-6)).toBe(true)
  for (const [name, error] of [
    ['r', 0.01255737806733114],
    ['alpha', 0.37822405984151863],
    ['a', 0.18573382160429486],
    ['b', 0.7054142607927564],
  ] as const) {
    expect(near(fit.standardErrors![name]!, error, 1e-6)).toBe(true)
  }
  let orders = 0
  let alive = 0
  for (let i = 0; i < history.customers; i++) {
    const [x, tx, T] = [frequencyOf(history, i), recencyDaysOf(history, i) / 7, ageDaysOf(history, i) / 7]
    alive += bgNbdAlive(golden, x, tx, T) / history.customers
    orders += bgNbdAlive(golden, x, tx, T) * bgNbdOrdersIfAlive(golden, x, T, 39)
  }
  expect(near(orders, 1653.408697942546, 1e-8)).toBe(true)
  expect(near(alive, 0.8134398264911827, 1e-8)).toBe(true)
})

const parameter = fc.double({ min: 0.05, max: 20, noNaN: true })
const model = fc.record({ r: parameter, alpha: parameter, a: parameter, b: parameter })
const customer = fc.record({
  x: fc.integer({ min: 1, max: 200 }),
  T: fc.double({ min: 1, max: 300, noNaN: true }),
  early: fc.double({ min: 0, max: 1, noNaN: true }),
  late: fc.double({ min: 0, max: 1, noNaN: true }),
})

test('all else equal, who bought more recently is never less likely to be alive', () => {
  fc.assert(
    fc.property(model, customer, (m, { x, T, early, late }) => {
      const [first, second] = [Math.min(early, late) * T, Math.max(early, late) * T]
      expect(bgNbdAlive(m, x, second, T)).toBeGreaterThanOrEqual(bgNbdAlive(m, x, first, T) * (1 - 1e-12))
    }),
  )
})

test('probabilities stay probabilities, more time never brings fewer orders, and any order at all is rarer than orders on average', () => {
  fc.assert(
    fc.property(model, customer, fc.double({ min: 0.1, max: 200, noNaN: true }), (m, { x, T, late }, t) => {
      const alive = bgNbdAlive(m, x, late * T, T)
      const [orders, longer] = [bgNbdOrdersIfAlive(m, x, T, t), bgNbdOrdersIfAlive(m, x, T, 1.5 * t)]
      const any = purchaseProbabilityIfAlive(m.r, m.alpha, x, T, t)
      expect(alive >= 0 && alive <= 1).toBe(true)
      expect(any >= 0 && any <= 1).toBe(true)
      expect(orders).toBeGreaterThanOrEqual(any * (1 - 1e-9))
      expect(longer).toBeGreaterThanOrEqual(orders * (1 - 1e-9))
    }),
  )
})
