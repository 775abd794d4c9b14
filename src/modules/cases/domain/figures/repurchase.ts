import { shareDifference } from '#numerics/wilson-interval.ts'
import type { ComplaintBenchmark } from './iceberg.ts'
import { type Interval, type Share, shareOf } from './reliability.ts'

/** Repurchase of customers whose complaint was resolved to their satisfaction, by the literature: 52 % to 95 % (requirement G-17). */
export const repurchaseBand = { low: 0.52, high: 0.95, source: 'why-complaints-matter' } as const satisfies Interval & ComplaintBenchmark

/**
 * Customers, and those of them who ordered again within the window (such as 180 days) after their day: the day the complaint was resolved, or for customers
 * without complaints an order of the same time. Only customers whose window is over may be counted, else the latest ones look as if they had not come back.
 */
export interface RepurchaseCount {
  readonly customers: number
  readonly repurchased: number
}

export interface Repurchase {
  readonly resolved: Share
  readonly without: Share
  /**
   * Where the share after a resolved complaint lies: below or above the band where the whole interval does, within where the whole interval is in it, else
   * cannot-tell.
   */
  readonly inBand: 'below' | 'within' | 'above' | 'cannot-tell' | 'too-little-data'
  readonly band: typeof repurchaseBand
  /** Share after a resolved complaint − share without complaints, in shares 0…1, with Newcombe's interval of 95 %; null where either has nobody. */
  readonly difference: number | null
  readonly interval: Interval | null
  readonly comparison: 'more-loyal' | 'less-loyal' | 'no-detectable-difference' | 'too-little-data'
}

/**
 * How many customers ordered again after a resolved complaint, against the band of 52–95 % and against customers who did not complain. Whole numbers,
 * repurchased ≤ customers (RangeError otherwise); no judgement on a side with fewer than 30 customers. A difference is no proof that the handling made it: who
 * complains is often the more loyal customer to begin with.
 *
 * @example repurchase({ customers: 100, repurchased: 70 }, { customers: 1000, repurchased: 600 }) // => share 0.7, within the band, difference 0.1
 */
export function repurchase(resolved: RepurchaseCount, without: RepurchaseCount): Repurchase {
  const after = shareOf(resolved.repurchased, resolved.customers)
  const others = shareOf(without.repurchased, without.customers)
  const both = after.basis !== 'none' && others.basis !== 'none' ? shareDifference(after, others) : null
  return {
    resolved: after,
    without: others,
    band: repurchaseBand,
    inBand: placeInBand(after),
    difference: both?.difference ?? null,
    interval: both && { low: both.low, high: both.high },
    comparison: both && after.basis === 'enough' && others.basis === 'enough' ? comparisonOf(both) : 'too-little-data',
  }
}

function placeInBand({ interval, basis }: Share): Repurchase['inBand'] {
  if (interval === null || basis !== 'enough') return 'too-little-data'
  if (interval.high < repurchaseBand.low) return 'below'
  if (interval.low > repurchaseBand.high) return 'above'
  return interval.low >= repurchaseBand.low && interval.high <= repurchaseBand.high ? 'within' : 'cannot-tell'
}

function comparisonOf({ low, high }: Interval): Repurchase['comparison'] {
  return low > 0 ? 'more-loyal' : high < 0 ? 'less-loyal' : 'no-detectable-difference'
}
