import { logGamma } from './log-gamma.ts'

/** Both tails, because one minus the other loses the digits of the smaller one. */
export interface Tails {
  readonly lower: number
  readonly upper: number
}

const neither: Tails = { lower: Number.NaN, upper: Number.NaN }
const mostSteps = 1_000_000

/**
 * Regularised incomplete gamma functions P(a, x) = `lower` and Q(a, x) = `upper` for a > 0 and x ≥ 0; their sum is 1. NaN elsewhere.
 *
 * Series below x = a + 1, continued fraction (modified Lentz) above. Abramowitz & Stegun 6.5.29 and 6.5.31.
 * Relative error of the smaller tail below 1e-12 for a ≤ 1,000 and about 1e-15 · a beyond; takes about 10 √a steps near x = a.
 *
 * @example incompleteGamma(1, 2).upper // => 0.1353352832366127 = e⁻²
 */
export function incompleteGamma(a: number, x: number): Tails {
  if (!(a > 0) || !(x >= 0)) return neither
  if (x === 0) return { lower: 0, upper: 1 }
  if (x === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0 }
  const front = Math.exp(a * Math.log(x) - x - logGamma(a))
  if (x < a + 1) {
    const lower = Math.min(1, front * series(a, x))
    return { lower, upper: 1 - lower }
  }
  const upper = Math.min(1, front * fraction(a, x))
  return { lower: 1 - upper, upper }
}

/** 1/a + x/(a(a+1)) + x²/(a(a+1)(a+2)) + … */
function series(a: number, x: number): number {
  let term = 1 / a
  let sum = term
  for (let step = 1; step < mostSteps; step++) {
    term *= x / (a + step)
    sum += term
    if (term < sum * 1e-17) break
  }
  return sum
}

function fraction(a: number, x: number): number {
  const tiny = 1e-300
  let b = x + 1 - a
  let c = 1 / tiny
  let d = 1 / b
  let result = d
  for (let step = 1; step < mostSteps; step++) {
    const numerator = -step * (step - a)
    b += 2
    d = 1 / awayFromZero(numerator * d + b, tiny)
    c = awayFromZero(b + numerator / c, tiny)
    const factor = d * c
    result *= factor
    if (Math.abs(factor - 1) < 1e-16) break
  }
  return result
}

const awayFromZero = (value: number, tiny: number): number => (Math.abs(value) < tiny ? tiny : value)
