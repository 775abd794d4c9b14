import type { CategoryPurchases } from './preferences.ts'

/** The part of an order's line that preferences look at. */
export interface BoughtLine {
  readonly kind: string
  readonly product: string | null
  readonly name: string | null
  readonly quantityMicro: number
  readonly netMinor: number
}

/** Distinct products with the number of orders that hold each, from orders' lines. Goods of positive quantity only. */
export function indexProducts(orders: readonly (readonly BoughtLine[])[]): Map<string, { times: number; name: string | null }> {
  const found = new Map<string, { times: number; name: string | null }>()
  for (const lines of orders) {
    for (const code of new Set(bought(lines).map((line) => line.product!))) {
      const before = found.get(code)
      found.set(code, { times: (before?.times ?? 0) + 1, name: before?.name ?? nameOf(lines, code) })
    }
  }
  return found
}

/** Orders, quantity and net value by category; products without one are left out. */
export function purchasesByCategory(
  orders: readonly (readonly BoughtLine[])[],
  categoryOf: (product: string) => string | null,
): CategoryPurchases[] {
  const found = new Map<string, { orders: number; quantity: number; value: number }>()
  for (const lines of orders) {
    const inThisOrder = new Set<string>()
    for (const line of bought(lines)) {
      const category = categoryOf(line.product!)
      if (category === null) continue
      const sum = found.get(category) ?? { orders: 0, quantity: 0, value: 0 }
      sum.quantity += line.quantityMicro / 1_000_000
      sum.value += line.netMinor
      if (!inThisOrder.has(category)) sum.orders++
      inThisOrder.add(category)
      found.set(category, sum)
    }
  }
  return [...found].map(([category, sums]) => ({ category, ...sums }))
}

const bought = (lines: readonly BoughtLine[]): readonly BoughtLine[] =>
  lines.filter((line) => line.kind === 'goods' && line.product !== null && line.quantityMicro > 0)
const nameOf = (lines: readonly BoughtLine[], code: string): string | null => lines.find((line) => line.product === code)?.name ?? null
