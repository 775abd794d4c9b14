export const sizeBands = ['big', 'middle', 'small'] as const
export type SizeBand = (typeof sizeBands)[number]

/** Shares of the customers, from the largest revenue down; the rest is small. */
export interface SizeBandSettings {
  readonly big: number
  readonly middle: number
  /** Cost of handling one order, minor units. */
  readonly transactionCost: number
}

export const defaultSizeBandSettings: SizeBandSettings = { big: 0.05, middle: 0.25, transactionCost: 0 }

/** One place per customer, minor units; revenue before discounts. */
export interface SizeBandInput {
  readonly revenue: Float64Array
  readonly discounts: Float64Array
  readonly costToServe: Float64Array
  readonly orders: ArrayLike<number>
}

export interface SizeBandRow {
  readonly band: SizeBand
  readonly customers: number
  readonly revenue: number
  readonly discounts: number
  readonly costToServe: number
  readonly transactionCost: number
  /** revenue − discounts − cost to serve − transaction cost. */
  readonly profit: number
  /** profit ÷ revenue; null without revenue. */
  readonly margin: number | null
}

/**
 * Profit of big, middle and small customers by revenue (C-08): the biggest need not be the best. Equal revenues are always in the same band; a block of
 * equals across a border falls into the smaller band. Bands are reported as found. The rows' sums are the totals.
 */
export function sizeBandReport(input: SizeBandInput, settings: SizeBandSettings): readonly SizeBandRow[] {
  const ascending = input.revenue.slice().sort()
  const big = floorOfLargest(ascending, settings.big)
  const middle = floorOfLargest(ascending, settings.big + settings.middle)
  const sums = sizeBands.map(() => ({ customers: 0, revenue: 0, discounts: 0, costToServe: 0, transactionCost: 0 }))
  for (let i = 0; i < input.revenue.length; i++) {
    const revenue = input.revenue[i]!
    const sum = sums[revenue >= big ? 0 : revenue >= middle ? 1 : 2]!
    sum.customers++
    sum.revenue += revenue
    sum.discounts += input.discounts[i]!
    sum.costToServe += input.costToServe[i]!
    sum.transactionCost += settings.transactionCost * input.orders[i]!
  }
  return sums.map((sum, k) => {
    const profit = sum.revenue - sum.discounts - sum.costToServe - sum.transactionCost
    return { band: sizeBands[k]!, ...sum, profit, margin: sum.revenue > 0 ? profit / sum.revenue : null }
  })
}

function floorOfLargest(ascending: Float64Array, share: number): number {
  const n = ascending.length
  let first = n - Math.ceil(share * n - 1e-9)
  if (first > 0 && first < n) while (first < n && ascending[first] === ascending[first - 1]) first++
  return first < n ? ascending[Math.max(0, first)]! : Number.POSITIVE_INFINITY
}
