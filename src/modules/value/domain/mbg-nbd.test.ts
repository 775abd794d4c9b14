import { expect, test } from 'vitest'
import { cdnowLists, dayOf, hasFixture, near, simulatedLists, simulationEnd } from '#test/value-fixtures.ts'
import { fitMbgNbd, mbgNbdAlive, mbgNbdLogLikelihood, mbgNbdOrdersIfAlive } from './mbg-nbd.ts'
import { groupPurchases } from './purchase-groups.ts'
import { ageDaysOf, frequencyOf, purchaseHistoryOf, recencyDaysOf } from './purchase-history.ts'

// golden/mbg_churn_degenerate.json, cdnow_sample.
const golden = { kind: 'mbg-nbd', r: 0.5248431591062993, alpha: 6.183085279576026, a: 0.8913593907322142, b: 1.6140022401703378 } as const

test.each([
  [2, 213, 272, 0.7061384789853541, 1.2627588508636307],
  [1, 12, 272, 0.17095107915331012, 0.1889449017977788],
  [0, 0, 272, 0.389722976582835, 0.15396601900139514],
])('CDNOW customer with x = %i, tx = %i, T = %i days', (x, tx, T, alive, orders) => {
  expect(near(mbgNbdAlive(golden, x, tx / 7, T / 7), alive, 1e-8)).toBe(true)
  expect(near(mbgNbdAlive(golden, x, tx / 7, T / 7) * mbgNbdOrdersIfAlive(golden, x, T / 7, 39), orders, 1e-8)).toBe(true)
})

test('fits simulated customers at the maximum that SciPy finds, and recovers the truth', () => {
  const truth = { kind: 'mbg-nbd', r: 0.6, alpha: 8, a: 0.8, b: 3 } as const
  const fit = fitMbgNbd(groupPurchases(purchaseHistoryOf(simulatedLists(truth, 6_000), simulationEnd)))
  expect(fit).toMatchObject({ usable: true, reason: null })
  expect(near(fit.logLikelihood!, -63495.17900238202, 1e-9)).toBe(true)
  for (const [name, found] of [
    ['r', 0.53115065873],
    ['alpha', 7.55211964072],
    ['a', 0.900392491],
    ['b', 3.97506774978],
  ] as const) {
    expect(near(fit.model![name], found, 1e-8)).toBe(true)
    expect(Math.abs(fit.model![name] - truth[name])).toBeLessThan(3 * fit.standardErrors![name]!)
  }
})

test.skipIf(!hasFixture('cdnow_sample.csv'))('CDNOW, calibrated to 1997-09-30 (skips where cdnow_sample.csv is missing)', () => {
  const history = purchaseHistoryOf([...cdnowLists().values()], dayOf('1997-09-30'))
  const groups = groupPurchases(history)
  const fit = fitMbgNbd(groups)
  expect(near(fit.logLikelihood!, -9582.13571555375, 1e-9)).toBe(true)
  expect(near(mbgNbdLogLikelihood(groups, golden), -9582.13571555375, 1e-9)).toBe(true)
  for (const name of ['r', 'alpha', 'a', 'b'] as const) expect(near(fit.model![name], golden[name], 1e-6)).toBe(true)
  let orders = 0
  for (let i = 0; i < history.customers; i++) {
    const [x, tx, T] = [frequencyOf(history, i), recencyDaysOf(history, i) / 7, ageDaysOf(history, i) / 7]
    orders += mbgNbdAlive(golden, x, tx, T) * mbgNbdOrdersIfAlive(golden, x, T, 39)
  }
  expect(near(orders, 1576.7283018961502, 1e-8)).toBe(true)
})
