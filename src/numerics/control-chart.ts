import { binomialAtLeast, binomialAtMost } from './binomial.ts'
import { poissonAtLeast, poissonAtMost } from './poisson.ts'

/** Events counted in a period of some size: orders, days, pieces inspected … A period of size 0 is drawn but neither counted nor judged. */
export interface ChartPoint {
  readonly count: number
  readonly size: number
}

/** poisson: u-chart, and c-chart where all sizes are 1 · binomial: p-chart, where `size` is the number of pieces. */
export type ChartLaw = 'poisson' | 'binomial'

/**
 * three-sigma: centre ± 3 standard deviations, good from about ten expected events · exact: beyond lies what chance brings at most 0.00135 of the time on that
 * side, as three sigma of a normal value do, for small counts · laney: three sigma, widened by how much the points scatter from one to the next, for large or
 * uneven counts.
 */
export type LimitMethod = 'three-sigma' | 'exact' | 'laney'

export type Side = 'above' | 'below'

/** Rates are events per unit of size. A limit that chance cannot pass is 0 below, or null above. */
export interface JudgedPoint extends ChartPoint {
  readonly rate: number | null
  readonly expected: number
  readonly lower: number
  readonly upper: number | null
  /** Outside its limits: above `upper` or below `lower`. */
  readonly beyond: Side | null
  /** The eighth or a later one in a row on the same side of the centre, where chance makes such a row at most once in a hundred times. */
  readonly run: Side | null
}

export interface ControlChart {
  readonly centre: number
  readonly points: readonly JudgedPoint[]
  /**
   * Laney's factor: how much wider than Poisson or binomial the points scatter; 1 where they do just as chance makes them, null with fewer than two points or
   * no event.
   */
  readonly excess: number | null
}

/** What lies beyond three standard deviations of a normal value on one side. */
export const threeSigmaTail = 0.0013498980316300933
const runLength = 8
const runChance = 0.01

/**
 * Control chart of counts: centre, limits for each point, and what breaks a rule. The centre comes from the first `baseline` points, all where it is left out.
 * Null where their sizes are 0 together, and for a p-chart where the baseline has more events than pieces.
 *
 * W. A. Shewhart (1931); D. C. Montgomery, Introduction to Statistical Quality Control, chapter 7; D. B. Laney, Quality Engineering 14 (2002) 531–537. Two
 * rules: one point beyond a limit, and eight in a row on one side (Western Electric, 1956). A count of small mean lies below it most of the time, so the run
 * must also be unlikely under the centre.
 *
 * @example controlChart(26 boards with 516 defects, 'poisson', 'three-sigma') // => centre 19.85, lower 6.48, upper 33.21
 */
export function controlChart(
  points: readonly ChartPoint[],
  law: ChartLaw,
  method: LimitMethod,
  baseline = points.length,
): ControlChart | null {
  const known = points.slice(0, baseline)
  const size = known.reduce((sum, point) => sum + point.size, 0)
  const events = known.reduce((sum, point) => sum + (point.size > 0 ? point.count : 0), 0)
  if (!(size > 0) || (law === 'binomial' && events > size)) return null
  const centre = events / size
  const excess = excessOf(known, centre, law)
  const factor = method === 'laney' ? (excess ?? 1) : 1
  const runs = new RunRule()
  return {
    centre,
    excess,
    points: points.map((point) => {
      const { count, size: n } = point
      if (!(n > 0)) return { ...point, rate: null, expected: 0, lower: 0, upper: null, beyond: null, run: null }
      const rate = count / n
      const limits = method === 'exact' ? exactLimits(n, centre, law) : sigmaLimits(n, centre, law, factor)
      const beyond = limits.upper !== null && rate > limits.upper ? 'above' : rate < limits.lower ? 'below' : null
      return { ...point, rate, expected: centre * n, ...limits, beyond, run: runs.next(point, centre, law, method) }
    }),
  }
}

const deviation = (size: number, centre: number, law: ChartLaw): number =>
  Math.sqrt((law === 'poisson' ? centre : centre * (1 - centre)) / size)

/** Mean moving range of the standardised points ÷ 1.128, which is what it is for independent standard normal values. */
function excessOf(points: readonly ChartPoint[], centre: number, law: ChartLaw): number | null {
  const used = points.filter(({ size }) => size > 0)
  if (used.length < 2 || !(deviation(1, centre, law) > 0)) return null
  const z = used.map(({ count, size }) => (count / size - centre) / deviation(size, centre, law))
  const range = z.slice(1).reduce((sum, value, i) => sum + Math.abs(value - z[i]!), 0) / (z.length - 1)
  return range / (2 / Math.sqrt(Math.PI))
}

function sigmaLimits(size: number, centre: number, law: ChartLaw, factor: number): { lower: number; upper: number | null } {
  const reach = 3 * factor * deviation(size, centre, law)
  const upper = centre + reach
  return { lower: Math.max(0, centre - reach), upper: law === 'binomial' && upper >= 1 ? null : upper }
}

/** The smallest and the largest count that are within, as rates. */
function exactLimits(size: number, centre: number, law: ChartLaw): { lower: number; upper: number | null } {
  const lower = smallestCount((count) => atMost(count, size, centre, law) > threeSigmaTail)
  const upper = smallestCount((count) => atLeast(count + 1, size, centre, law) <= threeSigmaTail)
  return { lower: lower / size, upper: law === 'binomial' && upper >= size ? null : upper / size }
}

const atMost = (count: number, size: number, centre: number, law: ChartLaw): number =>
  law === 'poisson' ? poissonAtMost(count, centre * size) : binomialAtMost(count, size, centre)
const atLeast = (count: number, size: number, centre: number, law: ChartLaw): number =>
  law === 'poisson' ? poissonAtLeast(count, centre * size) : binomialAtLeast(count, size, centre)

/** The smallest whole number from which on the condition holds. */
function smallestCount(holds: (count: number) => boolean): number {
  if (holds(0)) return 0
  let beyond = 1
  while (!holds(beyond)) beyond *= 2
  let below = Math.floor(beyond / 2)
  while (beyond - below > 1) {
    const middle = Math.floor((below + beyond) / 2)
    if (holds(middle)) beyond = middle
    else below = middle
  }
  return beyond
}

/** Follows the points in order; a point on the centre ends a run. A class because a run is a state. */
class RunRule {
  side: Side | null = null
  length = 0
  chance = 1

  next(point: ChartPoint, centre: number, law: ChartLaw, method: LimitMethod): Side | null {
    const { count, size } = point
    const expected = centre * size
    const side = count > expected ? 'above' : count < expected ? 'below' : null
    if (side !== this.side) {
      this.side = side
      this.length = 0
      this.chance = 1
    }
    if (side === null) return null
    this.length++
    // Where counts scatter more than the law says, only the sides are left to go by.
    if (method === 'laney') this.chance *= 0.5
    else if (side === 'above') this.chance *= atLeast(Math.floor(expected) + 1, size, centre, law)
    else this.chance *= atMost(Math.ceil(expected) - 1, size, centre, law)
    return this.length >= runLength && this.chance <= runChance ? side : null
  }
}
