import { expect, test } from 'vitest'
import { digamma } from './digamma.ts'

// 40-digit values made with mpmath.
test.each([
  [1e-6, -1000000.5772140200139],
  [0.1, -10.423754940411076232],
  [0.5, -1.9635100260214234794],
  [1, -0.57721566490153286061],
  [1.5, 0.036489973978576520559],
  [3.7, 1.1671535393615114409],
  [9.99, 2.250700372831201122],
  [10, 2.2517525890667211076],
  [25.25, 3.2088934898690552952],
  [170.5, 5.1357998787947034412],
  [1e5, 11.512920464961895087],
])('ψ(%d)', (x, expected) => {
  expect(Math.abs(digamma(x) - expected)).toBeLessThan(5e-15 + 1e-15 * Math.abs(expected))
})

test('not defined at 0 and below', () => expect([digamma(0), digamma(-2)]).toEqual([Number.NaN, Number.NaN]))
