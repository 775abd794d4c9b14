import { encodeDayList, largestTotal, type PurchaseDay, totalTooLarge } from './day-list.ts'
import type { Sums } from './order.ts'

/**
 * Sums one customer's orders up into the bytes that `encodeDayList` gives, for loads of millions. Most customers have few orders that come in the order of their ids,
 * not of their days: they are sorted by insertion in arrays that serve all customers.
 */
export interface DayListWriter {
  add(day: number, sums: Sums): void
  /** The list of what was added since the last time, until something is added again. */
  take(): Uint8Array
}

const fields = 7
const shortList = 64

export function dayListWriter(): DayListWriter {
  const days = new Int32Array(shortList)
  const values = new Float64Array(shortList * fields)
  let count = 0
  let many: Map<number, PurchaseDay> | null = null
  const bytes = new Uint8Array(1 + shortList * (1 + (1 + fields) * 8))
  return {
    add(day, sums) {
      if (many) return addTo(many, dayOf(day, sums))
      let place = count
      while (place > 0 && days[place - 1]! > day) place--
      if (place === 0 || days[place - 1] !== day) {
        if (count === shortList) {
          many = new Map()
          for (let i = 0; i < count; i++) addTo(many, dayFrom(days, values, i))
          return addTo(many, dayOf(day, sums))
        }
        days.copyWithin(place + 1, place, count)
        values.copyWithin((place + 1) * fields, place * fields, count * fields)
        days[place] = day
        values.fill(0, place * fields, (place + 1) * fields)
        count++
      } else place--
      addAt(values, place * fields, sums)
    },
    take() {
      if (many) {
        const list = encodeDayList([...many.values()].sort((a, b) => a.day - b.day))
        many = null
        count = 0
        return list
      }
      const end = writeDays(bytes, days, values, count)
      count = 0
      return bytes.subarray(0, end)
    },
  }
}

function addAt(values: Float64Array, at: number, sums: Sums): void {
  if (sums.counted) values[at]! += 1
  values[at + 1]! += sums.revenueMinor
  values[at + 2]! += sums.discountMinor
  values[at + 3]! += sums.refundMinor
  values[at + 4]! += sums.discountedMinor
  values[at + 5]! += sums.costMinor
  values[at + 6]! += sums.costUnknownMinor
}

/** See day-list.ts for the form. */
function writeDays(bytes: Uint8Array, days: Int32Array, values: Float64Array, count: number): number {
  bytes[0] = 1
  let at = 1
  let previous = 0
  let total = 0
  for (let i = 0; i < count; i++) {
    const from = i * fields
    let flags = values[from] === 1 ? 0 : 1
    let anything = values[from] !== 0
    for (let f = 1; f < fields; f++)
      if (values[from + f] !== 0) {
        flags |= 1 << f
        anything = true
        total += Math.abs(values[from + f]!)
      }
    if (!anything) continue
    bytes[at++] = flags
    at = writeInteger(bytes, at, days[i]! - previous)
    for (let f = 0; f < fields; f++) if (flags & (1 << f)) at = writeInteger(bytes, at, values[from + f]!)
    previous = days[i]!
  }
  if (!(total <= largestTotal)) throw new RangeError(totalTooLarge)
  return at
}

function writeInteger(bytes: Uint8Array, start: number, value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(totalTooLarge)
  let at = start
  const sign = value < 0 ? 1 : 0
  let rest = Math.abs(value)
  const low = rest % 64
  rest = (rest - low) / 64
  bytes[at++] = (rest > 0 ? 128 : 0) | (low << 1) | sign
  while (rest > 0) {
    const bits = rest % 128
    rest = (rest - bits) / 128
    bytes[at++] = (rest > 0 ? 128 : 0) | bits
  }
  return at
}

const dayOf = (day: number, sums: Sums): PurchaseDay => ({
  day,
  orders: sums.counted ? 1 : 0,
  revenueMinor: sums.revenueMinor,
  discountMinor: sums.discountMinor,
  refundMinor: sums.refundMinor,
  discountedRevenueMinor: sums.discountedMinor,
  costMinor: sums.costMinor,
  costUnknownRevenueMinor: sums.costUnknownMinor,
})

const dayFrom = (days: Int32Array, values: Float64Array, i: number): PurchaseDay => ({
  day: days[i]!,
  orders: values[i * fields]!,
  revenueMinor: values[i * fields + 1]!,
  discountMinor: values[i * fields + 2]!,
  refundMinor: values[i * fields + 3]!,
  discountedRevenueMinor: values[i * fields + 4]!,
  costMinor: values[i * fields + 5]!,
  costUnknownRevenueMinor: values[i * fields + 6]!,
})

function addTo(days: Map<number, PurchaseDay>, more: PurchaseDay): void {
  const before = days.get(more.day)
  if (!before) {
    days.set(more.day, more)
    return
  }
  days.set(more.day, {
    day: more.day,
    orders: before.orders + more.orders,
    revenueMinor: before.revenueMinor + more.revenueMinor,
    discountMinor: before.discountMinor + more.discountMinor,
    refundMinor: before.refundMinor + more.refundMinor,
    discountedRevenueMinor: before.discountedRevenueMinor + more.discountedRevenueMinor,
    costMinor: before.costMinor + more.costMinor,
    costUnknownRevenueMinor: before.costUnknownRevenueMinor + more.costUnknownRevenueMinor,
  })
}
