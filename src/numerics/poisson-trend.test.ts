import fc from 'fast-check'
import { expect, test } from 'vitest'
import { poissonTrend } from './poisson-trend.ts'

const ones = (n: number) => Array<number>(n).fill(1)

test('deaths by quarter of A. J. Dobson (1990): slope 0.2565, standard error 0.0220', () => {
  const counts = [0, 1, 2, 3, 1, 4, 9, 18, 23, 31, 20, 25, 37, 45]
  const found = poissonTrend(counts, ones(14))!
  // More digits by maximum likelihood in scipy 1.17.
  expect(found.slope).toBeCloseTo(0.256523593717915, 10)
  expect(found.standardError).toBeCloseTo(0.022039113258498267, 10)
  expect(found.dispersion).toBeCloseTo(2.403942082896752, 8)
  expect(found.change).toBeCloseTo(Math.expm1(0.256523593717915), 10)
  // Student's quantile with 12 degrees of freedom, and the error widened by the root of the dispersion.
  const half = 2.1788128296634177 * 0.022039113258498267 * Math.sqrt(2.403942082896752)
  expect(found.low).toBeCloseTo(Math.expm1(0.256523593717915 - half), 7)
  expect(found.high).toBeCloseTo(Math.expm1(0.256523593717915 + half), 7)
})
test('a rate that doubles each period, by orders that grow as well', () => {
  const exposures = [100, 300, 200, 50]
  const found = poissonTrend(
    exposures.map((orders, step) => orders * 2 ** step),
    exposures,
  )!
  expect(found.change).toBeCloseTo(1, 10)
  expect(found.dispersion).toBeCloseTo(0, 10)
  // Without excess scatter the error is not widened.
  expect(found.high).toBeCloseTo(Math.expm1(found.slope + 1.959963984540054 * found.standardError), 12)
})
test('what has no slope', () => {
  expect(poissonTrend([3, 4], [1, 1])).toBeNull()
  expect(poissonTrend([0, 0, 0], [1, 1, 1])).toBeNull()
  expect(poissonTrend([9, 0, 0], [1, 1, 1])).toBeNull()
  expect(poissonTrend([0, 0, 9], [1, 1, 1])).toBeNull()
  // Of these four only two have orders.
  expect(poissonTrend([3, 4, 0, 0], [1, 1, 0, 0])).toBeNull()
})
test('a period without exposure is a gap in time, not a period of nothing', () => {
  const found = poissonTrend([10, 20, 0, 80], [1, 1, 0, 1])!
  expect(found.change).toBeCloseTo(1, 10)
})
test('a step so steep that doubles end still has a finite answer', () => {
  const found = poissonTrend([...Array<number>(58).fill(0), 1, 1e6], ones(60))!
  expect(Number.isFinite(found.low) && Number.isFinite(found.high)).toBe(true)
})

const series = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 3, maxLength: 24 })
test('run backwards, growth is decline', () =>
  fc.assert(
    fc.property(series, (counts) => {
      const there = poissonTrend(counts, ones(counts.length))!
      const back = poissonTrend(counts.toReversed(), ones(counts.length))!
      expect(there.slope).toBeCloseTo(-back.slope, 9)
      expect(there.low).toBeLessThanOrEqual(there.change)
      expect(there.high).toBeGreaterThanOrEqual(there.change)
      // A change that loses all but a thousandth has no digits left to turn round.
      if (there.low > -0.999) expect((1 + there.low) * (1 + back.high)).toBeCloseTo(1, 8)
    }),
  ))
