/** One point of the cumulative curve: the best `customers` (share) bring `value` (share of the total). */
export interface ConcentrationPoint {
  readonly customers: number
  readonly value: number
}

export interface Concentration {
  readonly customers: number
  readonly total: number
  /** From (0, 0) to (1, 1), at most 101 points. Rises above 1 where some customers cost more than they bring. */
  readonly curve: readonly ConcentrationPoint[]
  /** Share of the total that the best fifth of the customers brings. */
  readonly topFifth: number
  /** Smallest share of the customers that brings at least 80 % of the total. */
  readonly customersForFourFifths: number
}

/**
 * How far revenue or profit hangs on few customers (the 80/20 reading). Values in any unit, one per customer, ascending. Null without customers or
 * where the total is not above 0, because shares of nothing mean nothing.
 *
 * @example ten customers of 400, 400 and eight of 25 // => topFifth 0.8, customersForFourFifths 0.2
 */
export function concentration(ascending: Float64Array): Concentration | null {
  const n = ascending.length
  const total = ascending.reduce((sum, value) => sum + value, 0)
  if (n === 0 || !(total > 0)) return null
  const curve: ConcentrationPoint[] = [{ customers: 0, value: 0 }]
  const steps = Math.min(100, n)
  const fifth = Math.max(1, Math.round(n / 5))
  let sum = 0
  let topFifth = 0
  let needed = n
  let step = 1
  for (let rank = 1; rank <= n; rank++) {
    sum += ascending[n - rank]!
    if (rank === fifth) topFifth = sum / total
    // Sums of fractions can end a hair below the share they stand for.
    if (needed === n && sum >= 0.8 * total * (1 - 1e-12)) needed = rank
    if (rank >= Math.round((step * n) / steps)) {
      curve.push({ customers: rank / n, value: rank === n ? 1 : sum / total })
      step++
    }
  }
  return { customers: n, total, curve, topFifth, customersForFourFifths: needed / n }
}
