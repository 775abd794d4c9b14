import fc from 'fast-check'
import { expect, test } from 'vitest'
import { standardDeviation } from './standard-deviation.ts'

test('a known sample', () => {
  const found = standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])!
  expect(found.mean).toBe(5)
  expect(found.deviation).toBeCloseTo(Math.sqrt(32 / 7), 14)
})
test('the interval of ten values of deviation 1 is 0.688 … 1.826', () => {
  // Chi-square with 9 degrees of freedom: 2.7004 and 19.0228.
  const half = Math.sqrt(0.9)
  const found = standardDeviation([...Array<number>(5).fill(half), ...Array<number>(5).fill(-half)])!
  expect(found.deviation).toBeCloseTo(1, 12)
  expect(found.low).toBeCloseTo(0.6878352067489997, 9)
  expect(found.high).toBeCloseTo(1.8256101825195739, 9)
})
test('one value does not spread', () => expect(standardDeviation([3])).toBeNull())
test('moving all values moves the mean alone', () =>
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 24 }),
      fc.integer({ min: -100, max: 100 }),
      (values, by) => {
        const here = standardDeviation(values)!
        const there = standardDeviation(values.map((value) => value + by))!
        expect(there.mean).toBeCloseTo(here.mean + by, 9)
        expect(there.deviation).toBeCloseTo(here.deviation, 9)
        expect(here.low).toBeLessThanOrEqual(here.deviation)
        expect(here.high).toBeGreaterThanOrEqual(here.deviation)
      },
    ),
  ))
