/** Share of net revenue that was sold at a discount (J-20), overall and how customers are spread over it. */
export interface PromotionShare {
  readonly netRevenue: number
  readonly discountedRevenue: number
  /** 0…1; null without net revenue. */
  readonly share: number | null
  /** Customers by their own share: none, up to a quarter, to a half, to three quarters, more. Customers without net revenue are not counted. */
  readonly customersByShare: readonly [number, number, number, number, number]
  /** Customers who buy at a discount only. */
  readonly onlyDiscounted: number
}

/** A customer's share, 0…1, or null without net revenue. Amounts in minor units, net revenue = revenue − discounts. */
export const discountedShare = (netRevenue: number, discountedRevenue: number): number | null =>
  netRevenue > 0 ? Math.min(1, Math.max(0, discountedRevenue / netRevenue)) : null

/** The report over customers; arrays with one place per customer. */
export function promotionShare(revenue: Float64Array, discounts: Float64Array, discountedRevenue: Float64Array): PromotionShare {
  const customersByShare: [number, number, number, number, number] = [0, 0, 0, 0, 0]
  let net = 0
  let discounted = 0
  let onlyDiscounted = 0
  for (let i = 0; i < revenue.length; i++) {
    const own = revenue[i]! - discounts[i]!
    net += own
    discounted += discountedRevenue[i]!
    const share = discountedShare(own, discountedRevenue[i]!)
    if (share === null) continue
    const band = Math.ceil(share * 4)
    customersByShare[band] = customersByShare[band]! + 1
    if (share === 1) onlyDiscounted++
  }
  return { netRevenue: net, discountedRevenue: discounted, share: discountedShare(net, discounted), customersByShare, onlyDiscounted }
}
