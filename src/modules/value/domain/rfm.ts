import { type Segment, segments } from '#modules/customers/domain/book.ts'
import { quantile } from '#numerics/quantile.ts'

/** Cut values of one measure, ascending: a customer's score is 1 + the number of cuts at or below the value. A band nobody fits into has the cut of the band above it. */
export type ScoreCuts = readonly number[]

/**
 * Cuts for `bands` equally large bands, honest about ties: equal values always get equal scores. A block of equals takes the band in which the middle of
 * its ranks falls, so if 70 % bought once they all get one score and no band is split by chance; bands may then stay empty.
 * Costs one sort, of the very values that are given, since there may be millions. Without values everybody would score 1. A cut nobody reaches is the largest number there is, so that cuts survive JSON.
 */
export function scoreCuts(values: Float64Array, bands: number): ScoreCuts {
  const sorted = values.sort()
  const { cuts, add } = openCuts(sorted.length, bands)
  for (let i = 0; i < sorted.length; ) {
    let next = i + 1
    while (next < sorted.length && sorted[next] === sorted[i]) next++
    add(sorted[i]!, next - i)
    i = next
  }
  return cuts
}

/** The same for whole numbers of a narrow range, which are counted and not sorted: counts[k] of them are first + k. */
export function countedCuts(counts: Int32Array, first: number, bands: number): ScoreCuts {
  const { cuts, add } = openCuts(
    counts.reduce((sum, count) => sum + count, 0),
    bands,
  )
  for (let k = 0; k < counts.length; k++) if (counts[k]! > 0) add(first + k, counts[k]!)
  return cuts
}

/** Cuts that fill as blocks of equals are added, the smallest value first; `total` is how many values there are. */
function openCuts(total: number, bands: number) {
  const cuts: number[] = new Array<number>(bands - 1).fill(Number.MAX_VALUE)
  let reached = 1
  let before = 0
  return {
    cuts,
    add(value: number, count: number): void {
      const middle = (before + count / 2) / total
      const score = Math.min(bands, 1 + Math.floor(middle * bands))
      while (reached < score) cuts[reached++ - 1] = value
      before += count
    },
  }
}

/** How customers are scored: how many scores there are, which days count (null: all), and where scores begin (null: bands of equal size). */
export interface RfmSettings {
  readonly bands: number
  readonly windowDays: number | null
  readonly limits: RfmLimits | null
}

/** Where the scores 2 … bands begin, as people say it: days since the last purchase at most (falling), purchase days and value in minor units at least (rising). */
export interface RfmLimits {
  readonly recencyDays: readonly number[]
  readonly frequency: readonly number[]
  readonly monetaryMinor: readonly number[]
}

/** The measures whose limits cannot be: not one for each score above 1, or not each stricter than the one before. Empty: all fit. */
export function unfitLimits(limits: RfmLimits, bands: number): readonly (keyof RfmLimits)[] {
  const fits = (list: readonly number[], way: 1 | -1): boolean =>
    list.length === bands - 1 && list.every((limit, i) => Number.isFinite(limit) && (i === 0 || way * (limit - list[i - 1]!) > 0))
  return [
    ...(fits(limits.recencyDays, -1) ? [] : ['recencyDays' as const]),
    ...(fits(limits.frequency, 1) ? [] : ['frequency' as const]),
    ...(fits(limits.monetaryMinor, 1) ? [] : ['monetaryMinor' as const]),
  ]
}

/** Cuts of limits that people set. Recency is measured as −days since the last purchase, so that more is better. Equal values always get equal scores. */
export const limitCuts = ({ recencyDays, frequency, monetaryMinor }: RfmLimits) => ({
  recency: recencyDays.map((days) => -days),
  frequency,
  monetary: monetaryMinor,
})

/** Score 1 … bands of a value. */
export function scoreOf(cuts: ScoreCuts, value: number): number {
  let score = 1
  for (const cut of cuts) if (value >= cut) score++
  return score
}

/**
 * The cuts of the R package rfm: type-7 quantiles at 1/bands, 2/bands … plus 1, bins [low, high). Fine for whole units, off by one unit of money otherwise;
 * here for comparison with that package. Recency in days counts backwards: its score is bands + 1 − `scoreOf`.
 */
export function packageRuleCuts(values: Float64Array, bands: number): ScoreCuts {
  const sorted = values.slice().sort()
  return Array.from({ length: bands - 1 }, (_, i) => quantile(sorted, (i + 1) / bands) + 1)
}

export const rfmSegments = segments
export type RfmSegment = Segment

/** Recency score 1…5 down, mean of frequency and monetary score 1…5 across. A grid cannot overlap and has no gaps. */
const grid: readonly (readonly RfmSegment[])[] = [
  ['lost', 'lost', 'at-risk', 'at-risk', 'cannot-lose'],
  ['lost', 'about-to-sleep', 'at-risk', 'at-risk', 'cannot-lose'],
  ['about-to-sleep', 'about-to-sleep', 'need-attention', 'loyal', 'loyal'],
  ['promising', 'potential-loyalist', 'potential-loyalist', 'loyal', 'champions'],
  ['new', 'potential-loyalist', 'potential-loyalist', 'champions', 'champions'],
]

/** The segment of a combination of scores 1…bands; every combination has exactly one. The mean of frequency and monetary is rounded half up. */
export function segmentOf(recency: number, frequency: number, monetary: number, bands = 5): RfmSegment {
  const row = fifth(recency, bands)
  const column = fifth(Math.floor((frequency + monetary + 1) / 2), bands)
  return grid[row]![column]!
}

/** 0…4 for a score of 1…bands. */
const fifth = (score: number, bands: number): number => Math.min(4, Math.max(0, Math.ceil((score * 5) / bands) - 1))

/** Named ranges of scores, in order of precedence. */
export interface SegmentRange {
  readonly name: string
  readonly recency: readonly [low: number, high: number]
  readonly frequency: readonly [low: number, high: number]
  readonly monetary: readonly [low: number, high: number]
}

/** First range that holds the scores, or null: for rules of one's own, and to find what they leave out. */
export function firstRange(ranges: readonly SegmentRange[], recency: number, frequency: number, monetary: number): string | null {
  const within = (value: number, [low, high]: readonly [number, number]): boolean => value >= low && value <= high
  return ranges.find((s) => within(recency, s.recency) && within(frequency, s.frequency) && within(monetary, s.monetary))?.name ?? null
}
