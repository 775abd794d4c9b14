import { expect, test } from 'vitest'
import { quantile } from './quantile.ts'

// numpy.quantile([1, 2, 4, 8, 16], …), method "linear".
test.each([
  [0, 1],
  [0.1, 1.4],
  [0.25, 2],
  [0.5, 4],
  [0.9, 12.8],
  [1, 16],
])('at %d', (share, expected) => expect(quantile([1, 2, 4, 8, 16], share)).toBeCloseTo(expected, 12))

test('one value is every quantile, and none is none', () => {
  expect(quantile([3], 0.7)).toBe(3)
  expect(quantile([], 0.5)).toBeNaN()
  expect(quantile([1, 2], 2)).toBe(2)
})
