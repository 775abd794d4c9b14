import { type Bracket, bracketOfRank, logLimits, quantileRanks, rankOfShare } from '#numerics/histogram-quantile.ts'
import { type Basis, counted, type Interval, type Share, shareOf } from './reliability.ts'

/**
 * Limits in seconds between the buckets into which the database counts durations: from one minute to two years, each 8 % longer. The index of a bucket is
 * width_bucket(seconds, limits): 0 for less than a minute, the last for two years and more. Half a million cases come back as some 180 numbers.
 */
export const durationLimits: readonly number[] = logLimits(60, 2 * 365 * 86_400, 1.08)

/**
 * By which share of the true value an estimate is off at most, between one minute and two years: half of the widest bucket, limits being whole seconds. Below
 * 0.05.
 */
export const quantileError = Math.sqrt(Math.max(...durationLimits.slice(1).map((limit, i) => limit / durationLimits[i]!))) - 1

export interface DurationQuantile {
  /** Of `share` of the cases the duration is at most this many seconds; null where it is not known because they are still open. */
  readonly seconds: Bracket | null
  /**
   * Where the quantile lies 95 times in 100 if these cases are seen as a sample of the company's work, widened to whole buckets. An end is null where so few
   * cases cannot say it.
   */
  readonly interval: { readonly low: number | null; readonly high: number | null }
}

export interface DurationFigures {
  readonly cases: number
  readonly stillOpen: number
  readonly median: DurationQuantile
  readonly p90: DurationQuantile
  readonly basis: Basis
}

/** Below this many cases nine in ten cannot be told with any certainty. */
const leastForQuantile = 30

/**
 * Median and ninth decile of durations from the counts per bucket (one more than `durationLimits`). `stillOpen` cases of the same period have not ended yet;
 * they are taken to last longer than all that ended, so that a team does not look quicker by leaving the hard ones open. Hand in 0 for durations that are all
 * known, such as ages of the backlog. Wrong number of buckets or no counts: RangeError.
 *
 * The value of the rank lies in its bucket for certain; the estimate is the bucket's geometric middle, off by at most 5 %.
 *
 * @example 9 cases of 2 h and 1 still open // => median and p90 about 2 h; with 2 open the p90 is not known yet
 */
export function durationFigures(counts: readonly number[], stillOpen = 0): DurationFigures {
  if (counts.length !== durationLimits.length + 1) throw new RangeError(`durations: ${counts.length} buckets`)
  const ended = counts.reduce((sum, count) => sum + counted(count, 'durations'), 0)
  const cases = ended + counted(stillOpen, 'still open')
  return {
    cases,
    stillOpen,
    median: quantileAt(counts, cases, 0.5),
    p90: quantileAt(counts, cases, 0.9),
    basis: cases === 0 ? 'none' : cases < leastForQuantile ? 'few' : 'enough',
  }
}

function quantileAt(counts: readonly number[], cases: number, share: number): DurationQuantile {
  const at = (rank: number | null) => (rank === null ? null : bracketOfRank(durationLimits, counts, rank))
  const ranks = quantileRanks(cases, share)
  return {
    seconds: cases === 0 ? null : at(rankOfShare(cases, share)),
    interval: { low: at(ranks.low)?.low ?? null, high: at(ranks.high)?.high ?? null },
  }
}

/** Buckets of several rows added up, such as of all departments; rows of another length are refused (RangeError). */
export function addBuckets(rows: readonly (readonly number[])[]): readonly number[] {
  const sum = new Array<number>(durationLimits.length + 1).fill(0)
  for (const row of rows) {
    if (row.length !== sum.length) throw new RangeError(`durations: ${row.length} buckets`)
    for (const [i, count] of row.entries()) sum[i] = sum[i]! + count
  }
  return sum
}

/** What a statement over the cases of a period returns. Cases are those received in the period, unless a name says otherwise. */
export interface ServiceCounts {
  readonly firstResponse: readonly number[]
  readonly notAnswered: number
  readonly resolution: readonly number[]
  readonly notResolved: number
  /** Clocks that ended in the period, and those of them that ended after their due time. */
  readonly clocks: number
  readonly breached: number
  /** Cases resolved in the period, and those of them that were opened again since. */
  readonly resolved: number
  readonly reopened: number
  /** Ages of all cases that are open now. */
  readonly backlog: readonly number[]
}

export interface ServiceLevels {
  readonly firstResponse: DurationFigures
  readonly resolution: DurationFigures
  readonly breached: Share
  /** Still rises for a while after the period: what was resolved yesterday has had one day to come back. */
  readonly reopened: Share
  readonly backlog: DurationFigures
  /** Bounds in seconds of the oldest open case; null without any. */
  readonly oldest: Bracket | null
}

/** The figures of a service desk (requirement F-13) from counts and histograms alone. Counts are whole numbers (RangeError otherwise). */
export function serviceLevels(counts: ServiceCounts): ServiceLevels {
  const backlog = durationFigures(counts.backlog)
  return {
    firstResponse: durationFigures(counts.firstResponse, counts.notAnswered),
    resolution: durationFigures(counts.resolution, counts.notResolved),
    breached: shareOf(counts.breached, counts.clocks),
    reopened: shareOf(counts.reopened, counts.resolved),
    backlog,
    oldest: bracketOfRank(durationLimits, counts.backlog, backlog.cases),
  }
}

/**
 * Share of the cases that certainly and possibly took at most so many seconds: the bucket in which the limit lies is counted wholly out and wholly in. Null
 * without cases.
 */
export function shareWithin(counts: readonly number[], seconds: number): Interval | null {
  const cases = counts.reduce((sum, count) => sum + count, 0)
  if (cases === 0) return null
  const certain = counts.reduce((sum, count, i) => (i < durationLimits.length && durationLimits[i]! <= seconds ? sum + count : sum), 0)
  const possible = counts.reduce((sum, count, i) => (i === 0 || durationLimits[i - 1]! <= seconds ? sum + count : sum), 0)
  return { low: certain / cases, high: possible / cases }
}
