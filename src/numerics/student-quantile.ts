import { incompleteBeta } from './incomplete-beta.ts'
import { doubledUntil, monotoneRoot } from './monotone-root.ts'

/**
 * How many standard errors to either side an interval reaches where the error was estimated with `freedom` degrees of freedom (> 0): the quantile of Student's t at
 * (1 + confidence) / 2. Abramowitz & Stegun 26.7.1 with 26.5.27.
 *
 * @example studentQuantile(9) // => 2.262157…
 */
export function studentQuantile(freedom: number, confidence = 0.95): number {
  const outside = (t: number) => incompleteBeta(freedom / 2, 0.5, freedom / (freedom + t * t)).lower - (1 - confidence)
  return monotoneRoot(
    outside,
    0,
    doubledUntil(1, (t) => outside(t) < 0),
  )
}
