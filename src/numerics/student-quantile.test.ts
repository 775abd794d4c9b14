import { expect, test } from 'vitest'
import { studentQuantile } from './student-quantile.ts'

// Student's table, more digits by scipy.stats.t, 1.17.
test.each([
  [1, 12.706204736174694],
  [2, 4.302652729749462],
  [9, 2.262157162798205],
  [30, 2.0422724563012378],
])('with %d degrees of freedom', (freedom, expected) => expect(studentQuantile(freedom)).toBeCloseTo(expected, 10))
test('with many it is the normal quantile', () => {
  expect(studentQuantile(1e6)).toBeCloseTo(1.95996, 4)
  expect(studentQuantile(1e6, 0.9)).toBeCloseTo(1.64485, 4)
})
