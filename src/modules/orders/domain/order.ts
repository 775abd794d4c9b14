import { lineAmount, minorPlaces } from './amount.ts'
import { encodeLines, type Line } from './lines.ts'

/** What is known of the goods: unit cost in millionths of the organization's currency, margin of the category in percent of the net amount. */
export interface Catalogue {
  readonly currency: string
  /** How many products it knows a cost or a margin of. */
  readonly size: number
  unitCostMicro(product: string): number | null
  marginPercent(product: string): number | null
}

/** Where the cost of a line comes from; `none`: the organization's margin will have to do. */
export type CostBasis = 'line' | 'product' | 'category' | 'none'

/** An order's amounts in minor units of the organization's currency; all 0 for a cancelled order. */
export interface Sums {
  /** Lines sold, before discounts. */
  readonly revenueMinor: number
  readonly discountMinor: number
  /** ≥ 0: lines returned or refunded. */
  readonly refundMinor: number
  /** Net amount of the lines that were sold at a discount. */
  readonly discountedMinor: number
  /** Known cost of goods, shipping and fees; returned goods count negative. */
  readonly costMinor: number
  /** Net amount of lines whose cost is not known; returned goods count negative. */
  readonly costUnknownMinor: number
  /** Whether it is a purchase: not cancelled, with at least one line of goods of positive quantity. */
  readonly counted: boolean
}

/** What an order is, apart from whose it is and where it comes from. */
export interface OrderContent {
  /** Days since 1970-01-01 in the organization's time zone. */
  readonly day: number
  /** Milliseconds since 1970 UTC, where the time of the day is known. */
  readonly placedAt: number | null
  readonly cancelled: boolean
  /** Null: the organization's. */
  readonly currency: string | null
  /** Decimal text; null for the organization's currency. */
  readonly rate: string | null
  readonly channel: string | null
  readonly campaign: string | null
  readonly lines: readonly Line[]
}

/** What a line of goods costs and how that is known. Returned goods come back: their cost is negative. */
export function costOf(line: Line, catalogue: Catalogue): { readonly minor: number | null; readonly basis: CostBasis } {
  if (line.costMinor !== null) return { minor: line.costMinor, basis: 'line' }
  if (line.kind !== 'goods' || line.product === null) return { minor: null, basis: 'none' }
  const unit = catalogue.unitCostMicro(line.product)
  if (unit !== null) {
    const cost = lineAmount(line.quantityMicro, unit, minorPlaces(catalogue.currency))
    if (!Number.isNaN(cost)) return { minor: cost, basis: 'product' }
  }
  const margin = catalogue.marginPercent(line.product)
  if (margin !== null)
    return { minor: Math.sign(line.netMinor) * Math.round(Math.abs(line.netMinor) * (1 - margin / 100)), basis: 'category' }
  return { minor: null, basis: 'none' }
}

/**
 * The sums of an order's lines. A line whose net amount before discount is negative, or whose quantity is, is a refund. An order-wide discount marks the whole order as sold at a discount.
 */
export function sumsOf(lines: readonly Line[], cancelled: boolean, catalogue: Catalogue): Sums {
  const sums = newSums()
  if (!cancelled)
    for (const line of lines)
      addLine(sums, line.kind, line.quantityMicro, line.netMinor, line.discountMinor, costOf(line, catalogue).minor ?? Number.NaN)
  closeSums(sums)
  const { orderDiscount: _, ...closed } = sums
  return closed
}

/** An order's sums together, whatever their sign. */
export const sizeOfSums = (sums: Sums): number =>
  sums.revenueMinor +
  Math.abs(sums.discountMinor) +
  sums.refundMinor +
  Math.abs(sums.discountedMinor) +
  Math.abs(sums.costMinor) +
  Math.abs(sums.costUnknownMinor)

/** Whether an order's sums are exact: all of them together are below 2^53, so that none was rounded on the way. */
export const sumsAreExact = (sums: Sums): boolean => sizeOfSums(sums) <= Number.MAX_SAFE_INTEGER

/** Sums on the way: lines are added one by one, `closeSums` ends them. */
export type OpenSums = { -readonly [K in keyof Sums]: Sums[K] } & { orderDiscount: number }

export const newSums = (): OpenSums => ({
  revenueMinor: 0,
  discountMinor: 0,
  refundMinor: 0,
  discountedMinor: 0,
  costMinor: 0,
  costUnknownMinor: 0,
  counted: false,
  orderDiscount: 0,
})

export function resetSums(sums: OpenSums): void {
  sums.revenueMinor = 0
  sums.discountMinor = 0
  sums.refundMinor = 0
  sums.discountedMinor = 0
  sums.costMinor = 0
  sums.costUnknownMinor = 0
  sums.counted = false
  sums.orderDiscount = 0
}

/** Adds a line; `costMinor` is NaN where the cost is not known. */
export function addLine(
  sums: OpenSums,
  kind: Line['kind'],
  quantityMicro: number,
  netMinor: number,
  discountMinor: number,
  costMinor: number,
): void {
  if (kind === 'shipping' || kind === 'fee') {
    if (!Number.isNaN(costMinor)) sums.costMinor += costMinor
    return
  }
  if (kind === 'discount') {
    sums.orderDiscount -= netMinor
    return
  }
  const gross = netMinor + discountMinor
  if (quantityMicro < 0 || gross < 0) sums.refundMinor -= netMinor
  else {
    sums.revenueMinor += gross
    sums.discountMinor += discountMinor
    if (discountMinor > 0) sums.discountedMinor += netMinor
    if (quantityMicro > 0) sums.counted = true
  }
  if (Number.isNaN(costMinor)) sums.costUnknownMinor += netMinor
  else sums.costMinor += costMinor
}

/** Ends the sums in place. */
export function closeSums(sums: OpenSums): void {
  if (sums.orderDiscount > 0) {
    sums.discountMinor += sums.orderDiscount
    sums.discountedMinor = sums.revenueMinor - sums.discountMinor
    if (sums.costUnknownMinor > 0) sums.costUnknownMinor = Math.max(0, sums.costUnknownMinor - sums.orderDiscount)
  }
}

/** What the customer paid for the order in the end, in minor units. */
export const netOf = (sums: Pick<Sums, 'revenueMinor' | 'discountMinor' | 'refundMinor'>): number =>
  sums.revenueMinor - sums.discountMinor - sums.refundMinor

/** A number of 53 bits that is the same for the same content and, but for one chance in 9·10^15, another for another. Never 0: that stands for "no file has said it". */
export function fingerprint(content: OrderContent): number {
  const bytes = new TextEncoder().encode(fingerprintHead(content) + encodeLines(content.lines))
  return hash53(bytes, 0, bytes.length) || 1
}

/** What stands before the lines in the text that is hashed. */
export function fingerprintHead({ day, placedAt, cancelled, currency, rate, channel, campaign }: Omit<OrderContent, 'lines'>): string {
  return `${day}\t${placedAt ?? ''}\t${cancelled ? 1 : 0}\t${currency ?? ''}\t${rate ?? ''}\t${channel ?? ''}\t${campaign ?? ''}\n`
}

/** Two lanes of multiply-and-xor over the bytes with different primes, mixed at the end so that every bit depends on every byte; 53 bits of them. */
export function hash53(bytes: Uint8Array, from: number, to: number): number {
  let x = 0x811c9dc5 | 0
  let y = 0x3c6ef372 | 0
  for (let i = from; i < to; i++) {
    const c = bytes[i]!
    x = Math.imul(x ^ c, 0x01000193)
    y = Math.imul(y ^ c, 0x5bd1e995) ^ (y >>> 15)
  }
  x = mixed(x ^ Math.imul(y, 0x27d4eb2f))
  y = mixed(y ^ Math.imul(x, 0x165667b1))
  return (y & 0x1fffff) * 4_294_967_296 + (x >>> 0)
}

function mixed(word: number): number {
  const once = Math.imul(word ^ (word >>> 16), 0x7feb352d)
  const twice = Math.imul(once ^ (once >>> 15), 0x846ca68b)
  return twice ^ (twice >>> 16)
}
