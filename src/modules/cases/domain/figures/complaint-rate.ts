import { poissonInterval } from '#numerics/poisson.ts'
import { poissonTrend } from '#numerics/poisson-trend.ts'
import { rateRatio } from '#numerics/rate-ratio.ts'
import { type Basis, counted, type Interval } from './reliability.ts'

/** Complaints about orders of the same time, product, channel …: what is above the line must have been possible below it. */
export interface ComplaintCount {
  readonly complaints: number
  readonly orders: number
}

export interface ComplaintRate extends ComplaintCount {
  /** Complaints per thousand orders; null without orders. May exceed 1,000, since an order can be complained about twice. */
  readonly perThousand: number | null
  /** Exact interval of 95 % (Garwood), per thousand; null without orders. */
  readonly interval: Interval | null
  readonly basis: Basis
}

/** Below this many complaints chance alone moves the rate by more than half up or down. */
export const leastComplaints = 10

/**
 * Complaints per thousand orders with the exact Poisson interval. Whole numbers of at least 0 (RangeError otherwise). Without orders there is no rate; with
 * fewer than 10 complaints the basis is `few`: 3 complaints on 1,000 orders are a rate of 3, and anything between 0.6 and 8.8 would have looked the same.
 *
 * @example complaintRate({ complaints: 10, orders: 2000 }) // => perThousand 5, interval 2.3977…9.1952, basis 'enough'
 */
export function complaintRate({ complaints, orders }: ComplaintCount): ComplaintRate {
  counted(complaints, 'complaints')
  counted(orders, 'orders')
  if (orders === 0) return { complaints, orders, perThousand: null, interval: null, basis: 'none' }
  const { low, high } = poissonInterval(complaints)
  const scale = 1000 / orders
  return {
    complaints,
    orders,
    perThousand: complaints * scale,
    interval: { low: low * scale, high: high * scale },
    basis: complaints < leastComplaints ? 'few' : 'enough',
  }
}

export interface ComplaintPeriod extends ComplaintCount {
  /** Name of the period as the caller knows it, such as '2026-09'. */
  readonly period: string
}

export interface ComplaintTrend {
  readonly periods: readonly (ComplaintRate & { readonly period: string })[]
  /** All periods together. */
  readonly overall: ComplaintRate
  /** Change of the rate from one period to the next as a share (−0.1: a tenth less each), with its interval of 95 %; null where it cannot be computed. */
  readonly change: number | null
  readonly interval: Interval | null
  /** no-detectable-change does not say that nothing changed: the interval says how much may have. */
  readonly verdict: 'rising' | 'falling' | 'no-detectable-change' | 'too-little-data'
  /** Complaints scatter more from period to period than chance makes them, and the interval allows for it. */
  readonly uneven: boolean
}

/**
 * Rates of equally long periods in order of time, and their trend: steady growth or decline (Poisson regression on the number of the period, with the orders as
 * exposure). Periods without orders are shown without a rate. A trend is only told with at least four periods that have orders and 10 complaints in all; it is
 * rising or falling where the whole interval is on one side of 0. The last period must be whole, or its orders and complaints must end on the same day.
 */
export function complaintTrend(periods: readonly ComplaintPeriod[]): ComplaintTrend {
  const rates = periods.map(({ period, complaints, orders }) => ({ period, ...complaintRate({ complaints, orders }) }))
  const used = periods.filter(({ orders }) => orders > 0)
  const overall = complaintRate({
    complaints: used.reduce((sum, { complaints }) => sum + complaints, 0),
    orders: used.reduce((sum, { orders }) => sum + orders, 0),
  })
  const trend = poissonTrend(
    periods.map(({ complaints }) => complaints),
    periods.map(({ orders }) => orders),
  )
  const enough = used.length >= 4 && overall.basis === 'enough'
  return {
    periods: rates,
    overall,
    change: trend?.change ?? null,
    interval: trend && { low: trend.low, high: trend.high },
    verdict: !enough ? 'too-little-data' : verdictOf(trend ? { low: trend.low, high: trend.high } : changeAtAnEnd(used)),
    uneven: trend !== null && trend.dispersion > 2,
  }
}

function verdictOf({ low, high }: Interval): 'rising' | 'falling' | 'no-detectable-change' {
  return low > 0 ? 'rising' : high < 0 ? 'falling' : 'no-detectable-change'
}

/**
 * Where all complaints lie in the first or the last period no steady change can be fitted: that period against the others, exactly, as a change of the later by
 * the earlier.
 */
function changeAtAnEnd(used: readonly ComplaintPeriod[]): Interval {
  const events = (list: readonly ComplaintPeriod[]) => ({
    count: list.reduce((sum, { complaints }) => sum + complaints, 0),
    exposure: list.reduce((sum, { orders }) => sum + orders, 0),
  })
  const falling = used[0]!.complaints > 0
  const ratio = rateRatio(events(falling ? used.slice(1) : used.slice(-1)), events(falling ? used.slice(0, 1) : used.slice(0, -1)))!
  return { low: ratio.low - 1, high: (ratio.high ?? Number.POSITIVE_INFINITY) - 1 }
}
