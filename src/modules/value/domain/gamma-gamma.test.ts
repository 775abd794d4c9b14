import { expect, test } from 'vitest'
import { cdnowLists, dayOf, hasFixture, near, simulatedLists, simulationEnd } from '#test/value-fixtures.ts'
import { fitGammaGamma, gammaGammaExpectedSpend, gammaGammaLogLikelihood } from './gamma-gamma.ts'
import { monetaryOf, type PurchaseHistory, purchaseHistoryOf } from './purchase-history.ts'
import { expectedSpend, fitSpend } from './spend-model.ts'

// golden/cdnow_sample.json, mle_gammagamma.
const golden = { p: 6.24957227132418, q: 3.7442246671319754, gamma: 15.443520962587893 }

test.each([
  [2, 22.345, 24.6539186982204],
  [1, 11.77, 18.91001844678992],
  [0, 0, 35.170371265656065],
  [29, 26.26137931034483, 26.394263501901808],
  [21, 299.63380952380953, 294.21718991695894],
])('expected spend after %i repeat days at %d', (days, mean, expected) =>
  expect(near(gammaGammaExpectedSpend(golden, days, mean), expected, 1e-8)).toBe(true),
)

test('fits simulated spend at the maximum that SciPy finds, and recovers the truth', () => {
  const truth = { p: 6, q: 4, gamma: 15 }
  const { fit, model } = fitSpend(
    purchaseHistoryOf(simulatedLists({ kind: 'bg-nbd', r: 0.6, alpha: 8, a: 0.8, b: 3 }, 6_000), simulationEnd),
    100,
  )
  expect(fit).toMatchObject({ usable: true, reason: null, customers: 4_640 })
  expect(model).toBe(fit.model)
  expect(near(fit.logLikelihood!, -19106.52537402158, 1e-9)).toBe(true)
  for (const [name, found] of [
    ['p', 5.2591858945],
    ['q', 4.1821520809],
    ['gamma', 18.181319471],
  ] as const) {
    expect(near(fit.model![name], found, 1e-7)).toBe(true)
    expect(Math.abs(fit.model![name] - truth[name])).toBeLessThan(3 * fit.standardErrors![name]!)
  }
  expect(near(fit.populationMean!, (fit.model!.p * fit.model!.gamma) / (fit.model!.q - 1), 1e-12)).toBe(true)
  expect(Math.abs(fit.correlation!)).toBeLessThan(0.1)
})

test('another unit of money changes gamma and nothing else', () => {
  const sample = { days: Int32Array.of(1, 2, 3, 1, 2, 5, 1, 1, 4, 2), mean: Float64Array.of(12, 30, 25, 9, 70, 44, 31, 8, 15, 22) }
  const [one, hundred] = [fitGammaGamma(sample), fitGammaGamma({ ...sample, mean: sample.mean.map((m) => m * 100) })]
  expect(near(hundred.model!.p, one.model!.p, 1e-6)).toBe(true)
  expect(near(hundred.model!.gamma, one.model!.gamma * 100, 1e-6)).toBe(true)
  expect(near(gammaGammaLogLikelihood(sample, one.model!), one.logLikelihood!, 1e-10)).toBe(true)
})

test.each([
  ['nobody', [], []],
  ['one customer', [3], [20]],
  ['all the same', [1, 2, 3], [10, 10, 10]],
  ['each their own fixed price', [8, 9, 7, 12, 8, 6], [5, 5, 20, 20, 80, 300]],
  ['spread over nine powers of ten', [1, 1, 1, 2, 1, 1], [0.01, 1, 1e3, 1e5, 1e7, 2]],
])('odd but valid: %s', (_name, days, mean) => {
  const fit = fitGammaGamma({ days: Int32Array.from(days), mean: Float64Array.from(mean) })
  expect(JSON.stringify(fit)).not.toContain('NaN')
  expect(fit.usable || fit.reason !== null).toBe(true)
  if (fit.usable) for (const m of [0.01, 10, 1e5]) expect(gammaGammaExpectedSpend(fit.model!, 2, m)).toBeGreaterThan(0)
})

test('too few spenders get a labelled pooled estimate: their own mean drawn towards that of all by one purchase', () => {
  const history: PurchaseHistory = {
    ...purchaseHistoryOf([], 0),
    customers: 2,
    spendDays: Int32Array.of(1, 3),
    repeatSpend: Float64Array.of(1_000, 9_000),
  }
  const { model } = fitSpend(history, 100)
  expect(model).toEqual({ kind: 'pooled', mean: 20 })
  expect(expectedSpend(model, 3, 30)).toBe(27.5)
  expect(expectedSpend(model, 0, 0)).toBe(20)
})

test.skipIf(!hasFixture('cdnow_sample.csv'))('CDNOW, calibrated to 1997-09-30 (skips where cdnow_sample.csv is missing)', () => {
  const history = purchaseHistoryOf([...cdnowLists().values()], dayOf('1997-09-30'))
  const { fit } = fitSpend(history, 100)
  expect(fit.customers).toBe(946)
  expect(near(fit.logLikelihood!, -4055.917694801872, 1e-9)).toBe(true)
  for (const name of ['p', 'q', 'gamma'] as const) expect(near(fit.model![name], golden[name], 1e-6)).toBe(true)
  for (const [name, error] of [
    ['p', 1.1900553373150966],
    ['q', 0.2901330653824313],
    ['gamma', 4.159422756387629],
  ] as const)
    expect(near(fit.standardErrors![name]!, error, 1e-5)).toBe(true)
  expect(near(fit.correlation!, 0.11388791939125473, 1e-9)).toBe(true)
  const spenders = Int32Array.from({ length: history.customers }, (_, i) => i).filter((i) => history.spendDays[i]! > 0)
  const sample = {
    days: spenders.map((i) => history.spendDays[i]!),
    mean: Float64Array.from(spenders, (i) => monetaryOf(history, i) / 100),
  }
  expect(near(gammaGammaLogLikelihood(sample, golden), -4055.917694801872, 1e-9)).toBe(true)
})
