import { binomialAtLeast, binomialAtMost, binomialInterval } from './binomial.ts'

/** Events in a stretch of exposure (orders, days …), exposure > 0. */
export interface Events {
  readonly count: number
  readonly exposure: number
}

export interface RateRatio {
  /** First rate ÷ second rate; null where the second has no event. */
  readonly ratio: number | null
  readonly low: number
  /** Null: without an upper bound. */
  readonly high: number | null
  /** Probability of so few events in the first stretch, or fewer, were the rates equal. */
  readonly fewer: number
  /** Probability of so many events in the first stretch, or more, were the rates equal. */
  readonly more: number
}

/**
 * Compares two Poisson rates exactly: given how many events there were together, those of the first stretch are binomial. The interval and the probabilities agree:
 * `high` is below 1 just where `fewer` is below (1 − confidence) / 2. Null where neither has an event or an exposure is not above 0.
 *
 * J. Przyborowski & H. Wilenski, Biometrika 31 (1940) 313–323; the interval of Clopper and Pearson. R: poisson.test.
 *
 * @example rateRatio({ count: 11, exposure: 800 }, { count: 21, exposure: 3011 }) // => ratio 1.9715, low 0.8584, high 4.2773
 */
export function rateRatio(first: Events, second: Events, confidence = 0.95): RateRatio | null {
  const together = first.count + second.count
  if (together === 0 || !(first.exposure > 0) || !(second.exposure > 0)) return null
  const { low, high } = binomialInterval(first.count, together, confidence)
  const scale = second.exposure / first.exposure
  const share = first.exposure / (first.exposure + second.exposure)
  return {
    ratio: second.count === 0 ? null : (first.count / second.count) * scale,
    low: (low / (1 - low)) * scale,
    high: high === 1 ? null : (high / (1 - high)) * scale,
    fewer: binomialAtMost(first.count, together, share),
    more: binomialAtLeast(first.count, together, share),
  }
}
