import { binomialAtLeast, binomialAtMost } from '#numerics/binomial.ts'
import {
  type ChartPoint,
  type ControlChart,
  controlChart,
  type JudgedPoint,
  type LimitMethod,
  threeSigmaTail,
} from '#numerics/control-chart.ts'
import { counted, sized } from './reliability.ts'

/** One period of one cause: its complaints, and what they are measured by: orders, or days where orders do not tell. Above 0 where complaints are to be judged. */
export interface CausePeriod {
  readonly period: string
  readonly complaints: number
  readonly exposure: number
}

export interface CauseChart {
  readonly chart: ControlChart
  readonly method: LimitMethod
}

/** From how many expected events per period on three sigma fit a count, and from how many periods and which excess on Laney's wider limits are drawn. */
const forSigma = 10
const forLaney = { periods: 12, expected: 5, excess: 1.5 }

/**
 * The control chart (u-chart) of a cause over all its periods, with the method that fits: three-sigma where every period expects at least 10 complaints, exact
 * below that, Laney's where at least 12 periods with 5 complaints each on average scatter half as widely again as chance makes them. Null without exposure or
 * without complaints: there is then no centre to draw.
 */
export function causeChart(periods: readonly CausePeriod[]): CauseChart | null {
  const points = pointsOf(periods)
  const plain = controlChart(points, 'poisson', 'three-sigma')
  if (!plain || plain.centre === 0) return null
  const method = fittingMethod(plain)
  return { method, chart: method === 'three-sigma' ? plain : controlChart(points, 'poisson', method)! }
}

function fittingMethod({ points, excess }: ControlChart): LimitMethod {
  const judged = points.filter(({ rate }) => rate !== null)
  if (isUneven(judged, excess)) return 'laney'
  return judged.every(({ expected }) => expected >= forSigma) ? 'three-sigma' : 'exact'
}

/** Chance passes an excess of 1.5 in twelve periods about four times in a hundred; then the limit is only wider than it need be. */
function isUneven(points: readonly ChartPoint[], excess: number | null): boolean {
  const complaints = points.reduce((sum, { count }) => sum + count, 0)
  return points.length >= forLaney.periods && complaints >= forLaney.expected * points.length && (excess ?? 0) >= forLaney.excess
}

export interface CauseAlert {
  /** above-limit and run-above are alerts. below-limit and run-below say that something became better: worth asking why. */
  readonly verdict: 'above-limit' | 'run-above' | 'within' | 'run-below' | 'below-limit' | 'too-little-data'
  readonly alert: boolean
  readonly complaints: number
  /** Complaints that the former rate makes one expect in this period; null without a former rate. */
  readonly expected: number | null
  /** The largest and the smallest count that are still within; null where there is none. */
  readonly upperCount: number | null
  readonly lowerCount: number | null
  /** Probability of so many complaints or more, were the rate as before; null where the limits are Laney's or there is nothing to compare. */
  readonly chance: number | null
  /**
   * prediction: exact, and allows for how little may be known of the former rate · laney: the periods before scatter more than chance makes them, and the limit
   * is wider by that.
   */
  readonly method: 'prediction' | 'laney'
  readonly periodsBefore: number
  readonly complaintsBefore: number
  readonly why: 'no-exposure' | 'few-periods' | 'beyond-limit' | 'eight-on-one-side' | 'as-before'
}

/** Fewer periods than these are no former rate. */
export const leastPeriodsBefore = 6

/**
 * Whether a cause exceeds its control limit in the latest period (the last of the list, which may still run: its exposure is what has run of it), against the
 * periods before.
 *
 * The limit is exact for the latest count given the counts before (Przyborowski and Wilenski 1940 as a prediction limit, W. Nelson 1970): beyond it lies
 * what chance brings at most 0.00135 of the time, as three sigma of a normal value do. With no complaint in twelve equal periods before, three in one are an
 * alert and two are not. Where the periods before scatter more than chance makes them (see causeChart), Laney's limits are used. Else eight periods in a row on
 * one side of the centre count. Watching n causes each period brings n · 0.00135 false alerts by the limit on average, and about n · 0.003 by the rule of eight.
 *
 * too-little-data with fewer than 6 periods before or no exposure. Counts are whole numbers of at least 0 (RangeError otherwise). Periods in which the cause
 * was known to be out of hand should be left out.
 */
export function causeAlert(periods: readonly CausePeriod[]): CauseAlert {
  const points = pointsOf(periods)
  const before = points.slice(0, -1).filter(({ size }) => size > 0)
  const latest = points.at(-1)
  const sums = { count: before.reduce((sum, { count }) => sum + count, 0), exposure: before.reduce((sum, { size }) => sum + size, 0) }
  const about = { complaints: latest?.count ?? 0, periodsBefore: before.length, complaintsBefore: sums.count }
  if (!latest || !(latest.size > 0)) return { ...about, ...unknown, why: 'no-exposure' }
  if (before.length < leastPeriodsBefore) return { ...about, ...unknown, why: 'few-periods' }

  const chartBy = (method: LimitMethod) => controlChart([...before, latest], 'poisson', method, before.length)!
  const exact = chartBy('exact')
  const isLaney = isUneven(before, exact.excess)
  const judged = (isLaney ? chartBy('laney') : exact).points.at(-1)!
  const limits = isLaney ? countsOf(judged) : predictedCounts(sums, latest.size)
  const figures = {
    ...about,
    ...limits,
    expected: judged.expected,
    chance: isLaney ? null : chanceOfMore(latest.count, latest.size, sums),
    method: isLaney ? ('laney' as const) : ('prediction' as const),
  }
  if (latest.count > limits.upperCount) return { ...figures, verdict: 'above-limit', alert: true, why: 'beyond-limit' }
  if (latest.count < limits.lowerCount) return { ...figures, verdict: 'below-limit', alert: false, why: 'beyond-limit' }
  if (judged.run === null) return { ...figures, verdict: 'within', alert: false, why: 'as-before' }
  return {
    ...figures,
    verdict: judged.run === 'above' ? 'run-above' : 'run-below',
    alert: judged.run === 'above',
    why: 'eight-on-one-side',
  }
}

const unknown = {
  verdict: 'too-little-data',
  alert: false,
  expected: null,
  upperCount: null,
  lowerCount: null,
  chance: null,
  method: 'prediction',
} as const

const pointsOf = (periods: readonly CausePeriod[]) =>
  periods.map(({ complaints, exposure, period }) => ({ count: counted(complaints, period), size: sized(exposure, period) }))

interface Before {
  readonly count: number
  readonly exposure: number
}

/** Given all events, those of the latest period are binomial with its part of the exposure, were the rate as before. */
const chanceOfMore = (count: number, exposure: number, before: Before): number =>
  binomialAtLeast(count, count + before.count, exposure / (exposure + before.exposure))
const chanceOfFewer = (count: number, exposure: number, before: Before): number =>
  binomialAtMost(count, count + before.count, exposure / (exposure + before.exposure))

function predictedCounts(before: Before, exposure: number): { readonly upperCount: number; readonly lowerCount: number } {
  const expected = (before.count / before.exposure) * exposure
  let upperCount = Math.floor(expected)
  while (chanceOfMore(upperCount + 1, exposure, before) > threeSigmaTail) upperCount++
  let lowerCount = Math.ceil(expected)
  while (lowerCount > 0 && chanceOfFewer(lowerCount - 1, exposure, before) > threeSigmaTail) lowerCount--
  return { upperCount, lowerCount }
}

/** Limits of a rate as the counts that are just within. */
const countsOf = ({ lower, upper, size }: JudgedPoint): { readonly upperCount: number; readonly lowerCount: number } => ({
  upperCount: Math.floor(upper! * size + 1e-9),
  // A lower limit of 0 would come out as −0.
  lowerCount: Math.max(0, Math.ceil(lower * size - 1e-9)),
})
