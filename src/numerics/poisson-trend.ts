import { monotoneRoot } from './monotone-root.ts'
import { studentQuantile } from './student-quantile.ts'
import { deviate95 } from './wilson-interval.ts'

export interface PoissonTrend {
  /** Change of the rate from one period to the next as a share: −0.1 is a tenth less each period. Interval of 95 %. */
  readonly change: number
  readonly low: number
  readonly high: number
  /** Logarithm of 1 + `change`, and its standard error before the counts' own spread is allowed for. */
  readonly slope: number
  readonly standardError: number
  /** Pearson's chi-square ÷ degrees of freedom: 1 where counts scatter as chance alone makes them, above where they scatter more. */
  readonly dispersion: number
}

/**
 * The steady growth or decline of a rate over equally long steps: counts with Poisson scatter around exposure · e^(level + slope · step), by maximum likelihood.
 * Where the counts scatter more than that, the interval is wider by the root of the dispersion, with Student's quantile. Periods without exposure are left out.
 * Null with fewer than three periods, without events, or where all events lie in the first or the last period, since the slope then has no end.
 *
 * P. McCullagh & J. A. Nelder, Generalized Linear Models (1989), chapters 6 and 9. R: glm(…, family = quasipoisson).
 *
 * @example deaths of A. J. Dobson (1990), 14 quarters from 0 to 45 // => slope 0.25652, standardError 0.02204
 */
export function poissonTrend(counts: readonly number[], exposures: readonly number[]): PoissonTrend | null {
  const steps = counts.map((_, step) => step).filter((step) => exposures[step]! > 0)
  const total = steps.reduce((sum, step) => sum + counts[step]!, 0)
  const first = steps[0]
  const last = steps.at(-1)
  if (steps.length < 3 || total === 0 || counts[first!] === total || counts[last!] === total) return null
  const moments = (slope: number) => {
    // Measured from the last step where the rate rises and from the first where it falls, so that no power is too large.
    const from = slope > 0 ? last! : first!
    let weight = 0
    let mean = 0
    for (const step of steps) {
      const w = exposures[step]! * Math.exp(slope * (step - from))
      weight += w
      mean += w * step
    }
    return { from, weight, mean: mean / weight }
  }
  const seen = steps.reduce((sum, step) => sum + counts[step]! * step, 0) / total
  const slope = monotoneRoot((trial) => moments(trial).mean - seen, -50, 50)
  const { from, weight, mean } = moments(slope)
  let spread = 0
  let scatter = 0
  for (const step of steps) {
    const share = (exposures[step]! * Math.exp(slope * (step - from))) / weight
    spread += share * (step - mean) ** 2
    // So far from the bulk that a double no longer holds the expectation: it was 0 and stayed 0.
    if (share > 0) scatter += (counts[step]! - total * share) ** 2 / (total * share)
  }
  const standardError = 1 / Math.sqrt(total * spread)
  const freedom = steps.length - 2
  const dispersion = scatter / freedom
  const half = standardError * (dispersion > 1 ? Math.sqrt(dispersion) * studentQuantile(freedom) : deviate95)
  return { change: Math.expm1(slope), low: Math.expm1(slope - half), high: Math.expm1(slope + half), slope, standardError, dispersion }
}
