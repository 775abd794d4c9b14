import { type ComplaintPeriod, type ComplaintRate, type ComplaintTrend, complaintRate, complaintTrend } from './figures/complaint-rate.ts'
import type { CostRow } from './figures/cost.ts'
import { type Iceberg, iceberg } from './figures/iceberg.ts'
import { type Pareto, pareto } from './figures/pareto.ts'
import { type Share, shareOf } from './figures/reliability.ts'
import { type DurationFigures, durationFigures } from './figures/service-levels.ts'
import { type WordOfMouth, wordOfMouth } from './figures/word-of-mouth.ts'
import { type FoundCounts, foundFirst } from './proactive.ts'
import { dissatisfactions, type Kind, type Verdict, verdicts } from './taxonomy.ts'

/** Which cases a report is about: of one kind, received between two days (both included), where wanted only those of a tier, a department, a product. */
export interface ReportFilter {
  readonly from: string
  readonly to: string
  readonly kind: Kind
  readonly tier: string | null
  readonly departmentId: string | null
  readonly productCode: string | null
  /** Only those that were found so. */
  readonly verdict: Verdict | null
}

export const dimensions = ['category', 'reason', 'dissatisfaction', 'cause', 'department', 'product', 'tier'] as const
export type Dimension = (typeof dimensions)[number]

/** What cases are found by that are behind a figure. */
export const measures = [
  'all',
  'answered',
  'not-answered',
  'settled',
  'not-settled',
  'late',
  'reopened',
  'satisfied',
  'dissatisfied',
  'persistent',
  'raised',
  ...verdicts,
  'seven-r-met',
  'seven-r-not-met',
  'courteous',
  'not-courteous',
  'appealed',
  'appeal-decided',
  'appeal-upheld',
  'referred',
  'referral-decided',
  'referral-overturned',
] as const
export type Measure = (typeof measures)[number]

/** Those by which one would read how a colleague's work was judged. */
export const ofQuality: readonly Measure[] = ['seven-r-met', 'seven-r-not-met', 'courteous', 'not-courteous']

/** Cases of which somebody has looked how well they were served, by the last sheet of each. */
export interface JudgedCounts {
  readonly all: number
  readonly sevenMet: number
  readonly sevenNotMet: number
  readonly courteous: number
  readonly argued: number
}

/** Courtesy stands beside the seven Rs and makes up for none of them (A-06, F-13). */
export interface ServedWell {
  readonly sevenR: Share
  readonly courtesy: Share
  readonly notArgued: Share
}

export const servedWell = ({ all, sevenMet, sevenNotMet, courteous, argued }: JudgedCounts): ServedWell => ({
  sevenR: shareOf(sevenMet, sevenMet + sevenNotMet),
  courtesy: shareOf(courteous, all),
  notArgued: shareOf(all - argued, all),
})

interface Counts {
  readonly cases: number
  /** Of those that wait: whoever withdrew a case waits for nothing. */
  readonly notAnswered: number
  readonly notSettled: number
  readonly late: number
  /** Settled now, or once and opened again since. */
  readonly everSettled: number
  readonly reopened: number
  readonly satisfied: number
  readonly dissatisfied: number
  readonly established: number
  readonly notEstablished: number
}

/** Cases that agree in what has few values, with what is summed of them. */
export interface Cell extends Counts {
  readonly category: string | null
  readonly reason: string | null
  readonly dissatisfaction: string | null
  readonly tier: string | null
  readonly minutes: number
  readonly remedyMinor: number
  readonly goodwillMinor: number
  readonly recoveredMinor: number
}

export interface Totals extends Counts {
  /** Customers who complained again of the same matter. */
  readonly persistent: number
}

const counted = [
  ...(['cases', 'notAnswered', 'notSettled', 'late', 'everSettled', 'reopened', 'satisfied', 'dissatisfied'] as const),
  ...(['established', 'notEstablished'] as const),
]

export function totalsOf(cells: readonly Cell[], persistent: number): Totals {
  const sums = Object.fromEntries(counted.map((name) => [name, cells.reduce((sum, cell) => sum + cell[name], 0)]))
  return { ...(sums as unknown as Counts), persistent }
}

/** Cases by what they are in one way. */
export function tallyOf<C extends { readonly cases: number }>(cells: readonly C[], keyOf: (cell: C) => string | null): readonly Tallied[] {
  const counts = new Map<string | null, number>()
  for (const cell of cells) counts.set(keyOf(cell), (counts.get(keyOf(cell)) ?? 0) + cell.cases)
  return [...counts].map(([key, cases]) => ({ key, cases }))
}
export interface Tallied {
  readonly key: string | null
  readonly cases: number
}

/** What cases of each category took. */
export function costRows(cells: readonly Cell[]): readonly CostRow[] {
  return [...Map.groupBy(cells, ({ category }) => category ?? '')].map(([category, list]): CostRow => {
    const sum = (value: (cell: Cell) => number) => list.reduce((all, cell) => all + value(cell), 0)
    return {
      category,
      cases: sum(({ cases }) => cases),
      handlingMinutes: sum(({ minutes }) => minutes),
      remediesMinor: sum(({ remedyMinor, goodwillMinor }) => remedyMinor - goodwillMinor),
      goodwillMinor: sum(({ goodwillMinor }) => goodwillMinor),
      recoveredMinor: sum(({ recoveredMinor }) => recoveredMinor),
    }
  })
}

/** The board of figures of a service (requirement F-13). */
export interface Board {
  readonly firstAnswer: DurationFigures
  readonly settlement: DurationFigures
  readonly late: Share
  readonly reopened: Share
  readonly satisfied: Share
  readonly backlog: DurationFigures
  /** Of those that were judged, how many were right at least in part; the others are never counted among them (G-05). */
  readonly established: Share
  /** Of which nobody has found anything. */
  readonly undecided: number
  /** The established ones alone beside the orders of the same days. */
  readonly establishedRate: ComplaintRate
  /** Of all that went wrong, how much the company found before the customer said it (L-07); over all kinds of cases. */
  readonly found: Share
}

export function boardOf(
  totals: Totals,
  counts: { readonly answer: readonly number[]; readonly settle: readonly number[]; readonly backlog: readonly number[] },
  found: FoundCounts,
  orders: number,
): Board {
  const { part, whole } = foundFirst(found)
  return {
    firstAnswer: durationFigures(counts.answer, totals.notAnswered),
    settlement: durationFigures(counts.settle, totals.notSettled),
    late: shareOf(totals.late, totals.cases),
    reopened: shareOf(totals.reopened, totals.everSettled),
    satisfied: shareOf(totals.satisfied, totals.satisfied + totals.dissatisfied),
    backlog: durationFigures(counts.backlog),
    established: shareOf(totals.established, totals.established + totals.notEstablished),
    undecided: totals.cases - totals.established - totals.notEstablished,
    establishedRate: complaintRate({ complaints: totals.established, orders }),
    found: shareOf(part, whole),
  }
}

/** The months that a period touches, `YYYY-MM`, in order. */
export function monthsOf(from: string, to: string): readonly string[] {
  const months: string[] = []
  for (let month = from.slice(0, 7); month <= to.slice(0, 7); month = nextMonth(month)) months.push(month)
  return months
}

function nextMonth(month: string): string {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5))]
  return number === 12 ? `${String(year + 1).padStart(4, '0')}-01` : `${month.slice(0, 5)}${String(number + 1).padStart(2, '0')}`
}

interface OfDay {
  readonly day: string
}

const byMonth = <D extends OfDay>(days: readonly D[], value: (day: D) => number): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>()
  for (const one of days) sums.set(one.day.slice(0, 7), (sums.get(one.day.slice(0, 7)) ?? 0) + value(one))
  return sums
}

/** Complaints per thousand orders by month, with their trend. Both are counted on the same days, so that a month that has only begun is fair. */
export function monthlyRates(
  filter: Pick<ReportFilter, 'from' | 'to'>,
  cases: readonly (OfDay & { readonly cases: number })[],
  orders: readonly (OfDay & { readonly orders: number })[],
): ComplaintTrend {
  const [counted, ordered] = [byMonth(cases, (day) => day.cases), byMonth(orders, (day) => day.orders)]
  return complaintTrend(
    monthsOf(filter.from, filter.to).map(
      (period): ComplaintPeriod => ({ period, complaints: counted.get(period) ?? 0, orders: ordered.get(period) ?? 0 }),
    ),
  )
}

/** A chart of one dimension, and how many cases say nothing of it. */
export interface ParetoOf {
  readonly chart: Pareto
  readonly unsaid: number
}

export function paretoOf(dimension: Dimension, tallies: readonly Tallied[]): ParetoOf {
  const items = tallies.flatMap(({ key, cases }) => (key === null ? [] : [{ key, value: cases }]))
  // All five reasons of dissatisfaction are shown, also those that nobody had: there are no others.
  const missing = dimension === 'dissatisfaction' ? dissatisfactions.filter((key) => items.every((item) => item.key !== key)) : []
  return {
    chart: pareto([...items, ...missing.map((key) => ({ key, value: 0 }))]),
    unsaid: tallies.reduce((sum, { key, cases }) => sum + (key === null ? cases : 0), 0),
  }
}

export interface Benchmarks {
  readonly iceberg: Iceberg
  readonly wordOfMouth: WordOfMouth
}

export const benchmarksOf = ({ persistent, satisfied, dissatisfied }: Totals): Benchmarks => ({
  iceberg: iceberg(persistent),
  wordOfMouth: wordOfMouth(satisfied, dissatisfied),
})

export interface TrendRow {
  readonly key: string
  readonly total: number
  /** Cases of each month, in order. */
  readonly months: readonly number[]
  readonly verdict: ComplaintTrend['verdict']
  readonly change: number | null
}

/** How many lines are told apart; more cannot be read in one picture. */
const mostLines = 8

/** Cases by month of the largest keys of a dimension, each with its trend, orders taken into account where there are any. What is smaller stands together, without a trend. */
export function trendsOf(
  months: readonly string[],
  tallies: readonly (Tallied & { readonly month: number })[],
  orders: ReadonlyMap<string, number>,
): { readonly rows: readonly TrendRow[]; readonly others: readonly number[] } {
  const exposures = months.map((month) => orders.get(month) ?? 0)
  const hasOrders = exposures.some((count) => count > 0)
  const lines = [
    ...Map.groupBy(
      tallies.filter(({ key }) => key !== null),
      ({ key }) => key!,
    ),
  ].map(([key, list]) => {
    const counts = new Array<number>(months.length).fill(0)
    for (const { month, cases } of list) counts[month - 1] = (counts[month - 1] ?? 0) + cases
    return { key, counts, total: counts.reduce((sum, count) => sum + count, 0) }
  })
  const sorted = lines.toSorted((a, b) => b.total - a.total || (a.key < b.key ? -1 : 1))
  const rows = sorted.slice(0, mostLines).map(({ key, counts, total }): TrendRow => {
    const periods = months.map((period, i) => ({ period, complaints: counts[i]!, orders: hasOrders ? exposures[i]! : 1 }))
    const { verdict, change } = complaintTrend(periods)
    return { key, total, months: counts, verdict, change }
  })
  const rest = sorted.slice(mostLines)
  return { rows, others: months.map((_, i) => rest.reduce((sum, { counts }) => sum + counts[i]!, 0)) }
}

export const ordersByMonth = (days: readonly (OfDay & { readonly orders: number })[]): ReadonlyMap<string, number> =>
  byMonth(days, ({ orders }) => orders)
