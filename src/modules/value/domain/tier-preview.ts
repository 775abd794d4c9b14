import type { RankSketch } from './distribution.ts'
import { type Tier, type TierSettings, tierByFloors, tierFloors, tiers } from './tiers.ts'

export interface TierPreviewRow {
  readonly tier: Tier
  readonly customers: number
  readonly profitMinor: number
}

/**
 * Customers and profit per tier under other settings, platinum first, by profit alone: without hysteresis and decisions by hand. Exact where the sketch holds every
 * profit; otherwise a group of neighbouring ranks is in one tier as a whole. The counts sum to all customers.
 */
export function tierPreview(sketch: RankSketch, settings: TierSettings): readonly TierPreviewRow[] {
  const floors = tierFloors(Float64Array.from(sketch.means).sort(), settings)
  const customers = new Map<Tier, number>()
  const profit = new Map<Tier, number>()
  sketch.means.forEach((mean, group) => {
    const tier = tierByFloors(mean, floors)
    const count = sketch.counts[group]!
    customers.set(tier, (customers.get(tier) ?? 0) + count)
    profit.set(tier, (profit.get(tier) ?? 0) + mean * count)
  })
  return tiers.toReversed().map((tier) => ({ tier, customers: customers.get(tier) ?? 0, profitMinor: Math.round(profit.get(tier) ?? 0) }))
}
