import { type OrderModel, orderingIfAlive, ordersIfAlive, probabilityAlive } from './order-model.ts'
import { weeksPerMonth } from './purchase-history.ts'

/** How far a lifetime value looks ahead, and how it discounts. A month is 4.345 weeks; the discount is per month, taken at each month's end. */
export interface Horizon {
  readonly months: number
  readonly discountPerMonth: number
}

/** What lies ahead of customers with x repeat purchases in T units, given aliveness. Does not depend on when they last bought, so it is worked out once per (x, T). */
export interface Prospect {
  /** Expected purchases within the horizon. */
  readonly orders: number
  /** The same, each month's part discounted; times P(alive) and the value of a purchase it is the lifetime value. */
  readonly discountedOrders: number
  /** Probability of at least one purchase within the horizon. */
  readonly ordering: number
}

/** A horizon's length in units of `unitDays` days. */
export const horizonUnits = (months: number, unitDays: number): number => (months * weeksPerMonth * 7) / unitDays

/**
 * Sums expected purchases month by month, each discounted by (1 + d)⁻ᵏ at the end of month k; a last partial month counts as what it is, discounted at its end.
 * The convention of lifetimes' `customer_lifetime_value`, so that figures can be compared.
 */
export function prospectOf(model: OrderModel, x: number, T: number, unitDays: number, horizon: Horizon): Prospect {
  const step = horizonUnits(1, unitDays)
  const end = horizonUnits(horizon.months, unitDays)
  let discountedOrders = 0
  let before = 0
  for (let month = 1; month < horizon.months + 1; month++) {
    const at = Math.min(month, horizon.months)
    const orders = ordersIfAlive(model, x, T, at * step)
    discountedOrders += (orders - before) * (1 + horizon.discountPerMonth) ** -at
    before = orders
  }
  return { orders: before, discountedOrders, ordering: orderingIfAlive(model, x, T, end) }
}

/** Expected purchases in the next t units of a customer with x repeat purchases, the last at tx, seen for T units. */
export const expectedOrders = (model: OrderModel, x: number, tx: number, T: number, t: number): number =>
  probabilityAlive(model, x, tx, T) * ordersIfAlive(model, x, T, t)

/** Probability of at least one purchase in the next t units. */
export const probabilityOrdering = (model: OrderModel, x: number, tx: number, T: number, t: number): number =>
  probabilityAlive(model, x, tx, T) * orderingIfAlive(model, x, T, t)

/** Remembers prospects by (x, age in days). Makes a bulk prediction cost what the number of distinct pairs costs; the figures are those of `prospectOf`. */
export function prospectMemory(model: OrderModel, unitDays: number, horizon: Horizon): (x: number, ageDays: number) => Prospect {
  const byFrequency: (Prospect | undefined)[][] = []
  return (x, ageDays) => {
    let byAge = byFrequency[x]
    if (byAge === undefined) {
      byAge = []
      byFrequency[x] = byAge
    }
    let prospect = byAge[ageDays]
    if (prospect === undefined) {
      prospect = prospectOf(model, x, ageDays / unitDays, unitDays, horizon)
      byAge[ageDays] = prospect
    }
    return prospect
  }
}
