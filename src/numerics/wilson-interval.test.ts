import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shareDifference, wilsonInterval } from './wilson-interval.ts'

// R. G. Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, method 3, to four digits.
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('the score interval of %d in %d', (part, whole, low, high) => {
  const found = wilsonInterval(part, whole)
  expect(Math.abs(found.low - low)).toBeLessThan(0.00005)
  expect(Math.abs(found.high - high)).toBeLessThan(0.00005)
})
test('113 of 150', () => {
  const { low, high } = wilsonInterval(113, 150)
  expect(low).toBeCloseTo(0.6785967057397266, 12)
  expect(high).toBeCloseTo(0.8154183704471145, 12)
})
test('nothing is nothing known, all is not certainly all', () => {
  expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 })
  expect(wilsonInterval(10, 10).high).toBe(1)
  expect(wilsonInterval(10, 10).low).toBeCloseTo(10 / (10 + 1.959963984540054 ** 2), 12)
})

// R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890, table II, method 10, to four digits.
test.each([
  [56, 70, 48, 80, 0.0524, 0.3339],
  [9, 10, 3, 10, 0.1705, 0.809],
  [6, 7, 2, 7, 0.0582, 0.8062],
  [5, 56, 0, 29, -0.0381, 0.1926],
])('%d of %d less %d of %d', (a, m, b, n, low, high) => {
  const found = shareDifference({ part: a, whole: m }, { part: b, whole: n })
  expect(found.difference).toBeCloseTo(a / m - b / n, 14)
  expect(Math.abs(found.low - low)).toBeLessThan(0.00005)
  expect(Math.abs(found.high - high)).toBeLessThan(0.00005)
})

const counts = fc.tuple(fc.integer({ min: 1, max: 5_000 }), fc.nat(5_000)).map(([whole, raw]) => ({ part: raw % (whole + 1), whole }))
test('an interval lies within 0…1 around its share, and four times as many make it narrower', () =>
  fc.assert(
    fc.property(counts, ({ part, whole }) => {
      const { low, high } = wilsonInterval(part, whole)
      expect(low).toBeGreaterThanOrEqual(0)
      expect(high).toBeLessThanOrEqual(1)
      expect(low).toBeLessThanOrEqual(part / whole)
      expect(high).toBeGreaterThanOrEqual(part / whole)
      const more = wilsonInterval(4 * part, 4 * whole)
      expect(more.high - more.low).toBeLessThan(high - low)
    }),
  ))
test('the difference turned round is the same interval turned round', () =>
  fc.assert(
    fc.property(counts, counts, (a, b) => {
      const there = shareDifference(a, b)
      const back = shareDifference(b, a)
      expect(there.low).toBeCloseTo(-back.high, 12)
      expect(there.low).toBeGreaterThanOrEqual(-1 - 1e-12)
      expect(there.high).toBeLessThanOrEqual(1 + 1e-12)
    }),
  ))
