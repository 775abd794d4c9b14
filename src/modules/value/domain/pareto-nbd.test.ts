import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cdnowLists, dayOf, hasFixture, near, simulatedLists, simulationEnd } from '#test/value-fixtures.ts'
import { expectedOrdersOfNewCustomer } from './order-model.ts'
import { emptyParetoIntegral, paretoIntegral } from './pareto-integral.ts'
import { paretoNbdObjective } from './pareto-likelihood.ts'
import { fitParetoNbd, paretoNbdAlive, paretoNbdLogLikelihood, paretoNbdOrderingIfAlive, paretoNbdOrdersIfAlive } from './pareto-nbd.ts'
import { groupPurchases } from './purchase-groups.ts'
import { ageDaysOf, frequencyOf, purchaseHistoryOf, recencyDaysOf } from './purchase-history.ts'

// golden/cdnow_sample.json, mle_paretonbd.
const golden = {
  kind: 'pareto-nbd',
  r: 0.5532770468898819,
  alpha: 10.577683463657765,
  s: 0.6062399889003347,
  beta: 11.668735281035644,
} as const
const names = ['r', 'alpha', 's', 'beta'] as const

test.each([
  [2, 213, 272, 0.8691342636370202, 1.455201701718411],
  [1, 12, 272, 0.16799605793707192, 0.1711143363167005],
  [0, 0, 272, 0.29511257157404247, 0.10707023245979398],
  [29, 264, 266, 0.9961869438869756, 19.595849248095348],
  [21, 33, 205, 2.4046384604406417e-8, 4.0754033757447893e-7],
])('CDNOW customer with x = %i, tx = %i, T = %i days', (x, tx, T, alive, orders) => {
  expect(near(paretoNbdAlive(golden, x, tx / 7, T / 7), alive, 1e-8)).toBe(true)
  expect(near(paretoNbdAlive(golden, x, tx / 7, T / 7) * paretoNbdOrdersIfAlive(golden, x, T / 7, 39), orders, 1e-8)).toBe(true)
})

test('a new customer in 39 weeks', () => expect(near(expectedOrdersOfNewCustomer(golden, 39), 1.213404018092322, 1e-8)).toBe(true))

// By mpmath quadrature with 40 digits: r, α, s, β, x, tx, T.
test.each([
  [[0.5533, 10.578, 0.6062, 11.669, 2, 30.43, 38.86], 0.8691242543735004],
  [[0.5533, 10.578, 0.6062, 11.669, 0, 0, 38.86], 0.29511816029135085],
  [[0.5, 0.2, 0.6, 300, 5, 20, 100], 0.015727764016005143],
  [[2, 50, 1.5, 0.1, 3, 2, 100], 0.000018796543006525724],
  [[0.7, 3, 0.4, 8, 200, 50, 104], 2.459073450561451e-59],
  [[0.7, 3, 0.4, 8, 30, 99.9, 100], 0.999623949359867],
  [[0.7, 3, 0.4, 8, 60, 10, 400], 1.797878368905894e-89],
])('alive at %j', ([r, alpha, s, beta, x, tx, T], expected) => {
  expect(near(paretoNbdAlive({ r: r!, alpha: alpha!, s: s!, beta: beta! }, x!, tx!, T!), expected, 1e-11)).toBe(true)
})

// r, α, s, β, x, T, t.
test.each([
  [[0.5533, 10.578, 0.6062, 11.669, 2, 38.86, 39], 0.6810494968789116],
  [[0.7, 3, 0.4, 8, 60, 100, 52], 0.9937499125396203],
  [[0.05, 30, 2, 0.5, 0, 0, 500], 0.0007868204592088025],
])('ordering if alive at %j', ([r, alpha, s, beta, x, T, t], expected) => {
  expect(near(paretoNbdOrderingIfAlive({ r: r!, alpha: alpha!, s: s!, beta: beta! }, x!, T!, t!), expected, 1e-11)).toBe(true)
})

test('the integral adds up over its parts', () => {
  const [whole, left, right] = [emptyParetoIntegral(), emptyParetoIntegral(), emptyParetoIntegral()]
  paretoIntegral(golden, 3.5, 4, 60, whole, true)
  paretoIntegral(golden, 3.5, 4, 20, left, true)
  paretoIntegral(golden, 3.5, 20, 60, right, true)
  const fall = ((golden.alpha + 4) / (golden.alpha + 20)) ** 3.5 * ((golden.beta + 4) / (golden.beta + 20)) ** golden.s
  expect(near(whole.value, left.value + fall * right.value, 1e-12)).toBe(true)
})

test('orders if alive are continuous at s = 1', () => {
  const at = (s: number) => paretoNbdOrdersIfAlive({ ...golden, s }, 3, 30, 52)
  expect(near(at(1), (at(1 - 1e-6) + at(1 + 1e-6)) / 2, 1e-9)).toBe(true)
})

const truth = { kind: 'pareto-nbd', r: 0.6, alpha: 8, s: 0.7, beta: 15 } as const
const groups = groupPurchases(purchaseHistoryOf(simulatedLists(truth, 6_000), simulationEnd))

test('fits simulated customers and recovers the truth', () => {
  const fit = fitParetoNbd(groups)
  expect(fit).toMatchObject({ usable: true, reason: null })
  // The same likelihood by 200-node quadrature in NumPy at this point: −58266.51768192332.
  expect(near(fit.logLikelihood!, -58266.51768192332, 1e-9)).toBe(true)
  for (const [name, found] of [
    ['r', 0.62847648012],
    ['alpha', 8.70322485303],
    ['s', 0.72256270412],
    ['beta', 14.77046126807],
  ] as const) {
    expect(near(fit.model![name], found, 1e-7)).toBe(true)
    expect(Math.abs(fit.model![name] - truth[name])).toBeLessThan(3 * fit.standardErrors![name]!)
  }
})

test.each([[[-0.5, 2.2, -0.4, 2.6]], [[0.3, 0.1, 0.4, -0.7]]])(
  'the gradient is the slope of the likelihood, and tables by day agree with integrals by customer, at %j',
  (start) => {
    const at = Float64Array.from(start)
    const objective = paretoNbdObjective(groups)
    const gradient = new Float64Array(4)
    const value = objective(at, gradient)
    for (let i = 0; i < 4; i++) {
      const [up, down] = [1e-5, -1e-5].map((step) =>
        objective(
          at.map((v, j) => (j === i ? v + step : v)),
          new Float64Array(4),
        ),
      )
      expect(near((up! - down!) / 2e-5, gradient[i]!, 1e-5)).toBe(true)
    }
    const [r, alpha, s, beta] = at.map(Math.exp)
    const model = { r: r!, alpha: alpha!, s: s!, beta: beta! }
    let direct = 0
    for (let k = 0; k < groups.frequencies.length; k++) {
      const x = groups.frequencies[k]!
      let rising = 0
      for (let j = 0; j < x; j++) rising += Math.log(model.r + j)
      for (let i = groups.sliceStart[k]!; i < groups.sliceStart[k + 1]!; i++) {
        const [tx, T] = [groups.recency[i]! / 7, groups.age[i]! / 7]
        const time =
          model.r * Math.log(model.alpha) +
          model.s * Math.log(model.beta) -
          (model.r + x) * Math.log(model.alpha + T) -
          model.s * Math.log(model.beta + T)
        direct += groups.weight[i]! * (rising + time - Math.log(paretoNbdAlive(model, x, tx, T)))
      }
    }
    expect(near(-value, direct, 1e-11)).toBe(true)
  },
)

test.skipIf(!hasFixture('cdnow_sample.csv'))('CDNOW, calibrated to 1997-09-30 (skips where cdnow_sample.csv is missing)', () => {
  const history = purchaseHistoryOf([...cdnowLists().values()], dayOf('1997-09-30'))
  const sample = groupPurchases(history)
  const fit = fitParetoNbd(sample)
  expect(near(fit.logLikelihood!, -9594.976178939543, 1e-9)).toBe(true)
  expect(near(paretoNbdLogLikelihood(sample, golden), -9594.976178939543, 1e-9)).toBe(true)
  for (const name of names) expect(near(fit.model![name], golden[name], 1e-6)).toBe(true)
  let orders = 0
  for (let i = 0; i < history.customers; i++) {
    const [x, tx, T] = [frequencyOf(history, i), recencyDaysOf(history, i) / 7, ageDaysOf(history, i) / 7]
    orders += paretoNbdAlive(golden, x, tx, T) * paretoNbdOrdersIfAlive(golden, x, T, 39)
  }
  expect(near(orders, 1665.513107333726, 1e-7)).toBe(true)
})

const parameter = fc.double({ min: 0.05, max: 20, noNaN: true })
test('all else equal, who bought more recently is never less likely to be alive', () => {
  const model = fc.record({ r: parameter, alpha: parameter, s: parameter, beta: parameter })
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(
      model,
      fc.integer({ min: 1, max: 200 }),
      fc.double({ min: 1, max: 300, noNaN: true }),
      share,
      share,
      (m, x, T, one, other) => {
        const [early, late] = [Math.min(one, other) * T, Math.max(one, other) * T]
        const [before, after] = [paretoNbdAlive(m, x, early, T), paretoNbdAlive(m, x, late, T)]
        expect(before >= 0 && after <= 1).toBe(true)
        expect(after).toBeGreaterThanOrEqual(before * (1 - 1e-9))
      },
    ),
  )
})
