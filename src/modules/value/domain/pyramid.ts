import { type Activity, type ActivityWindows, activities, activityOf } from './activity.ts'
import { type ProfitBasis, profitBases } from './profit.ts'
import { type RfmSegment, rfmSegments } from './rfm.ts'
import { type TierReason, tierReasons } from './tier-reason.ts'
import { type Tier, tiers, type ValueLabel, valueLabels } from './tiers.ts'
import type { ValuationBook } from './valuation-book.ts'
import type { ValuationFigures } from './valuation-score.ts'

/** Sums of a tier over its customers; money in minor units. */
export interface TierRow {
  readonly tier: Tier
  readonly customers: number
  /** Revenue − discounts − refunds. */
  readonly revenueMinor: number
  readonly profitMinor: number
  readonly serviceCostMinor: number
  readonly lifetimeValueMinor: number
  readonly byHand: number
  readonly releasable: number
}

export interface SegmentRow {
  readonly segment: RfmSegment
  readonly customers: number
  readonly revenueMinor: number
  readonly profitMinor: number
}

export interface Pyramid {
  /** Platinum first. Their customers sum to all customers. */
  readonly tiers: readonly TierRow[]
  readonly labels: readonly { readonly label: ValueLabel; readonly customers: number }[]
  readonly activities: readonly { readonly activity: Activity; readonly customers: number }[]
  /** Those that somebody is in. Customers without scores are in none. */
  readonly segments: readonly SegmentRow[]
  readonly profitBases: readonly { readonly basis: ProfitBasis; readonly customers: number }[]
  readonly profilingOff: number
  readonly unknownCostRevenueMinor: number
  readonly expectedOrders: number
}

/** Counts and sums per tier, label, activity and segment. One pass, no objects per customer. */
export function pyramidOf(book: ValuationBook, figures: ValuationFigures, tierReason: Uint8Array, windows: ActivityWindows): Pyramid {
  const perTier = tiers.map(() => ({ customers: 0, revenue: 0, profit: 0, service: 0, lifetime: 0, byHand: 0, releasable: 0 }))
  const perSegment = rfmSegments.map(() => ({ customers: 0, revenue: 0, profit: 0 }))
  const perLabel = valueLabels.map(() => 0)
  const perActivity = activities.map(() => 0)
  const perBasis = profitBases.map(() => 0)
  const byHand = tierReasons.indexOf('by-hand' satisfies TierReason)
  let profilingOff = 0
  let unknownCostRevenue = 0
  let expectedOrders = 0
  for (let i = 0; i < book.customers; i++) {
    const revenue = netRevenueOf(book, i)
    const tier = perTier[figures.tier[i]! - 1]!
    tier.customers++
    tier.revenue += revenue
    tier.profit += figures.profit[i]!
    tier.service += book.costToServe[i]!
    tier.lifetime += known(figures.lifetimeValue[i]!)
    if (tierReason[i] === byHand) tier.byHand++
    tier.releasable += figures.releasable[i]!
    if (figures.segment[i]! > 0) {
      const segment = perSegment[figures.segment[i]! - 1]!
      segment.customers++
      segment.revenue += revenue
      segment.profit += figures.profit[i]!
    }
    perLabel[Math.max(1, figures.valueLabel[i]!) - 1]!++
    perActivity[activityOf(book.history, i, windows)]!++
    perBasis[figures.profitBasis[i]!]!++
    profilingOff += 1 - book.profiling[i]!
    unknownCostRevenue += book.unknownCostRevenue[i]!
    expectedOrders += known(figures.expectedOrders[i]!)
  }
  return {
    tiers: tiers
      .map((tier, k) => ({ tier, ...perTier[k]! }))
      .toReversed()
      .map((row) => ({
        tier: row.tier,
        customers: row.customers,
        revenueMinor: row.revenue,
        profitMinor: row.profit,
        serviceCostMinor: row.service,
        lifetimeValueMinor: Math.round(row.lifetime),
        byHand: row.byHand,
        releasable: row.releasable,
      })),
    labels: valueLabels.map((label, k) => ({ label, customers: perLabel[k]! })).toReversed(),
    activities: activities.map((activity, k) => ({ activity, customers: perActivity[k]! })),
    segments: rfmSegments
      .map((segment, k) => ({
        segment,
        customers: perSegment[k]!.customers,
        revenueMinor: perSegment[k]!.revenue,
        profitMinor: perSegment[k]!.profit,
      }))
      .filter((row) => row.customers > 0),
    profitBases: profitBases.map((basis, k) => ({ basis, customers: perBasis[k]! })).filter((row) => row.customers > 0),
    profilingOff,
    unknownCostRevenueMinor: unknownCostRevenue,
    expectedOrders,
  }
}

/** Revenue − discounts − refunds of one customer, minor units. */
export const netRevenueOf = (book: ValuationBook, i: number): number => book.revenue[i]! - book.discounts[i]! - book.refunds[i]!

const known = (value: number): number => (Number.isNaN(value) ? 0 : value)
