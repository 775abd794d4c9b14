import { incompleteGamma } from './incomplete-gamma.ts'
import { doubledUntil, monotoneRoot } from './monotone-root.ts'

/** Probability of at most `count` events where `mean` are expected (mean ≥ 0). Certain below is 0: a negative count is never reached. */
export function poissonAtMost(count: number, mean: number): number {
  return count < 0 ? 0 : incompleteGamma(Math.floor(count) + 1, mean).upper
}

/** Probability of at least `count` events where `mean` are expected (mean ≥ 0). */
export function poissonAtLeast(count: number, mean: number): number {
  return count <= 0 ? 1 : incompleteGamma(Math.ceil(count), mean).lower
}

/**
 * Exact interval for the mean of a Poisson count: every mean under which neither so few nor so many events are less likely than (1 − confidence) / 2.
 * The lower end of a count of 0 is 0. NaN for a count that is not a whole number of at least 0.
 *
 * F. Garwood, Biometrika 28 (1936) 437–442. Never covers less than the confidence says; somewhat more for small counts.
 *
 * @example poissonInterval(10) // => { low: 4.795…, high: 18.390… }
 */
export function poissonInterval(count: number, confidence = 0.95): { readonly low: number; readonly high: number } {
  if (!Number.isInteger(count) || count < 0) return { low: Number.NaN, high: Number.NaN }
  const tail = (1 - confidence) / 2
  const most = doubledUntil(count + 1, (mean) => poissonAtMost(count, mean) < tail)
  return {
    low: count === 0 ? 0 : monotoneRoot((mean) => poissonAtLeast(count, mean) - tail, 0, count),
    high: monotoneRoot((mean) => poissonAtMost(count, mean) - tail, count, most),
  }
}
