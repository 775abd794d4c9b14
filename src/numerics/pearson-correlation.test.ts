import { expect, test } from 'vitest'
import { pearsonCorrelation } from './pearson-correlation.ts'

test('a worked example', () => expect(pearsonCorrelation([1, 2, 3, 4, 5], [2, 1, 4, 3, 7])).toBeCloseTo(0.8241633836921342, 12))
test('a straight line is 1 or −1, also far from 0', () => {
  expect(pearsonCorrelation([1e9, 1e9 + 1, 1e9 + 2], [5, 7, 9])).toBeCloseTo(1, 12)
  expect(pearsonCorrelation([1, 2], [5, 3])).toBeCloseTo(-1, 12)
})
test('not defined without variation or with one pair', () => {
  expect(pearsonCorrelation([1, 1], [1, 2])).toBeNull()
  expect(pearsonCorrelation([1], [1])).toBeNull()
})
