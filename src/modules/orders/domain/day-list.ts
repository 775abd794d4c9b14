/**
 * What one customer did on one day, summed over that day's orders. Amounts are whole minor units of the organisation's currency.
 * A purchase day has orders ≥ 1; a day with refunds only has orders = 0.
 */
export interface PurchaseDay {
  /** Days since 1970-01-01 in the organisation's time zone. */
  readonly day: number
  /** Orders with at least one line of positive quantity. */
  readonly orders: number
  /** Positive lines before discounts. */
  readonly revenueMinor: number
  readonly discountMinor: number
  /** ≥ 0. */
  readonly refundMinor: number
  /** Net revenue of lines that were sold at a discount. */
  readonly discountedRevenueMinor: number
  /** Cost of goods as far as it is known per line or product. */
  readonly costMinor: number
  /** Net revenue of lines whose cost is not known. */
  readonly costUnknownRevenueMinor: number
}

/** Called once per day, oldest first. Plain arguments, so that reading a million lists makes no objects. */
export type DayVisitor = (
  day: number,
  orders: number,
  revenueMinor: number,
  discountMinor: number,
  refundMinor: number,
  discountedRevenueMinor: number,
  costMinor: number,
  costUnknownRevenueMinor: number,
) => void

const version = 1

/**
 * All amounts of one customer together, whatever their sign, come to no more than this many minor units: then every sum of some of them is exact. Whoever brings in more
 * is refused, before anything could be rounded.
 */
export const largestTotal = Number.MAX_SAFE_INTEGER
export const totalTooLarge = `The amounts of one customer’s orders come to more than ${largestTotal.toLocaleString('en')} minor units together, beyond which sums are not exact`

/**
 * A customer's days as bytes: a version, then per day one byte that says which fields are not 0 (orders: not 1), the days since the day before
 * and those fields. Whole numbers are written seven bits a byte, low bits first, the sign in the lowest bit. A usual day takes five to nine bytes.
 *
 * Days must ascend strictly; all fields must be safe integers, and all amounts together no more than `largestTotal` (throws RangeError otherwise). Days on which every field is 0 are left out,
 * so that equal histories have equal bytes however they came about.
 */
export function encodeDayList(days: readonly PurchaseDay[]): Uint8Array {
  const bytes: number[] = [version]
  let previous = 0
  let first = true
  let total = 0
  for (const day of days) {
    const fields = fieldsOf(day)
    if (![day.day, ...fields].every(Number.isSafeInteger)) throw new RangeError(`day list: a field of day ${day.day} is not a whole number`)
    if (!first && day.day <= previous) throw new RangeError(`day list: day ${day.day} does not come after day ${previous}`)
    for (const value of fields) total += Math.abs(value)
    if (total > largestTotal) throw new RangeError(totalTooLarge)
    if (fields.every((value) => value === 0)) continue
    bytes.push(fields.reduce((flags, value, i) => (value === (i === 0 ? 1 : 0) ? flags : flags | (1 << i)), 0))
    pushInteger(bytes, day.day - previous)
    fields.forEach((value, i) => {
      if (value !== (i === 0 ? 1 : 0)) pushInteger(bytes, value)
    })
    previous = day.day
    first = false
  }
  return Uint8Array.from(bytes)
}

/** The days of a list, oldest first. Refuses bytes of another version and truncated bytes with a RangeError. */
export function decodeDayList(bytes: Uint8Array): PurchaseDay[] {
  const days: PurchaseDay[] = []
  visitDays(bytes, (day, orders, revenueMinor, discountMinor, refundMinor, discountedRevenueMinor, costMinor, costUnknownRevenueMinor) => {
    days.push({ day, orders, revenueMinor, discountMinor, refundMinor, discountedRevenueMinor, costMinor, costUnknownRevenueMinor })
  })
  return days
}

/** Reads the list that lies in bytes[from … to) and calls the visitor for each day. No bytes at all are an empty list. */
export function visitDays(bytes: Uint8Array, visit: DayVisitor, from = 0, to = bytes.length): void {
  if (from >= to) return
  if (bytes[from] !== version) throw new RangeError(`day list: version ${bytes[from]} is not known`)
  cursor = from + 1
  let day = 0
  while (cursor < to) {
    const flags = bytes[cursor++]!
    day += readInteger(bytes)
    const orders = flags & 1 ? readInteger(bytes) : 1
    const revenue = flags & 2 ? readInteger(bytes) : 0
    const discount = flags & 4 ? readInteger(bytes) : 0
    const refund = flags & 8 ? readInteger(bytes) : 0
    const discounted = flags & 16 ? readInteger(bytes) : 0
    const cost = flags & 32 ? readInteger(bytes) : 0
    const unknown = flags & 64 ? readInteger(bytes) : 0
    if (cursor > to) throw new RangeError('day list: the bytes end in the middle of a day')
    const resume = cursor
    visit(day, orders, revenue, discount, refund, discounted, cost, unknown)
    cursor = resume
  }
}

/**
 * The list after changes: fields of the same day are added, days that come to nothing disappear. Changes may be in any order and may repeat a day.
 * Adding what an order brings and later its negative gives back the very same bytes.
 */
export function mergeDayList(bytes: Uint8Array, changes: readonly PurchaseDay[]): Uint8Array {
  const days = new Map<number, PurchaseDay>()
  for (const change of [...decodeDayList(bytes), ...changes]) {
    const before = days.get(change.day)
    days.set(change.day, before ? sumOf(before, change) : change)
  }
  return encodeDayList([...days.values()].sort((a, b) => a.day - b.day))
}

const fieldsOf = (day: PurchaseDay): number[] => [
  day.orders,
  day.revenueMinor,
  day.discountMinor,
  day.refundMinor,
  day.discountedRevenueMinor,
  day.costMinor,
  day.costUnknownRevenueMinor,
]

const sumOf = (a: PurchaseDay, b: PurchaseDay): PurchaseDay => ({
  day: a.day,
  orders: a.orders + b.orders,
  revenueMinor: a.revenueMinor + b.revenueMinor,
  discountMinor: a.discountMinor + b.discountMinor,
  refundMinor: a.refundMinor + b.refundMinor,
  discountedRevenueMinor: a.discountedRevenueMinor + b.discountedRevenueMinor,
  costMinor: a.costMinor + b.costMinor,
  costUnknownRevenueMinor: a.costUnknownRevenueMinor + b.costUnknownRevenueMinor,
})

/** First byte: continues · six bits · sign; further bytes: continues · seven bits. Division instead of shifts, because shifts end at 32 bits. */
function pushInteger(bytes: number[], value: number): void {
  const sign = value < 0 ? 1 : 0
  let rest = Math.abs(value)
  const low = rest % 64
  rest = (rest - low) / 64
  bytes.push((rest > 0 ? 128 : 0) | (low << 1) | sign)
  while (rest > 0) {
    const bits = rest % 128
    rest = (rest - bits) / 128
    bytes.push((rest > 0 ? 128 : 0) | bits)
  }
}

/** Where the list is being read. Reading is synchronous and `visitDays` restores it around the visitor, so lists may be read inside a visitor. */
let cursor = 0

function readInteger(bytes: Uint8Array): number {
  const first = bytes[cursor++]
  if (first === undefined) throw new RangeError('day list: the bytes end in the middle of a day')
  let value = (first & 127) >> 1
  if (first < 128) return first & 1 ? -value : value
  let factor = 64
  for (;;) {
    const byte = bytes[cursor++]
    if (byte === undefined) throw new RangeError('day list: the bytes end in the middle of a day')
    value += (byte & 127) * factor
    if (byte < 128) break
    factor *= 128
  }
  return first & 1 ? -value : value
}
