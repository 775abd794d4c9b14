import fc from 'fast-check'
import { expect, test } from 'vitest'
import { incompleteGamma } from './incomplete-gamma.ts'

// scipy.special.gammainc and gammaincc, 1.17.
test.each([
  [0.5, 0.3, 0.5614219739190003, 0.4385780260809997],
  [5, 2, 0.052653017343711125, 0.9473469826562889],
  [5, 9, 0.945036358504895, 0.05496364149510497],
  [100, 80, 0.0171083130351331, 0.9828916869648668],
  [100, 120, 0.9721362601094793, 0.027863739890520652],
])('P and Q of (%d, %d)', (a, x, lower, upper) => {
  const found = incompleteGamma(a, x)
  expect(Math.abs(found.lower / lower - 1)).toBeLessThan(1e-12)
  expect(Math.abs(found.upper / upper - 1)).toBeLessThan(1e-12)
})

test('a large shape still converges', () => expect(incompleteGamma(1e5, 100_300).lower).toBeCloseTo(0.8286363112512075, 9))

test('of shape 1 it is the exponential distribution, far into its tail', () => {
  for (const x of [0.001, 1, 2, 30, 500]) {
    expect(Math.abs(incompleteGamma(1, x).upper / Math.exp(-x) - 1)).toBeLessThan(1e-12)
    expect(Math.abs(incompleteGamma(1, x).lower / -Math.expm1(-x) - 1)).toBeLessThan(1e-12)
  }
})

test('ends and what is no argument', () => {
  expect(incompleteGamma(3, 0)).toEqual({ lower: 0, upper: 1 })
  expect(incompleteGamma(3, Number.POSITIVE_INFINITY)).toEqual({ lower: 1, upper: 0 })
  for (const [a, x] of [
    [0, 1],
    [-1, 1],
    [1, -1],
    [Number.NaN, 1],
    [1, Number.NaN],
  ] as const)
    expect(incompleteGamma(a, x).lower).toBeNaN()
})

test('both tails are within 0…1, add up to 1 and move the right way', () =>
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 2_000, noNaN: true }),
      fc.double({ min: 0, max: 3_000, noNaN: true }),
      fc.double({ min: 0, max: 50, noNaN: true }),
      (a, x, more) => {
        const here = incompleteGamma(a, x)
        expect(here.lower).toBeGreaterThanOrEqual(0)
        expect(here.upper).toBeGreaterThanOrEqual(0)
        expect(Math.abs(here.lower + here.upper - 1)).toBeLessThan(1e-12)
        expect(incompleteGamma(a, x + more).lower).toBeGreaterThanOrEqual(here.lower - 1e-12)
      },
    ),
  ))
