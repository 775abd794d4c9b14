import type { Context } from '#platform/context.ts'
import type { ReviewLine, ReviewSection } from '../domain/management-review.ts'
import type { ReportFilter } from '../domain/report.ts'
import { daysOf, type ReviewPeriod } from '../domain/review-period.ts'
import type { Period } from '../store/quality.ts'
import { periodOf } from './quality.ts'
import { type ReadReport, readReport } from './report-reading.ts'

/** A period as figures read it, with what its report says. */
export interface Side {
  readonly days: ReviewPeriod
  readonly filter: ReportFilter
  readonly period: Period
  readonly timeZone: string
  readonly report: ReadReport
}

/** What the figures of a review are read from: its period and the one before. */
export interface Sides {
  readonly now: Side
  readonly before: Side
  readonly context: Context
}

/** One section of a review. Whoever adds one adds its key to `reviewSections` and its function to the list below. */
export type ReviewInput = (sides: Sides) => Promise<ReviewSection> | ReviewSection

/** Complaints alone, as the page of the report counts them where nothing else is chosen. */
const everyComplaint = (days: ReviewPeriod): ReportFilter => ({
  ...days,
  ...{ kind: 'complaint', tier: null, departmentId: null, productCode: null, verdict: null },
})

export async function sideOf(context: Context, days: ReviewPeriod): Promise<Side> {
  const filter = everyComplaint(days)
  const { timeZone, period } = await periodOf(context.db, days)
  return { days, filter, period, timeZone, report: await readReport(context, filter, { tiers: true, quality: true }) }
}

export const lengths = ({ now, before }: Sides) => ({ now: daysOf(now.days), before: daysOf(before.days) })
export const both = async <T>({ now, before }: Sides, read: (side: Side) => Promise<T>) => ({
  now: await read(now),
  before: await read(before),
})

export const line = (kind: string, id: string, said: Partial<Omit<ReviewLine, 'kind' | 'id'>>): ReviewLine => ({
  ...{ kind, id, state: null, day: null, at: null, who: null },
  ...said,
})
