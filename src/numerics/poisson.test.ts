import fc from 'fast-check'
import { expect, test } from 'vitest'
import { poissonAtLeast, poissonAtMost, poissonInterval } from './poisson.ts'

test('the tails are sums of e⁻ᵐ mᵏ / k!', () => {
  for (const mean of [0.2, 1, 4.6, 20]) {
    let term = Math.exp(-mean)
    let sum = term
    for (let count = 0; count < 40; count++) {
      expect(poissonAtMost(count, mean)).toBeCloseTo(sum, 13)
      expect(poissonAtLeast(count + 1, mean)).toBeCloseTo(1 - sum, 13)
      term *= mean / (count + 1)
      sum += term
    }
  }
  expect(poissonAtMost(-1, 3)).toBe(0)
  expect(poissonAtLeast(0, 3)).toBe(1)
  expect(poissonAtMost(0, 0)).toBe(1)
})

// F. Garwood (1936); more digits by scipy.stats.chi2, 1.17.
test.each([
  [0, 0, 3.6888794541139354],
  [1, 0.025317807984289897, 5.571643390938898],
  [2, 0.24220927854396507, 7.22468766772396],
  [3, 0.6186721228956015, 8.767273069742323],
  [5, 1.623486390118421, 11.66833207932267],
  [10, 4.7953886961324335, 18.39035604201778],
  [20, 12.216519585403946, 30.8883779026746],
  [100, 81.36399125092315, 121.62679379242638],
  [1000, 938.9730184076952, 1063.952136016302],
])('the interval of %d', (count, low, high) => {
  const found = poissonInterval(count)
  expect(found.low).toBeCloseTo(low, 9)
  expect(found.high).toBeCloseTo(high, 9)
})
test('with another confidence, and of what is no count', () => {
  expect(poissonInterval(7, 0.9).low).toBeCloseTo(3.285315691894671, 9)
  expect(poissonInterval(7, 0.9).high).toBeCloseTo(13.148113802432116, 9)
  for (const count of [-1, 0.5, Number.NaN]) expect(poissonInterval(count).low).toBeNaN()
})

test('the interval covers the true mean at least as often as it says', () => {
  for (const mean of [0.05, 0.7, 3, 3.7, 11, 40]) {
    let covered = 0
    for (let count = 0; count < 120; count++) {
      const { low, high } = poissonInterval(count)
      const chance = poissonAtMost(count, mean) - poissonAtMost(count - 1, mean)
      if (low <= mean && mean <= high) covered += chance
    }
    expect(covered).toBeGreaterThanOrEqual(0.95)
  }
})
test('a larger count has a higher interval around itself', () =>
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3_000 }), (count) => {
      const here = poissonInterval(count)
      const next = poissonInterval(count + 1)
      expect(here.low).toBeLessThanOrEqual(count)
      expect(here.high).toBeGreaterThan(count)
      expect(next.low).toBeGreaterThan(here.low)
      expect(next.high).toBeGreaterThan(here.high)
    }),
  ))
