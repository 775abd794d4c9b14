import { type Basis, counted, leastForShare } from './reliability.ts'

/** What a customer scores of whoever dealt with their case (requirement P-07): attitude, professional knowledge, skill. */
export const scoreDimensions = ['attitude', 'knowledge', 'skill'] as const
export type ScoreDimension = (typeof scoreDimensions)[number]

/** 1 … 5, whole numbers; 5 is best. Null where the customer left it out. */
export type Scores = Readonly<Record<ScoreDimension, number | null>>

/** What was scored in one dimension: how often, and all scores added. */
export interface ScoreSum {
  readonly count: number
  readonly sum: number
}

export interface MeanScore {
  /** How many scores there are. */
  readonly count: number
  /** 1 … 5; null without a score. */
  readonly mean: number | null
  /** `few` below 30: from there on the mean lies within three quarters of a step of the true one, 95 times in 100, however far the scores lie apart. */
  readonly basis: Basis
}

/** What customers said of one person in one month. */
export interface ScoredMonth extends Readonly<Record<ScoreDimension, ScoreSum>> {
  /** `YYYY-MM`. */
  readonly month: string
  /** Cases of which a customer scored anything. */
  readonly cases: number
}

export interface PersonnelValue extends Readonly<Record<ScoreDimension, MeanScore>> {
  readonly cases: number
  /** In the order of time; a month without a score is left out. */
  readonly months: readonly (Readonly<Record<ScoreDimension, MeanScore>> & { readonly month: string; readonly cases: number })[]
}

/**
 * The mean of scores of 1 … 5. A sum that so many scores cannot have is a mistake of the program (RangeError).
 *
 * @example meanScore({ count: 2, sum: 8 }) // => mean 4, basis 'few'
 */
export function meanScore({ count, sum }: ScoreSum): MeanScore {
  counted(count, 'count')
  counted(sum, 'sum')
  if (sum < count || sum > 5 * count) throw new RangeError(`scores: ${count} with a sum of ${sum}`)
  return { count, mean: count === 0 ? null : sum / count, basis: count === 0 ? 'none' : count < leastForShare ? 'few' : 'enough' }
}

/** The personnel value of one person over some months: every score weighs the same, whichever month it fell in. */
export function personnelValue(months: readonly ScoredMonth[]): PersonnelValue {
  const means = (of: Readonly<Record<ScoreDimension, ScoreSum>>) => ({
    attitude: meanScore(of.attitude),
    knowledge: meanScore(of.knowledge),
    skill: meanScore(of.skill),
  })
  const added = (dimension: ScoreDimension): ScoreSum => ({
    count: months.reduce((all, month) => all + month[dimension].count, 0),
    sum: months.reduce((all, month) => all + month[dimension].sum, 0),
  })
  return {
    cases: months.reduce((all, { cases }) => all + cases, 0),
    ...means({ attitude: added('attitude'), knowledge: added('knowledge'), skill: added('skill') }),
    months: months.toSorted((a, b) => (a.month < b.month ? -1 : 1)).map((one) => ({ month: one.month, cases: one.cases, ...means(one) })),
  }
}
