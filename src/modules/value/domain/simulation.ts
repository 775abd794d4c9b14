import type { PurchaseDay } from '#modules/orders/domain/day-list.ts'
import { beta, exponential, gamma, type Random } from '#numerics/seeded-random.ts'
import type { GammaGamma } from './gamma-gamma.ts'
import type { OrderModel } from './order-model.ts'

/**
 * Purchase days of one customer as a model says they come about: the first at `entry` (days since 1970, with a fraction), none after `endDay`, purchases of one
 * day counting once. The stream of numbers is handed in, so the same seed gives the same customers. Proves the fits where no file of real data is at hand.
 */
export function simulatePurchaseDays(random: Random, model: OrderModel, entry: number, endDay: number, unitDays: number): number[] {
  const rate = gamma(random, model.r, model.alpha) / unitDays
  const end = endDay + 1
  const leavesAt = model.kind === 'pareto-nbd' ? entry + exponential(random, gamma(random, model.s, model.beta) / unitDays) : end
  const leaving = model.kind === 'bg-nbd' || model.kind === 'mbg-nbd' ? beta(random, model.a, model.b) : 0
  const days: number[] = []
  for (let at = entry; at < Math.min(end, leavesAt) || at === entry; at += exponential(random, rate)) {
    const day = Math.floor(at)
    if (days.at(-1) !== day) days.push(day)
    // BG/NBD gives the first purchase no chance of leaving.
    if ((model.kind === 'mbg-nbd' || at > entry) && random() < leaving) break
  }
  return days
}

/** Those days with values from a gamma-gamma model, in minor units of at least 1; a customer's mean is drawn once. Cost is not known. */
export function simulateSpend(random: Random, model: GammaGamma, days: readonly number[], minorPerMajor: number): PurchaseDay[] {
  const scale = gamma(random, model.q, model.gamma)
  return days.map((day) => {
    const revenueMinor = Math.max(1, Math.round(minorPerMajor * gamma(random, model.p, scale)))
    return {
      day,
      orders: 1,
      revenueMinor,
      discountMinor: 0,
      refundMinor: 0,
      discountedRevenueMinor: 0,
      costMinor: 0,
      costUnknownRevenueMinor: revenueMinor,
    }
  })
}
