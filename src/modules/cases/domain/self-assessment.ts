import { type GradedPeriod, type GradeRow, gradeOf, type PointsTrend, pointsOf, pointsTrend } from './figures/points-grade.ts'

/** What the product asks people about their own service (requirement F-11): from the first impression to what stays of it. */
export const selfAssessmentItems = [
  'greeting',
  'appearance',
  'name',
  'listening',
  'clear-answers',
  'knowledge',
  'promises',
  'calm',
  'extra-mile',
  'farewell',
] as const

export interface AssessedItem {
  readonly key: string
  readonly points: number
  /** What the item could score when it was scored. */
  readonly most: number
}

export interface Assessed {
  /** The first day of the month. */
  readonly month: string
  readonly points: number
}

/** Number of a month since year 0, so that a month that is left out is a gap. */
export const monthNumber = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1

/** Points of a hundred, one digit behind the point, so that what is stored is what is shown. */
export const scoreOf = (items: readonly AssessedItem[]): number => Math.round((pointsOf(items) ?? 0) * 10) / 10

/** The grades of a person month by month, and the trend of the points. */
export function assessmentTrend(assessed: readonly Assessed[], grades: readonly GradeRow[]): PointsTrend {
  const periods = assessed
    .toSorted((a, b) => (a.month < b.month ? -1 : 1))
    .map(({ month, points }): GradedPeriod => ({ at: monthNumber(month), points }))
  return pointsTrend(periods, grades)
}

export { gradeOf }
