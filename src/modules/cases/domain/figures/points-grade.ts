import { linearTrend } from '#numerics/linear-trend.ts'
import type { Interval } from './reliability.ts'

/** Points from `from` (included) up to the next row's (excluded) are this grade; the last row has no end. The first row begins at 0. */
export interface GradeRow {
  readonly from: number
  readonly grade: string
}

export const defaultGrades: readonly GradeRow[] = [
  { from: 0, grade: 'E' },
  { from: 50, grade: 'D' },
  { from: 65, grade: 'C' },
  { from: 80, grade: 'B' },
  { from: 90, grade: 'A' },
]

/** Why a table cannot be used, or null: it must begin at 0, ascend, and name every grade once. */
export function gradeTableProblem(table: readonly GradeRow[]): 'begins-above-0' | 'not-ascending' | 'grade-twice' | null {
  if (table[0]?.from !== 0) return 'begins-above-0'
  if (table.some(({ from }, i) => i > 0 && !(from > table[i - 1]!.from))) return 'not-ascending'
  return new Set(table.map(({ grade }) => grade)).size === table.length ? null : 'grade-twice'
}

/**
 * The grade of a sum of points (计点分级, requirement F-11), and how many are missing to the next one; null in the highest. Points below 0 or not a number are a
 * mistake of the program (RangeError).
 *
 * @example gradeOf(89.5) // => grade 'B', toNext 0.5
 */
export function gradeOf(
  points: number,
  table: readonly GradeRow[] = defaultGrades,
): { readonly grade: string; readonly toNext: number | null } {
  const place = table.findLastIndex(({ from }) => points >= from)
  const row = table[place]
  if (!row) throw new RangeError(`points: ${points}`)
  const next = table[place + 1]
  return { grade: row.grade, toNext: next ? next.from - points : null }
}

/** Points of all items of a self-assessment as a part of 100: what was scored of what could be. Null without items. Each item scores 0 … most. */
export function pointsOf(items: readonly { readonly points: number; readonly most: number }[]): number | null {
  const most = items.reduce((sum, item) => sum + item.most, 0)
  if (items.some(({ points, most: itemMost }) => !(points >= 0 && points <= itemMost)))
    throw new RangeError('points: an item is outside 0 … most')
  return most > 0 ? (100 * items.reduce((sum, { points }) => sum + points, 0)) / most : null
}

export interface GradedPeriod {
  /** Number of the period, such as months since some month: trends go by it, so that a gap is a gap. */
  readonly at: number
  readonly points: number
}

export interface PointsTrend {
  readonly periods: readonly (GradedPeriod & { readonly grade: string })[]
  /** Points per period, with its interval of 95 %; null with fewer than three periods. */
  readonly slope: number | null
  readonly interval: Interval | null
  readonly verdict: 'rising' | 'falling' | 'no-detectable-trend' | 'too-little-data'
}

/** The grades of a person over time, and the straight trend of the points; told from five periods on, and only where its whole interval is on one side of 0. */
export function pointsTrend(periods: readonly GradedPeriod[], table: readonly GradeRow[] = defaultGrades): PointsTrend {
  const trend = linearTrend(
    periods.map(({ at }) => at),
    periods.map(({ points }) => points),
  )
  return {
    periods: periods.map((period) => ({ ...period, grade: gradeOf(period.points, table).grade })),
    slope: trend?.slope ?? null,
    interval: trend && { low: trend.low, high: trend.high },
    verdict:
      trend === null || periods.length < 5
        ? 'too-little-data'
        : trend.low > 0
          ? 'rising'
          : trend.high < 0
            ? 'falling'
            : 'no-detectable-trend',
  }
}
