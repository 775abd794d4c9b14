import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bracketOfRank, logLimits, quantileRanks, rankOfShare } from './histogram-quantile.ts'

test('limits grow by their factor, in whole numbers without repeats, until they reach the largest', () => {
  expect(logLimits(60, 240, 2)).toEqual([60, 120, 240])
  expect(logLimits(60, 250, 2)).toEqual([60, 120, 240, 480])
  expect(logLimits(1, 10, 1.3)).toEqual([1, 2, 3, 4, 5, 6, 8, 11])
})
test('a rank lies in its bucket', () => {
  const limits = [10, 40, 90]
  const counts = [2, 0, 3, 1]
  expect(bracketOfRank(limits, counts, 2)).toEqual({ low: 0, high: 10, estimate: 5 })
  expect(bracketOfRank(limits, counts, 3)).toEqual({ low: 40, high: 90, estimate: 60 })
  expect(bracketOfRank(limits, counts, 5)).toMatchObject({ low: 40 })
  expect(bracketOfRank(limits, counts, 6)).toEqual({ low: 90, high: null, estimate: 90 })
  expect(bracketOfRank(limits, counts, 7)).toBeNull()
  expect(bracketOfRank(limits, counts, 0)).toBeNull()
})
test('ranks of shares are not one too many where binary fractions are', () => {
  expect(rankOfShare(70, 0.9)).toBe(63)
  expect(rankOfShare(10, 0.5)).toBe(5)
  expect(rankOfShare(11, 0.5)).toBe(6)
  expect(rankOfShare(7, 0)).toBe(1)
  expect(rankOfShare(7, 1)).toBe(7)
})

// Tables of the sign test: of the median of n values the ranks k and n + 1 − k.
test.each([
  [5, null, null],
  [6, 1, 6],
  [8, 1, 8],
  [9, 2, 8],
  [10, 2, 9],
  [15, 4, 12],
  [20, 6, 15],
  [25, 8, 18],
])('of %d values the median lies between these ranks', (n, low, high) => expect(quantileRanks(n, 0.5)).toEqual({ low, high }))
test('of fewer than 36 values nobody can say how high the ninth decile may be', () => {
  // 0.9 to the power of 35 is 0.0250316, of 36 0.0225.
  expect(quantileRanks(35, 0.9).high).toBeNull()
  expect(quantileRanks(36, 0.9).high).toBe(36)
  expect(quantileRanks(0, 0.9)).toEqual({ low: null, high: null })
})

test('the bracket holds the true order statistic, whatever the values', () =>
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 60 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (values, share) => {
        const limits = logLimits(5, 2_000, 1.2)
        const counts = Array<number>(limits.length + 1).fill(0)
        for (const value of values) {
          const bucket = limits.filter((limit) => limit <= value).length
          counts[bucket] = counts[bucket]! + 1
        }
        const rank = rankOfShare(values.length, share)
        const truth = values.toSorted((a, b) => a - b)[rank - 1]!
        const { low, high, estimate } = bracketOfRank(limits, counts, rank)!
        expect(truth).toBeGreaterThanOrEqual(low)
        expect(truth).toBeLessThan(high ?? Number.POSITIVE_INFINITY)
        expect(estimate).toBeGreaterThanOrEqual(low)
        const ranks = quantileRanks(values.length, share)
        expect(ranks.low ?? 1).toBeLessThanOrEqual(ranks.high ?? values.length)
      },
    ),
  ))
