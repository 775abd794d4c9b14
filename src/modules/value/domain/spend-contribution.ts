import { pearsonCorrelation } from '#numerics/pearson-correlation.ts'

/** Marketing spend and sales of one segment over the same period, in one unit of money. */
export interface SegmentSpend {
  readonly segment: string
  readonly customers: number
  readonly spend: number
  readonly sales: number
}

export interface SpendContribution {
  readonly segment: string
  readonly customerShare: number
  readonly spendShare: number
  readonly salesShare: number
  /** More money goes in than comes out: share of spend at least 1.5 times the share of sales, and ten points above it. */
  readonly misallocated: boolean
  /** The spend it would get if spend followed sales. A direction, not an optimum. */
  readonly proportionalSpend: number
}

export interface SpendReport {
  readonly segments: readonly SpendContribution[]
  readonly misallocated: boolean
  /** Of spend per customer with sales per customer over the segments, each segment counting once; at or below 0 spend does not follow value. Null below two segments. */
  readonly correlation: number | null
}

/**
 * Spend against contribution (C-07: 70 % of the spend on 70 % of the customers who bring 20 % of the sales). Segments without customers take no part in the
 * correlation; totals of 0 give shares of 0.
 */
export function spendContribution(segments: readonly SegmentSpend[]): SpendReport {
  const total = (pick: (s: SegmentSpend) => number): number => segments.reduce((sum, s) => sum + pick(s), 0)
  const customers = total((s) => s.customers)
  const spend = total((s) => s.spend)
  const sales = total((s) => s.sales)
  const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0)
  const rows = segments.map((s): SpendContribution => {
    const spendShare = share(s.spend, spend)
    const salesShare = share(s.sales, sales)
    return {
      segment: s.segment,
      customerShare: share(s.customers, customers),
      spendShare,
      salesShare,
      misallocated: spendShare >= 1.5 * salesShare && spendShare - salesShare >= 0.1,
      proportionalSpend: spend * salesShare,
    }
  })
  const peopled = segments.filter((s) => s.customers > 0)
  return {
    segments: rows,
    misallocated: rows.some((row) => row.misallocated),
    correlation: pearsonCorrelation(
      peopled.map((s) => s.spend / s.customers),
      peopled.map((s) => s.sales / s.customers),
    ),
  }
}
