import { incompleteBeta } from './incomplete-beta.ts'
import { monotoneRoot } from './monotone-root.ts'

/** Probability of at most `count` successes in `trials`, each with probability `share` (0…1). */
export function binomialAtMost(count: number, trials: number, share: number): number {
  const whole = Math.floor(count)
  if (whole < 0) return 0
  return whole >= trials ? 1 : incompleteBeta(whole + 1, trials - whole, share).upper
}

/** Probability of at least `count` successes in `trials`, each with probability `share` (0…1). */
export function binomialAtLeast(count: number, trials: number, share: number): number {
  const whole = Math.ceil(count)
  if (whole <= 0) return 1
  return whole > trials ? 0 : incompleteBeta(whole, trials - whole + 1, share).lower
}

/**
 * Exact interval for a share of which `count` in `trials` were seen: every share under which neither so few nor so many are less likely than (1 − confidence) / 2.
 * 0…1 where nothing was tried. C. J. Clopper & E. S. Pearson, Biometrika 26 (1934) 404–413.
 *
 * @example binomialInterval(81, 263) // => { low: 0.2527…, high: 0.3676… }
 */
export function binomialInterval(count: number, trials: number, confidence = 0.95): { readonly low: number; readonly high: number } {
  if (trials === 0) return { low: 0, high: 1 }
  const tail = (1 - confidence) / 2
  const seen = count / trials
  return {
    low: count === 0 ? 0 : monotoneRoot((share) => binomialAtLeast(count, trials, share) - tail, 0, seen),
    high: count === trials ? 1 : monotoneRoot((share) => binomialAtMost(count, trials, share) - tail, seen, 1),
  }
}
