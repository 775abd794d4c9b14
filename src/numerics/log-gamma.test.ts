import { expect, test } from 'vitest'
import { logGamma } from './log-gamma.ts'

// 40-digit values made with mpmath.
test.each([
  [1e-6, 13.815509980749431714],
  [0.1, 2.252712651734205902],
  [0.5, 0.57236494292470008707],
  [1, 0],
  [1.5, -0.12078223763524522235],
  [2, 0],
  [3.7, 1.4280723266653881292],
  [9.99, 12.77931521435019336],
  [10, 12.801827480081469611],
  [25.25, 55.585686044869429708],
  [170.5, 704.00442773420467079],
  [1e5, 1051287.7089736568949],
])('ln Γ(%d)', (x, expected) => {
  expect(Math.abs(logGamma(x) - expected)).toBeLessThan(2e-14 + 1e-15 * Math.abs(expected))
})

test.each([0, -1, -0.5, Number.NaN])('not defined at %d', (x) => expect(logGamma(x)).toBeNaN())
