import { incompleteGamma } from './incomplete-gamma.ts'
import { doubledUntil, monotoneRoot } from './monotone-root.ts'

export interface Spread {
  readonly mean: number
  /** Root of the squared distances from the mean over n − 1, in the unit of the values, with its interval of 95 % for normal values. */
  readonly deviation: number
  readonly low: number
  readonly high: number
}

/**
 * Mean and standard deviation (n − 1) of a sample with the interval from the chi-square distribution. Null with fewer than two values.
 *
 * @example standardDeviation([2, 4, 4, 4, 5, 5, 7, 9]).deviation // => 2.1380899…
 */
export function standardDeviation(values: readonly number[]): Spread | null {
  const n = values.length
  if (n < 2) return null
  const mean = values.reduce((sum, v) => sum + v, 0) / n
  const square = values.reduce((sum, v) => sum + (v - mean) ** 2, 0)
  return {
    mean,
    deviation: Math.sqrt(square / (n - 1)),
    low: Math.sqrt(square / chiSquareQuantile(0.975, n - 1)),
    high: Math.sqrt(square / chiSquareQuantile(0.025, n - 1)),
  }
}

/** Below which value the share lies of a chi-square distribution: the regularised incomplete gamma function turned round. */
function chiSquareQuantile(share: number, freedom: number): number {
  const below = (value: number) => incompleteGamma(freedom / 2, value / 2).lower - share
  return monotoneRoot(
    below,
    0,
    doubledUntil(freedom, (value) => below(value) > 0),
  )
}
