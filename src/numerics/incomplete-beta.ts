import type { Tails } from './incomplete-gamma.ts'
import { logGamma } from './log-gamma.ts'

const neither: Tails = { lower: Number.NaN, upper: Number.NaN }
const mostSteps = 1_000_000

/**
 * Regularised incomplete beta function I_x(a, b) = `lower` and 1 − I_x(a, b) = `upper` for a, b > 0 and x in 0…1. NaN elsewhere.
 *
 * Continued fraction (modified Lentz) on the side where it converges fast. Abramowitz & Stegun 26.5.8.
 * Relative error of the smaller tail below 5e-12 for a + b ≤ 1,000 and about 1e-15 · (a + b) beyond; takes about 10 √(a + b) steps.
 *
 * @example incompleteBeta(2, 3, 0.4).lower // => 0.5248
 */
export function incompleteBeta(a: number, b: number, x: number): Tails {
  if (!(a > 0) || !(b > 0) || !(x >= 0 && x <= 1)) return neither
  if (x === 0) return { lower: 0, upper: 1 }
  if (x === 1) return { lower: 1, upper: 0 }
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
  if (x < (a + 1) / (a + b + 2)) {
    const lower = Math.min(1, (front * fraction(a, b, x)) / a)
    return { lower, upper: 1 - lower }
  }
  const upper = Math.min(1, (front * fraction(b, a, 1 - x)) / b)
  return { lower: 1 - upper, upper }
}

function fraction(a: number, b: number, x: number): number {
  let c = 1
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1))
  let result = d
  for (let step = 1; step < mostSteps; step++) {
    const even = (step * (b - step) * x) / ((a + 2 * step - 1) * (a + 2 * step))
    d = 1 / awayFromZero(1 + even * d)
    c = awayFromZero(1 + even / c)
    result *= d * c
    const odd = (-(a + step) * (a + b + step) * x) / ((a + 2 * step) * (a + 2 * step + 1))
    d = 1 / awayFromZero(1 + odd * d)
    c = awayFromZero(1 + odd / c)
    const factor = d * c
    result *= factor
    if (Math.abs(factor - 1) < 1e-16) break
  }
  return result
}

const awayFromZero = (value: number): number => (Math.abs(value) < 1e-300 ? 1e-300 : value)
