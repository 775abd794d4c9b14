import type { PurchaseHistory } from './purchase-history.ts'

/**
 * Customers with the same (frequency, recency, age), counted together: the likelihood of all purchase models depends on nothing else. Sorted by frequency,
 * then age, then recency; `sliceStart[k] … sliceStart[k + 1]` are the groups of frequency `frequencies[k]`. Times are days.
 */
export interface PurchaseGroups {
  readonly unitDays: number
  readonly customers: number
  /** Customers with at least one repeat purchase. */
  readonly repeaters: number
  readonly groups: number
  readonly recency: Int32Array
  readonly age: Int32Array
  readonly weight: Float64Array
  readonly frequencies: Int32Array
  readonly sliceStart: Int32Array
  /** Customers of each frequency, by slice. */
  readonly sliceWeight: Float64Array
  readonly maxAge: number
  /** By age in days: customers, and their repeat purchases. */
  readonly weightByAge: Float64Array
  readonly repeatsByAge: Float64Array
}

/** Groups those of `history` who have bought and, where it is given, whom `include` marks with 1. */
export function groupPurchases(history: PurchaseHistory, include: Uint8Array | null = null): PurchaseGroups {
  const { purchaseDays, firstDay, lastDay, endDay } = history
  let maxAge = 0
  let customers = 0
  let repeaters = 0
  for (let i = 0; i < history.customers; i++) {
    const days = purchaseDays[i]!
    if (days === 0 || include?.[i] === 0) continue
    customers++
    if (days > 1) repeaters++
    if (endDay - firstDay[i]! > maxAge) maxAge = endDay - firstDay[i]!
  }
  const span = maxAge + 1
  const weightByAge = new Float64Array(span)
  const repeatsByAge = new Float64Array(span)
  // Whoever bought once differs by age only, so they are counted and not sorted.
  const once = new Float64Array(span)
  const keys = new Float64Array(repeaters)
  let used = 0
  for (let i = 0; i < history.customers; i++) {
    const days = purchaseDays[i]!
    if (days === 0 || include?.[i] === 0) continue
    const age = endDay - firstDay[i]!
    weightByAge[age] = weightByAge[age]! + 1
    repeatsByAge[age] = repeatsByAge[age]! + days - 1
    if (days === 1) once[age] = once[age]! + 1
    else keys[used++] = ((days - 1) * span + age) * span + (lastDay[i]! - firstDay[i]!)
  }
  keys.sort()
  return { ...collapse(keys, once, span), unitDays: history.unitDays, customers, repeaters, maxAge, weightByAge, repeatsByAge }
}

function collapse(keys: Float64Array, once: Float64Array, span: number) {
  let groups = once.reduce((count, weight) => (weight > 0 ? count + 1 : count), 0)
  for (let i = 0; i < keys.length; i++) if (i === 0 || keys[i] !== keys[i - 1]) groups++
  const recency = new Int32Array(groups)
  const age = new Int32Array(groups)
  const weight = new Float64Array(groups)
  const frequencies: number[] = []
  const starts: number[] = []
  const weights: number[] = []
  let at = 0
  const open = (frequency: number): void => {
    if (frequencies.at(-1) === frequency) return
    frequencies.push(frequency)
    starts.push(at)
    weights.push(0)
  }
  once.forEach((count, days) => {
    if (count === 0) return
    open(0)
    age[at] = days
    weight[at++] = count
    weights[0] = weights[0]! + count
  })
  for (let i = 0; i < keys.length; ) {
    const key = keys[i]!
    let next = i + 1
    while (next < keys.length && keys[next] === key) next++
    const pair = Math.floor(key / span)
    open(Math.floor(pair / span))
    recency[at] = key - pair * span
    age[at] = pair % span
    weight[at++] = next - i
    weights[weights.length - 1] = weights.at(-1)! + next - i
    i = next
  }
  starts.push(at)
  return {
    groups,
    recency,
    age,
    weight,
    frequencies: Int32Array.from(frequencies),
    sliceStart: Int32Array.from(starts),
    sliceWeight: Float64Array.from(weights),
  }
}

/** Largest frequency among the groups; 0 without any. */
export const maxFrequencyOf = (groups: PurchaseGroups): number => (groups.frequencies.length > 0 ? groups.frequencies.at(-1)! : 0)
/** Sum of all repeat purchases. */
export const repeatsOf = (groups: PurchaseGroups): number => groups.repeatsByAge.reduce((sum, v) => sum + v, 0)

/** Median age of the customers, in units of time; where the search for the scale parameters begins. */
export function medianAge(groups: PurchaseGroups): number {
  let seen = 0
  for (let day = 0; day <= groups.maxAge; day++) {
    seen += groups.weightByAge[day]!
    if (seen * 2 >= groups.customers) return day / groups.unitDays
  }
  return 0
}
