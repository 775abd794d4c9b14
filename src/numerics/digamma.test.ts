import { expect, test } from 'vitest'
import { digamma } from './digamma.ts'

// 40-digit values made with mpmath.
test.each([
  [1e-6, -1000000.5772140201],
  [0.1, -10.423754940411076],
  [0.5, -1.9635100260214235],
  [1, -0.5772156649015329],
  [1.5, 0.03648997397857652],
  [3.7, 1.1671535393615113],
  [9.99, 2.250700372831201],
  [10, 2.251752589066721],
  [25.25, 3.2088934898690553],
  [170.5, 5.135799878794703],
  [1e5, 11.512920464961896],
])('ψ(%d)', (x, expected) => {
  expect(Math.abs(digamma(x) - expected)).toBeLessThan(5e-15 + 1e-15 * Math.abs(expected))
})

test('not defined at 0 and below', () => expect([digamma(0), digamma(-2)]).toEqual([Number.NaN, Number.NaN]))
