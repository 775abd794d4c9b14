import { type ContestFigures, contestFigures } from '../contest-report.ts'
import { counted, type Share, shareOf } from './reliability.ts'

/** When a complaint was closed, as supervisors count it (UK DISP 1.5 and 1.6; the same bands serve others). */
export const closingBands = ['three-days', 'eight-weeks', 'later'] as const
export type ClosingBand = (typeof closingBands)[number]

/**
 * The band of a closed complaint: by the end of the third business day after the day of receipt, within eight weeks (56 calendar days) of it, or later. Days
 * are whole: 0 is the day of receipt itself. Negative days: RangeError.
 *
 * @example closingBand({ businessDays: 3, calendarDays: 5 }) // => 'three-days'; 4 and 6 => 'eight-weeks'; 40 and 57 => 'later'
 */
export function closingBand(after: { readonly businessDays: number; readonly calendarDays: number }): ClosingBand {
  if (counted(after.businessDays, 'business days') <= 3) return 'three-days'
  return counted(after.calendarDays, 'calendar days') <= 56 ? 'eight-weeks' : 'later'
}

/** Complaints of one product and category in a period. Closed ones are counted in the period in which they were closed, whenever they were opened. */
export interface RegulatorRow {
  readonly product: string
  readonly category: string
  readonly outstandingBefore: number
  readonly opened: number
  readonly closed: Readonly<Record<ClosingBand, number>>
  /** Of the closed ones, those founded wholly or in part. */
  readonly upheld: number
  /** Of the closed ones, those found not to be; what was withdrawn or ended without a finding is in neither. */
  readonly rejected: number
  /** Redress paid for the closed ones, minor units of the organisation's currency; of it, for the upheld ones. The rest was given though nothing was found. */
  readonly redressMinor: number
  readonly upheldRedressMinor: number
  readonly outstandingAfter: number
  /** What came and was decided in the period of appeals and of what was taken outside, whenever its complaint came. */
  readonly contests?: readonly ContestCounts[]
}

type ContestCounts = Parameters<typeof contestFigures>[0][number]

/** A row of which only contests are counted. */
export const nothingCounted = {
  ...{ outstandingBefore: 0, opened: 0, closed: { 'three-days': 0, 'eight-weeks': 0, later: 0 }, upheld: 0, rejected: 0 },
  ...{ redressMinor: 0, upheldRedressMinor: 0, outstandingAfter: 0 },
}

export interface RegulatorFigures {
  readonly outstandingBefore: number
  readonly opened: number
  readonly closed: Readonly<Record<ClosingBand, number>>
  readonly closedTotal: number
  readonly outstandingAfter: number
  /** Shares of the closed ones, with Wilson's interval of 95 %. */
  readonly withinThreeDays: Share
  /** The three days included. */
  readonly withinEightWeeks: Share
  readonly upheld: Share
  readonly rejected: Share
  /** Closed ones without a finding. */
  readonly unjudged: number
  readonly redressMinor: number
  readonly upheldRedressMinor: number
  /** outstandingBefore + opened − closed − outstandingAfter: 0 where the books agree, else the cases that were merged, moved or deleted meanwhile. */
  readonly unexplained: number
  readonly contests: ContestFigures
}

export interface RegulatorReport {
  readonly total: RegulatorFigures
  /** In the order of the names. */
  readonly byProduct: readonly (RegulatorFigures & { readonly product: string })[]
  readonly byCategory: readonly (RegulatorFigures & { readonly category: string })[]
  readonly cells: readonly (RegulatorFigures & { readonly product: string; readonly category: string })[]
}

/**
 * The counts that supervisors ask for, by product × category, by each, and in all. Rows of the same product and category are added. Whole numbers of at least
 * 0, upheld and rejected together at most as many as closed (RangeError otherwise).
 */
export function regulatorReport(rows: readonly RegulatorRow[]): RegulatorReport {
  const grouped = (keyOf: (row: RegulatorRow) => string) =>
    [...Map.groupBy(rows, keyOf)].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, list]) => ({ ...sumOf(list), first: list[0]! }))
  return {
    total: sumOf(rows),
    byProduct: grouped(({ product }) => product).map(({ first, ...figures }) => ({ product: first.product, ...figures })),
    byCategory: grouped(({ category }) => category).map(({ first, ...figures }) => ({ category: first.category, ...figures })),
    cells: grouped(({ product, category }) => JSON.stringify([product, category])).map(({ first, ...figures }) => ({
      product: first.product,
      category: first.category,
      ...figures,
    })),
  }
}

function sumOf(rows: readonly RegulatorRow[]): RegulatorFigures {
  const sum = (what: string, value: (row: RegulatorRow) => number) => rows.reduce((all, row) => all + counted(value(row), what), 0)
  const closed = {
    'three-days': sum('closed in three days', (row) => row.closed['three-days']),
    'eight-weeks': sum('closed in eight weeks', (row) => row.closed['eight-weeks']),
    later: sum('closed later', (row) => row.closed.later),
  }
  const closedTotal = closed['three-days'] + closed['eight-weeks'] + closed.later
  const outstandingBefore = sum('outstanding before', (row) => row.outstandingBefore)
  const opened = sum('opened', (row) => row.opened)
  const outstandingAfter = sum('outstanding after', (row) => row.outstandingAfter)
  const upheld = sum('upheld', (row) => row.upheld)
  const rejected = sum('rejected', (row) => row.rejected)
  return {
    outstandingBefore,
    opened,
    closed,
    closedTotal,
    outstandingAfter,
    withinThreeDays: shareOf(closed['three-days'], closedTotal),
    withinEightWeeks: shareOf(closed['three-days'] + closed['eight-weeks'], closedTotal),
    upheld: shareOf(upheld, closedTotal),
    rejected: shareOf(rejected, closedTotal),
    unjudged: counted(closedTotal - upheld - rejected, 'closed without a finding'),
    redressMinor: sum('redress', (row) => row.redressMinor),
    upheldRedressMinor: sum('redress of the upheld', (row) => row.upheldRedressMinor),
    unexplained: outstandingBefore + opened - closedTotal - outstandingAfter,
    contests: contestFigures(rows.flatMap(({ contests = [] }) => contests)),
  }
}
