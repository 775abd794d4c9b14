import { expect, test } from 'vitest'
import { beta, exponential, gamma, normal, poisson, type Random, seededRandom } from './seeded-random.ts'

const draws = 40_000
/** Mean and variance of many draws are within five standard errors of the truth (kurtosis at most 9 in these cases). */
function expectMoments(draw: (random: Random) => number, mean: number, variance: number): void {
  const random = seededRandom(7)
  const values = Array.from({ length: draws }, () => draw(random))
  const found = values.reduce((sum, v) => sum + v, 0) / draws
  const spread = values.reduce((sum, v) => sum + (v - found) ** 2, 0) / draws
  expect(Math.abs(found - mean)).toBeLessThan(5 * Math.sqrt(variance / draws))
  expect(Math.abs(spread - variance)).toBeLessThan(5 * variance * Math.sqrt(8 / draws))
}

test('uniform', () => expectMoments((random) => random(), 1 / 2, 1 / 12))
test('normal', () => expectMoments(normal, 0, 1))
test('exponential', () => expectMoments((random) => exponential(random, 2), 1 / 2, 1 / 4))
test.each([
  [0.3, 2],
  [4, 0.5],
])('gamma(%d, %d)', (shape, rate) => expectMoments((random) => gamma(random, shape, rate), shape / rate, shape / rate ** 2))
test('beta', () => expectMoments((random) => beta(random, 0.8, 2.4), 0.25, (0.8 * 2.4) / (3.2 ** 2 * 4.2)))
test.each([0.5, 12, 200])('poisson(%d)', (mean) => expectMoments((random) => poisson(random, mean), mean, mean))

test('the same seed gives the same stream, another seed another, and all stay inside (0, 1)', () => {
  const [a, b, c] = [seededRandom(1), seededRandom(1), seededRandom(2)]
  const first = Array.from({ length: 1_000 }, () => a())
  expect(Array.from({ length: 1_000 }, () => b())).toEqual(first)
  expect(c()).not.toBe(first[0])
  expect(Math.min(...first)).toBeGreaterThan(0)
  expect(Math.max(...first)).toBeLessThan(1)
  // Fixed for good: seeds in other tests and the demo company stand on it.
  expect(first.slice(0, 3)).toEqual([0.7213824987283157, 0.4712726054673642, 0.46340516466969367])
})
