import { visitDays } from '#modules/orders/domain/day-list.ts'
import { quantile } from '#numerics/quantile.ts'

/** What a customer bought of one category. */
export interface CategoryPurchases {
  readonly category: string
  readonly orders: number
  readonly quantity: number
  /** Net, minor units. */
  readonly value: number
}

export interface Preferences {
  /** Categories, favourite first: by orders, then by value, then by name. `share` is of all (order, category) pairs. */
  readonly categories: readonly (CategoryPurchases & { readonly share: number; readonly averagePrice: number | null })[]
  /** Mean value of an order, minor units; null without an order. */
  readonly averageBasket: number | null
  /** Usual days between purchases: the median gap, and the middle half of the gaps. Null with fewer than two purchase days. */
  readonly interval: { readonly median: number; readonly low: number; readonly high: number } | null
  /** Orders on purchase days, as far as the list says. */
  readonly orders: number
}

/** The consumption profile of a customer (B-06) from the day list and the lines summed by category. */
export function preferences(days: Uint8Array, purchases: readonly CategoryPurchases[]): Preferences {
  const gaps: number[] = []
  let previous: number | null = null
  let orders = 0
  let value = 0
  visitDays(days, (day, count, revenue, discount) => {
    if (count <= 0) return
    orders += count
    value += revenue - discount
    if (previous !== null) gaps.push(day - previous)
    previous = day
  })
  gaps.sort((a, b) => a - b)
  const all = purchases.reduce((sum, p) => sum + p.orders, 0)
  const ranked = [...purchases].sort((a, b) => b.orders - a.orders || b.value - a.value || (a.category < b.category ? -1 : 1))
  return {
    categories: ranked.map((p) => ({
      ...p,
      share: all > 0 ? p.orders / all : 0,
      averagePrice: p.quantity > 0 ? p.value / p.quantity : null,
    })),
    averageBasket: orders > 0 ? value / orders : null,
    interval: gaps.length > 0 ? { median: quantile(gaps, 0.5), low: quantile(gaps, 0.25), high: quantile(gaps, 0.75) } : null,
    orders,
  }
}
