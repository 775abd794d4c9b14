import fc from 'fast-check'
import { expect, test } from 'vitest'
import { incompleteBeta } from './incomplete-beta.ts'

// scipy.special.betainc and betaincc, 1.17.
test.each([
  [2, 3, 0.4, 0.5248, 0.4752],
  [0.5, 0.5, 0.1, 0.20483276469913345, 0.7951672353008665],
  [12, 2, 0.9, 0.6213449802582001, 0.3786550197417999],
  [1, 1, 0.25, 0.25, 0.75],
])('I of (%d, %d) at %d', (a, b, x, lower, upper) => {
  const found = incompleteBeta(a, b, x)
  expect(Math.abs(found.lower / lower - 1)).toBeLessThan(1e-12)
  expect(Math.abs(found.upper / upper - 1)).toBeLessThan(1e-12)
})
test('large shapes still converge', () => {
  expect(incompleteBeta(3000, 7000, 0.31).upper).toBeCloseTo(0.014943671363309695, 11)
  expect(incompleteBeta(1e6, 2e6, 0.3334).lower).toBeCloseTo(0.5968015448890887, 7)
})

test('ends and what is no argument', () => {
  expect(incompleteBeta(2, 3, 0)).toEqual({ lower: 0, upper: 1 })
  expect(incompleteBeta(2, 3, 1)).toEqual({ lower: 1, upper: 0 })
  for (const [a, b, x] of [
    [0, 1, 0.5],
    [1, 0, 0.5],
    [1, 1, -0.1],
    [1, 1, 1.1],
    [1, 1, Number.NaN],
  ] as const)
    expect(incompleteBeta(a, b, x).lower).toBeNaN()
})

// So that 1 − x is exact.
const fractions = fc.integer({ min: 0, max: 1024 }).map((k) => k / 1024)
test('turned round it is the other tail, and it rises with x', () =>
  fc.assert(
    fc.property(
      fc.double({ min: 0.05, max: 500, noNaN: true }),
      fc.double({ min: 0.05, max: 500, noNaN: true }),
      fractions,
      fractions,
      (a, b, x, y) => {
        const here = incompleteBeta(a, b, x)
        expect(Math.abs(here.lower + here.upper - 1)).toBeLessThan(1e-12)
        expect(Math.abs(incompleteBeta(b, a, 1 - x).upper - here.lower)).toBeLessThan(1e-9)
        expect(Math.sign(y - x) * (incompleteBeta(a, b, y).lower - here.lower)).toBeGreaterThanOrEqual(-1e-12)
      },
    ),
  ))
