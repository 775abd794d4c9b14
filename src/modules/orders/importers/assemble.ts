import { idDeriver } from '#platform/id-deriver.ts'
import { lineAmount, lineAmountLess, micro, minorAmount, minorPlaces, type Rate, rateOf } from '../domain/amount.ts'
import { encodeLines, type Line, type LineKind } from '../domain/lines.ts'
import { type Catalogue, fingerprintOf, type OrderContent, sumsOf } from '../domain/order.ts'
import type { PreparedOrder } from '../store/write-purchases.ts'
import type { SpooledLine } from './spool.ts'

/** What turns lines into orders. */
export interface Assembly {
  readonly source: string
  readonly sourceId: number
  readonly catalogue: Catalogue
  readonly cancellationPrefix: string
  /** The decimal text of the rate of a currency on a day; only asked for other currencies than the organization's. */
  rate(currency: string, day: number): string | undefined
}

/** A customer of a part, with their orders in the order of the ids. */
export interface CustomerOrders {
  readonly customer: string
  /** What the source calls them. */
  readonly key: string
  readonly name: string | null
  readonly orders: readonly PreparedOrder[]
}

/** A sale that has no customer. */
export interface PreparedSale extends Omit<PreparedOrder, 'customer' | 'refundOf'> {
  readonly lineCount: number
}

const id = Buffer.alloc(16)

/** The customers of a part in the order of their ids, each with whole orders. The lines of an order may come in any order among other orders' lines. */
export function assembler(assembly: Assembly): {
  customers(lines: readonly SpooledLine[]): CustomerOrders[]
  sales(lines: readonly SpooledLine[]): PreparedSale[]
} {
  const orderId = idDeriver('order', assembly.source)
  const saleId = idDeriver('anonymous-sale', assembly.source)
  const derive = (deriver: typeof orderId, key: string): string => {
    const bytes = Buffer.from(key)
    deriver(bytes, 0, bytes.length, id, 0)
    return id.toString('latin1')
  }
  const content = contentOf(assembly)

  const customerOrders = (customer: string, lines: readonly SpooledLine[]): CustomerOrders => {
    const key = lines[0]!.customer
    const orders: PreparedOrder[] = []
    for (const [number, own] of byNumber(lines)) {
      if (number !== null) orders.push({ customer, id: derive(orderId, number), number, refundOf: null, ...content(own, number) })
      else
        for (const [day, sameDay] of Map.groupBy(own, (line) => line.day))
          for (const [n, line] of sameDay.entries())
            orders.push({
              customer,
              id: derive(orderId, `${key}\u0000${day}\u0000${n + 1}`),
              number: null,
              refundOf: null,
              ...content([line], ''),
            })
    }
    if (orders.length > 1) orders.sort((a, b) => (a.id < b.id ? -1 : 1))
    return { customer, key, name: lines.find((line) => line.customerName !== '')?.customerName ?? null, orders }
  }

  return {
    customers(lines) {
      const groups = grouped(lines, (line) => line.group)
      return [...groups.keys()].sort(byCode).map((customer) => customerOrders(customer, groups.get(customer)!))
    },
    sales(lines) {
      const sales: PreparedSale[] = []
      for (const [number, own] of byNumber(lines)) {
        if (number !== null) sales.push({ id: derive(saleId, number), number, lineCount: own.length, ...content(own, number) })
        else
          for (const [day, sameDay] of Map.groupBy(own, (line) => line.day))
            for (const [n, line] of sameDay.entries())
              sales.push({ id: derive(saleId, `\u0000${day}\u0000${n + 1}`), number: null, lineCount: 1, ...content([line], '') })
      }
      return sales.sort((a, b) => byCode(a.id, b.id))
    },
  }
}

type Content = Pick<PreparedOrder, 'sourceId' | 'content' | 'lines' | 'sums' | 'fingerprint'>

function contentOf(assembly: Assembly): (lines: readonly SpooledLine[], number: string) => Content {
  const { sourceId, catalogue, cancellationPrefix } = assembly
  const minor = minorPlaces(catalogue.currency)
  const rates = new Map<string, Rate>()
  const rateFor = (line: SpooledLine): Rate | null => {
    if (line.currency === '') return null
    const text = assembly.rate(line.currency, line.day)!
    const known = rates.get(text)
    if (known) return known
    const rate = rateOf(text)
    rates.set(text, rate)
    return rate
  }
  return (spooled, number) => {
    const cancelled = spooled.every((line) => line.cancelled)
    const cancellation = cancellationPrefix !== '' && number.startsWith(cancellationPrefix)
    const kept = cancelled ? spooled : spooled.filter((line) => !line.cancelled)
    const lines = kept.flatMap((line) => goodsLine(line, cancellation, minor, rateFor(line)))
    for (const [field, kind] of orderWide) {
      const from = spooled.length === 1 ? spooled[0]! : spooled.find((line) => !Number.isNaN(line[field]))
      if (from && !Number.isNaN(from[field]) && from[field] !== 0)
        lines.push(orderWideLine(kind, Math.abs(from[field]), minor, rateFor(from)))
    }
    const first = spooled[0]!
    const head: Omit<OrderContent, 'lines'> = {
      day: spooled.reduce((day, line) => Math.min(day, line.day), first.day),
      placedAt: earliest(spooled),
      cancelled,
      currency: first.currency || null,
      rate: first.currency === '' ? null : assembly.rate(first.currency, first.day)!,
      channel: firstText(spooled, 'channel'),
      campaign: firstText(spooled, 'campaign'),
    }
    const encoded = encodeLines(lines)
    return { sourceId, content: head, lines: encoded, sums: sumsOf(lines, cancelled, catalogue), fingerprint: fingerprintOf(head, encoded) }
  }
}

function goodsLine(line: SpooledLine, cancellation: boolean, minor: number, rate: Rate | null): Line[] {
  const hasPrice = !Number.isNaN(line.unitPrice)
  if (!hasPrice && Number.isNaN(line.amount)) return []
  const given = Number.isNaN(line.quantity) ? micro : line.quantity
  const quantityMicro = cancellation ? -Math.abs(given) : given
  const amount = cancellation ? -Math.abs(line.amount) : line.amount
  const returned = quantityMicro < 0 || (!hasPrice && amount < 0)
  const signed = (value: number) => (Number.isNaN(value) ? 0 : returned ? -Math.abs(value) : Math.abs(value))
  const discount = signed(line.discount)
  const tax = signed(line.tax)
  // An amount is what was paid; a price is before the discount.
  const netMinor = hasPrice
    ? lineAmountLess(quantityMicro, line.unitPrice, discount + tax, minor, rate)
    : minorAmount(amount - tax, minor, rate)
  const cost = Number.isNaN(line.cost)
    ? Number.isNaN(line.unitCost)
      ? null
      : lineAmount(quantityMicro, line.unitCost, minor, rate)
    : minorAmount(signed(line.cost), minor, rate)
  return [
    {
      kind: 'goods',
      product: line.product || null,
      name: line.productName || null,
      quantityMicro,
      unitPriceMicro: hasPrice && tax === 0 ? line.unitPrice : null,
      discountMinor: discount === 0 ? 0 : minorAmount(discount, minor, rate),
      netMinor,
      costMinor: cost,
    },
  ]
}

const orderWide = [
  ['shippingCost', 'shipping'],
  ['fee', 'fee'],
  ['orderDiscount', 'discount'],
] as const

function orderWideLine(kind: LineKind, amount: number, minor: number, rate: Rate | null): Line {
  const value = minorAmount(amount, minor, rate)
  return {
    kind,
    product: null,
    name: null,
    quantityMicro: micro,
    unitPriceMicro: null,
    discountMinor: 0,
    netMinor: kind === 'discount' ? -value : 0,
    costMinor: kind === 'discount' ? null : value,
  }
}

/** Lines by their order's number, in the order in which the orders first appear; null for lines without one. */
function byNumber(lines: readonly SpooledLine[]): Iterable<readonly [string | null, readonly SpooledLine[]]> {
  if (lines.length === 1) return [[lines[0]!.number || null, lines]]
  const groups = grouped(lines, (line) => line.number)
  return [...groups].map(([number, own]) => [number || null, own] as const)
}

function grouped(lines: readonly SpooledLine[], keyOf: (line: SpooledLine) => string): Map<string, SpooledLine[]> {
  const groups = new Map<string, SpooledLine[]>()
  for (const line of lines) {
    const key = keyOf(line)
    const group = groups.get(key)
    if (group) group.push(line)
    else groups.set(key, [line])
  }
  return groups
}

function earliest(lines: readonly SpooledLine[]): number | null {
  let found = Number.POSITIVE_INFINITY
  for (const { placedAt } of lines) if (placedAt < found) found = placedAt
  return found === Number.POSITIVE_INFINITY ? null : found
}

const firstText = (lines: readonly SpooledLine[], field: 'channel' | 'campaign'): string | null =>
  lines.find((line) => line[field] !== '')?.[field] ?? null

const byCode = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
