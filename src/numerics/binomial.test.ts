import fc from 'fast-check'
import { expect, test } from 'vitest'
import { binomialAtLeast, binomialAtMost, binomialInterval } from './binomial.ts'

test('the tails are sums of the binomial probabilities', () => {
  const n = 12
  for (const share of [0.05, 0.5, 0.9]) {
    let term = (1 - share) ** n
    let sum = term
    for (let count = 0; count <= n; count++) {
      expect(binomialAtMost(count, n, share)).toBeCloseTo(sum, 13)
      expect(binomialAtLeast(count, n, share)).toBeCloseTo(1 - sum + term, 13)
      term *= ((n - count) / (count + 1)) * (share / (1 - share))
      sum += term
    }
  }
  expect(binomialAtMost(-1, 5, 0.5)).toBe(0)
  expect(binomialAtMost(5, 5, 0.5)).toBe(1)
  expect(binomialAtLeast(0, 5, 0.5)).toBe(1)
  expect(binomialAtLeast(6, 5, 0.5)).toBe(0)
})

// R. G. Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, method 5 (Clopper–Pearson), to four digits.
test.each([
  [81, 263, 0.2527, 0.3676],
  [15, 148, 0.0578, 0.1617],
  [0, 20, 0, 0.1684],
  [1, 29, 0.0009, 0.1776],
])('the exact interval of %d in %d', (count, trials, low, high) => {
  const found = binomialInterval(count, trials)
  expect(Math.abs(found.low - low)).toBeLessThan(0.00005)
  expect(Math.abs(found.high - high)).toBeLessThan(0.00005)
})
test('nothing tried is nothing known', () => {
  expect(binomialInterval(0, 0)).toEqual({ low: 0, high: 1 })
  expect(binomialInterval(4, 4).high).toBe(1)
})
test('what was not seen has the interval of what was seen, turned round', () =>
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), fc.nat(400), (trials, raw) => {
      const count = raw % (trials + 1)
      const seen = binomialInterval(count, trials)
      const unseen = binomialInterval(trials - count, trials)
      expect(seen.low).toBeCloseTo(1 - unseen.high, 12)
      expect(seen.low).toBeLessThanOrEqual(count / trials)
      expect(seen.high).toBeGreaterThanOrEqual(count / trials)
    }),
  ))
