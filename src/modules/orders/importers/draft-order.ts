import { lineAmount, lineAmountLess, micro, minorAmount, minorPlaces, type Rate, rateOf } from '../domain/amount.ts'
import type { LineKind } from '../domain/lines.ts'
import {
  addLine,
  type Catalogue,
  closeSums,
  costOf,
  fingerprintHead,
  hash53,
  newSums,
  type OrderContent,
  resetSums,
  type Sums,
} from '../domain/order.ts'
import type { OrderColumns } from '../store/copy-orders.ts'
import { F, hasCancelled, hasFigure, hasText, newLine, readRecord, T, textOf } from './line-record.ts'
import { need, putInteger, putLine, type TextBuffer, textBuffer } from './line-text.ts'
import type { ArrangedPart } from './part.ts'

/** What turns rows into orders. */
export interface Assembly {
  readonly catalogue: Catalogue
  /** Whether the catalogue knows the cost of anything. */
  readonly costs: boolean
  readonly cancellationPrefix: string
  /** The decimal text of the rate of a currency on a day; only asked for other currencies than the organization's. */
  rate(currency: string, day: number): string | undefined
}

/** The order that was loaded last; all of it is overwritten by the next. */
export interface DraftOrder {
  /** The number lies in number[numberFrom … numberTo); none where that is empty. */
  number: Buffer
  numberFrom: number
  numberTo: number
  readonly content: { -readonly [K in keyof Omit<OrderContent, 'lines'>]: OrderContent[K] }
  readonly sums: Sums
  fingerprint: number
  lineCount: number
  /** The text of the lines (see domain/lines.ts) lies in text.bytes[linesFrom … text.length). */
  readonly text: TextBuffer
  linesFrom: number
}

export const numberOf = ({ number, numberFrom, numberTo }: DraftOrder): string | null =>
  numberFrom === numberTo ? null : number.toString('utf8', numberFrom, numberTo)

/** What the draft says, to be kept. */
export const linesOf = ({ text, linesFrom }: DraftOrder): string => text.bytes.toString('utf8', linesFrom, text.length)
export const sumsKept = ({ sums }: DraftOrder): Sums => ({
  revenueMinor: sums.revenueMinor,
  discountMinor: sums.discountMinor,
  refundMinor: sums.refundMinor,
  discountedMinor: sums.discountedMinor,
  costMinor: sums.costMinor,
  costUnknownMinor: sums.costUnknownMinor,
  counted: sums.counted,
})

/** Loads orders of an arranged part, one at a time. */
export function orderLoader(assembly: Assembly): (part: ArrangedPart, order: number) => DraftOrder {
  const minor = minorPlaces(assembly.catalogue.currency)
  const rates = new Map<string, Rate>()
  const line = newLine()
  const wide = new Float64Array(wideFigures.length)
  const sums = newSums()
  const draft: DraftOrder = {
    number: Buffer.alloc(0),
    numberFrom: 0,
    numberTo: 0,
    content: { day: 0, placedAt: null, cancelled: false, currency: null, rate: null, channel: null, campaign: null },
    sums,
    fingerprint: 0,
    lineCount: 0,
    text: textBuffer(),
    linesFrom: 0,
  }
  const { content, text } = draft
  const rateFor = (currency: string, day: number): Rate | null => {
    if (currency === '') return null
    const text = assembly.rate(currency, day)!
    const known = rates.get(text)
    if (known) return known
    const rate = rateOf(text)
    rates.set(text, rate)
    return rate
  }

  /** Reads what concerns the order as a whole; leaves its only row, or its last, in `line`. */
  const readHead = (part: ArrangedPart, from: number, to: number): void => {
    readRecord(part.spooled, part.rows[from]!, line)
    draft.number = line.bytes[T.number]!
    draft.numberFrom = line.start[T.number]!
    draft.numberTo = line.end[T.number]!
    const currency = textOf(line, T.currency)
    content.day = line.day
    content.currency = currency || null
    content.rate = currency === '' ? null : assembly.rate(currency, line.day)!
    content.cancelled = line.cancelled
    content.channel = textOf(line, T.channel) || null
    content.campaign = textOf(line, T.campaign) || null
    let placedAt = line.figures[F.placedAt]!
    for (let row = from + 1; row < to; row++) {
      readRecord(part.spooled, part.rows[row]!, line)
      if (line.day < content.day) content.day = line.day
      const at = line.figures[F.placedAt]!
      if (Number.isNaN(placedAt) || at < placedAt) placedAt = at
      if (!line.cancelled) content.cancelled = false
      content.channel ??= textOf(line, T.channel) || null
      content.campaign ??= textOf(line, T.campaign) || null
    }
    content.placedAt = Number.isNaN(placedAt) ? null : placedAt
  }

  return (part, order) => {
    const from = part.firstRow[order]!
    const to = part.firstRow[order + 1]!
    readHead(part, from, to)
    text.length = 0
    putHead(text, content)
    draft.linesFrom = text.length
    const cancellation = assembly.cancellationPrefix !== '' && (numberOf(draft) ?? '').startsWith(assembly.cancellationPrefix)
    resetSums(sums)
    wide.fill(Number.NaN)
    for (let row = from; row < to; row++) {
      if (to - from > 1) readRecord(part.spooled, part.rows[row]!, line)
      const rate = line.end[T.currency] === line.start[T.currency] ? null : rateFor(textOf(line, T.currency), line.day)
      if (line.cancelled && !content.cancelled) continue
      goods(cancellation, rate)
      for (let i = 0; i < wide.length; i++) {
        const value = line.figures[wideFigures[i]!]!
        if (Number.isNaN(wide[i]!) && Math.abs(value) > 0) wide[i] = minorAmount(Math.abs(value), minor, rate)
      }
    }
    for (let i = 0; i < wide.length; i++) orderWide(wideKinds[i]!, wide[i]!)
    closeSums(sums)
    draft.fingerprint = hash53(text.bytes, 0, text.length) || 1
    draft.lineCount = to - from
    return draft
  }

  function goods(cancellation: boolean, rate: Rate | null): void {
    const { figures } = line
    const price = figures[F.unitPrice]!
    const hasPrice = !Number.isNaN(price)
    if (!hasPrice && Number.isNaN(figures[F.amount]!)) return
    const given = Number.isNaN(figures[F.quantity]!) ? micro : figures[F.quantity]!
    const quantity = cancellation ? -Math.abs(given) : given
    const amount = cancellation ? -Math.abs(figures[F.amount]!) : figures[F.amount]!
    const returned = quantity < 0 || (!hasPrice && amount < 0)
    const discount = signed(figures[F.discount]!, returned)
    const tax = signed(figures[F.tax]!, returned)
    // An amount is what was paid; a price is before the discount.
    const net = hasPrice ? lineAmountLess(quantity, price, discount + tax, minor, rate) : minorAmount(amount - tax, minor, rate)
    const discountMinor = discount === 0 ? 0 : minorAmount(discount, minor, rate)
    let cost = Number.NaN
    if (!Number.isNaN(figures[F.cost]!)) cost = minorAmount(signed(figures[F.cost]!, returned), minor, rate)
    else if (!Number.isNaN(figures[F.unitCost]!)) cost = lineAmount(quantity, figures[F.unitCost]!, minor, rate)
    newLineOfText()
    putLine(draft.text, 103, net, quantity, hasPrice && tax === 0 ? price : Number.NaN, discountMinor, cost, line, T.product, T.productName)
    if (content.cancelled) return
    if (Number.isNaN(cost) && assembly.costs && line.end[T.product] !== line.start[T.product]) cost = catalogueCost(quantity, net)
    addLine(sums, 'goods', quantity, net, discountMinor, cost)
  }

  function catalogueCost(quantityMicro: number, netMinor: number): number {
    const goods = {
      kind: 'goods',
      product: textOf(line, T.product),
      name: null,
      quantityMicro,
      unitPriceMicro: null,
      discountMinor: 0,
      netMinor,
      costMinor: null,
    } as const
    return costOf(goods, assembly.catalogue).minor ?? Number.NaN
  }

  function orderWide(kind: (typeof wideKinds)[number], value: number): void {
    if (Number.isNaN(value)) return
    const net = kind === 'discount' ? -value : 0
    const cost = kind === 'discount' ? Number.NaN : value
    newLineOfText()
    putLine(draft.text, kind.charCodeAt(0), net, micro, Number.NaN, 0, cost, null, 0, 0)
    if (!content.cancelled) addLine(sums, kind, micro, net, 0, cost)
  }

  function newLineOfText(): void {
    if (draft.text.length === draft.linesFrom) return
    need(draft.text, 1)
    draft.text.bytes[draft.text.length++] = 10
  }
}

/** The columns in which orders made of records with these fields may say something. */
export function columnsSaid(fields: number, catalogueCosts: boolean): OrderColumns {
  const figure = (...any: readonly number[]) => any.some((one) => hasFigure(fields, one))
  const text = (...any: readonly number[]) => any.some((one) => hasText(fields, one))
  return {
    time: figure(F.placedAt),
    state: hasCancelled(fields),
    refundOf: false,
    currency: text(T.currency),
    discount: figure(F.discount, F.orderDiscount),
    cost: catalogueCosts || figure(F.cost, F.unitCost, F.shippingCost, F.fee),
    origin: text(T.channel, T.campaign),
    moment: false,
  }
}

const wideFigures = [F.shippingCost, F.fee, F.orderDiscount] as const
const wideKinds = ['shipping', 'fee', 'discount'] as const satisfies readonly LineKind[]

const signed = (value: number, returned: boolean): number => (Number.isNaN(value) ? 0 : returned ? -Math.abs(value) : Math.abs(value))

/** The text of `fingerprintHead`, without a string where there is nothing out of the ordinary. */
function putHead(text: TextBuffer, content: DraftOrder['content']): void {
  const { day, placedAt, cancelled, currency, rate, channel, campaign } = content
  if (currency === null && rate === null && channel === null && campaign === null) {
    putInteger(text, day)
    text.bytes[text.length++] = 9
    if (placedAt !== null) putInteger(text, placedAt)
    text.bytes[text.length++] = 9
    text.bytes[text.length++] = cancelled ? 49 : 48
    for (let i = 0; i < 4; i++) text.bytes[text.length++] = 9
    text.bytes[text.length++] = 10
    return
  }
  const whole = fingerprintHead(content)
  need(text, whole.length * 3)
  text.length += text.bytes.write(whole, text.length)
}
