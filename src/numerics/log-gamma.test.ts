import { expect, test } from 'vitest'
import { logGamma } from './log-gamma.ts'

// 40-digit values made with mpmath.
test.each([
  [1e-6, 13.815509980749432],
  [0.1, 2.252712651734206],
  [0.5, 0.5723649429247001],
  [1, 0],
  [1.5, -0.12078223763524522],
  [2, 0],
  [3.7, 1.428072326665388],
  [9.99, 12.779315214350193],
  [10, 12.801827480081469],
  [25.25, 55.585686044869426],
  [170.5, 704.0044277342047],
  [1e5, 1051287.7089736569],
])('ln Γ(%d)', (x, expected) => {
  expect(Math.abs(logGamma(x) - expected)).toBeLessThan(2e-14 + 1e-15 * Math.abs(expected))
})

test.each([0, -1, -0.5, Number.NaN])('not defined at %d', (x) => expect(logGamma(x)).toBeNaN())
