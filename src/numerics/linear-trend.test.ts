import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linearTrend } from './linear-trend.ts'

test("Anscombe's first set", () => {
  // F. J. Anscombe, The American Statistician 27 (1973): slope 0.500, standard error 0.118.
  const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]
  const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]
  const found = linearTrend(x, y)!
  expect(found.slope).toBeCloseTo(0.500090909, 8)
  expect(found.standardError).toBeCloseTo(0.117905501, 8)
  expect(found.low).toBeCloseTo(0.500090909 - 2.262157163 * 0.117905501, 7)
  expect(found.high).toBeCloseTo(0.500090909 + 2.262157163 * 0.117905501, 7)
})
test('too few points, or all at one place, have no slope', () => {
  expect(linearTrend([1, 2], [3, 4])).toBeNull()
  expect(linearTrend([2, 2, 2], [3, 4, 5])).toBeNull()
})
test('points on a line have its slope and no error', () =>
  fc.assert(
    fc.property(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 }), fc.integer({ min: 3, max: 30 }), (a, b, n) => {
      const x = Array.from({ length: n }, (_, i) => i)
      const found = linearTrend(
        x,
        x.map((at) => a + b * at),
      )!
      expect(found.slope).toBeCloseTo(b, 10)
      expect(found.high - found.low).toBeLessThan(1e-9)
    }),
  ))
