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
  type Sums,
} from '../domain/order.ts'
import { F, type Line, newLine, readRecord, T, textOf } from './line-record.ts'
import { need, putLine, type TextBuffer, textBuffer } from './line-text.ts'
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
  number: string | null
  content: Omit<OrderContent, 'lines'>
  sums: Sums
  fingerprint: number
  lineCount: number
  /** The text of the lines (see domain/lines.ts) lies in text.bytes[linesFrom … text.length). */
  readonly text: TextBuffer
  linesFrom: number
}

/** Loads orders of an arranged part, one at a time. */
export function orderLoader(assembly: Assembly): (part: ArrangedPart, order: number) => DraftOrder {
  const minor = minorPlaces(assembly.catalogue.currency)
  const rates = new Map<string, Rate>()
  const line = newLine()
  const wide = { place: -1, figures: new Float64Array(3) }
  const draft: DraftOrder = {
    number: null,
    content: { day: 0, placedAt: null, cancelled: false, currency: null, rate: null, channel: null, campaign: null },
    sums: closeSums(newSums()),
    fingerprint: 0,
    lineCount: 0,
    text: textBuffer(),
    linesFrom: 0,
  }
  const rateFor = (currency: string, day: number): Rate | null => {
    if (currency === '') return null
    const text = assembly.rate(currency, day)!
    const known = rates.get(text)
    if (known) return known
    const rate = rateOf(text)
    rates.set(text, rate)
    return rate
  }

  const headOf = (part: ArrangedPart, from: number, to: number): Omit<OrderContent, 'lines'> => {
    readRecord(part.spooled, part.rows[from]!, line)
    draft.number = textOf(line, T.number) || null
    let { day, cancelled } = line
    let placedAt = line.figures[F.placedAt]!
    const firstDay = day
    const currency = textOf(line, T.currency)
    let channel = textOf(line, T.channel)
    let campaign = textOf(line, T.campaign)
    for (let row = from + 1; row < to; row++) {
      readRecord(part.spooled, part.rows[row]!, line)
      if (line.day < day) day = line.day
      if (!(line.figures[F.placedAt]! >= placedAt) && !Number.isNaN(line.figures[F.placedAt]!)) placedAt = line.figures[F.placedAt]!
      if (!line.cancelled) cancelled = false
      channel ||= textOf(line, T.channel)
      campaign ||= textOf(line, T.campaign)
    }
    return {
      day,
      placedAt: Number.isNaN(placedAt) ? null : placedAt,
      cancelled,
      currency: currency || null,
      rate: currency === '' ? null : assembly.rate(currency, firstDay)!,
      channel: channel || null,
      campaign: campaign || null,
    }
  }

  return (part, order) => {
    const from = part.firstRow[order]!
    const to = part.firstRow[order + 1]!
    const { text } = draft
    const head = headOf(part, from, to)
    const hashed = fingerprintHead(head)
    text.length = 0
    need(text, hashed.length * 3)
    text.length = putText(text.bytes, hashed)
    draft.linesFrom = text.length
    const cancellation = assembly.cancellationPrefix !== '' && (draft.number ?? '').startsWith(assembly.cancellationPrefix)
    const sums = newSums()
    wide.figures.fill(Number.NaN)
    for (let row = from; row < to; row++) {
      if (to - from > 1) readRecord(part.spooled, part.rows[row]!, line)
      const rate = line.end[T.currency] === line.start[T.currency] ? null : rateFor(textOf(line, T.currency), line.day)
      if (line.cancelled && !head.cancelled) continue
      goods(line, cancellation, head.cancelled, rate, sums)
      for (const [i, figure] of wideFigures.entries()) {
        const value = line.figures[figure]!
        if (Number.isNaN(wide.figures[i]!) && !Number.isNaN(value))
          wide.figures[i] = value === 0 ? Number.NaN : minorAmount(Math.abs(value), minor, rate)
      }
    }
    for (const [i, kind] of wideKinds.entries()) orderWide(kind, wide.figures[i]!, head.cancelled, sums)
    draft.content = head
    draft.sums = closeSums(sums)
    draft.fingerprint = hash53(text.bytes, 0, text.length) || 1
    draft.lineCount = to - from
    return draft
  }

  function goods(line: Line, cancellation: boolean, cancelled: boolean, rate: Rate | null, sums: ReturnType<typeof newSums>): void {
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
    if (cancelled) return
    if (Number.isNaN(cost) && assembly.costs && line.end[T.product] !== line.start[T.product]) cost = catalogueCost(line, quantity, net)
    addLine(sums, 'goods', quantity, net, discountMinor, cost)
  }

  function catalogueCost(line: Line, quantityMicro: number, netMinor: number): number {
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

  function orderWide(kind: (typeof wideKinds)[number], value: number, cancelled: boolean, sums: ReturnType<typeof newSums>): void {
    if (Number.isNaN(value)) return
    const net = kind === 'discount' ? -value : 0
    const cost = kind === 'discount' ? Number.NaN : value
    newLineOfText()
    putLine(draft.text, kind.charCodeAt(0), net, micro, Number.NaN, 0, cost, null, 0, 0)
    if (!cancelled) addLine(sums, kind, micro, net, 0, cost)
  }

  function newLineOfText(): void {
    if (draft.text.length === draft.linesFrom) return
    need(draft.text, 1)
    draft.text.bytes[draft.text.length++] = 10
  }
}

const wideFigures = [F.shippingCost, F.fee, F.orderDiscount] as const
const wideKinds = ['shipping', 'fee', 'discount'] as const satisfies readonly LineKind[]

const signed = (value: number, returned: boolean): number => (Number.isNaN(value) ? 0 : returned ? -Math.abs(value) : Math.abs(value))

const encoder = new TextEncoder()

/** Writes a text at the beginning of the bytes and answers its length; plain letters are written without a call. */
function putText(bytes: Uint8Array, text: string): number {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c > 127) return encoder.encodeInto(text, bytes).written
    bytes[i] = c
  }
  return text.length
}
