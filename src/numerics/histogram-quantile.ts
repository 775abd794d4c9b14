import { binomialAtLeast, binomialAtMost } from './binomial.ts'

/**
 * Ascending limits between buckets above 0, each `growth` times the one before as far as whole numbers allow, the last at or above `largest`. Bucket i counts
 * values from limit i − 1 (included; 0 for the first) to limit i (excluded), and one more bucket what lies at or above the last: PostgreSQL's
 * width_bucket(value, limits) is the bucket's index.
 *
 * @example logLimits(60, 240, 2) // => [60, 120, 240]
 */
export function logLimits(smallest: number, largest: number, growth: number): readonly number[] {
  const limits = [smallest]
  for (let exact = smallest; limits.at(-1)! < largest; ) {
    exact *= growth
    const next = Math.round(exact)
    if (next > limits.at(-1)!) limits.push(next)
  }
  return limits
}

/** Where a value lies that is known only by its bucket: low ≤ value < high. */
export interface Bracket {
  readonly low: number
  /** Null in the last bucket, which has no end. */
  readonly high: number | null
  /** Geometric mean of the ends: off by at most the root of high ÷ low, as a factor. Half of high in the first bucket, low in the last. */
  readonly estimate: number
}

/**
 * The value of a rank (1 = smallest) among values counted in buckets. Null where there is no such rank. `counts` has one entry more than `limits`.
 */
export function bracketOfRank(limits: readonly number[], counts: readonly number[], rank: number): Bracket | null {
  if (!(rank >= 1)) return null
  let seen = 0
  for (const [bucket, count] of counts.entries()) {
    seen += count
    if (seen >= rank) return bracketOf(limits, bucket)
  }
  return null
}

function bracketOf(limits: readonly number[], bucket: number): Bracket {
  const low = bucket === 0 ? 0 : limits[bucket - 1]!
  const high = limits[bucket] ?? null
  return { low, high, estimate: high === null ? low : low === 0 ? high / 2 : Math.sqrt(low * high) }
}

/** The rank of the value at or below which a share (0…1) of n values lies: the smallest whole number of at least share · n, and at least 1. */
export function rankOfShare(n: number, share: number): number {
  // 0.9 · 70 is a hair above 63 in binary.
  return Math.min(n, Math.max(1, Math.ceil(share * n - 1e-9)))
}

/**
 * Ranks between which the quantile of the population lies in at least 95 of 100 samples of n, whatever its distribution. Null where n values cannot say so on
 * that side. H. A. David & H. N. Nagaraja, Order Statistics (2003), section 7.1.
 *
 * @example quantileRanks(10, 0.5) // => { low: 2, high: 9 }
 */
export function quantileRanks(n: number, share: number): { readonly low: number | null; readonly high: number | null } {
  const tail = 0.025
  const low = lastThat(n, (rank) => binomialAtMost(rank - 1, n, share) <= tail)
  const unfit = lastThat(n, (rank) => binomialAtLeast(rank, n, share) > tail)
  return { low: low === 0 ? null : low, high: unfit === n ? null : unfit + 1 }
}

/** The last of 1 … n that holds, where those that hold come first; 0 for none. */
function lastThat(n: number, holds: (rank: number) => boolean): number {
  let known = 0
  let beyond = n + 1
  while (beyond - known > 1) {
    const middle = Math.floor((known + beyond) / 2)
    if (holds(middle)) known = middle
    else beyond = middle
  }
  return known
}
