import { decimalsOf } from '#ui/format.ts'
import type { LineInput, lineKinds } from '../api.ts'
import type { OrderDetail } from './order-page.tsx'

export type LineKind = (typeof lineKinds)[number]

/** A line as it stands in the form: decimal texts, empty where nothing was typed. */
export interface DraftLine {
  readonly key: string
  readonly kind: LineKind
  readonly product: string
  readonly name: string
  readonly quantity: string
  readonly unitPrice: string
  /** Instead of a unit price, where only the line's amount is known; the discount of a discount line. */
  readonly amount: string
  readonly discount: string
  readonly cost: string
  /** What is promised of the goods; only asked for in a new order. */
  readonly grade: string
  readonly specification: string
}

export const emptyLine = (kind: LineKind = 'goods'): DraftLine => ({
  key: crypto.randomUUID(),
  kind,
  product: '',
  name: '',
  quantity: '1',
  unitPrice: '',
  amount: '',
  discount: '',
  cost: '',
  grade: '',
  specification: '',
})

/** The lines of an order that is there, in its own currency. */
export function draftOf(order: OrderDetail, ownCurrency: string): DraftLine[] {
  const rate = order.rate === null ? 1 : Number(order.rate)
  const places = decimalsOf(ownCurrency)
  const text = (minor: number) => plain(minor / 10 ** places / rate, order.rate === null ? places : 6)
  return order.lines.map((line, index) => ({
    ...emptyLine(line.kind),
    // The same line has the same key whenever it is read.
    key: String(index),
    product: line.product ?? '',
    name: line.name ?? '',
    quantity: line.quantity,
    unitPrice: line.unitPrice ?? '',
    amount:
      line.kind === 'discount'
        ? text(Math.abs(line.netMinor))
        : line.kind === 'goods' && line.unitPrice === null
          ? text(line.netMinor)
          : '',
    discount: line.discountMinor === 0 ? '' : text(Math.abs(line.discountMinor)),
    cost: line.costBasis === 'line' && line.costMinor !== null ? text(Math.abs(line.costMinor)) : '',
  }))
}

/** What is sent: lines without any word or figure are left out. */
export const inputOf = (lines: readonly DraftLine[]): LineInput[] =>
  lines
    .filter((line) => !isEmpty(line))
    .map((line) => {
      const said = (text: string) => (text.trim() === '' ? null : text.trim())
      const goods = line.kind === 'goods'
      return {
        kind: line.kind,
        product: goods ? said(line.product) : null,
        name: said(line.name),
        quantity: goods ? (said(line.quantity) ?? '1') : '1',
        unitPrice: goods ? said(line.unitPrice) : null,
        amount: line.kind === 'discount' || (goods && line.unitPrice === '') ? said(line.amount) : null,
        discount: goods ? said(line.discount) : null,
        cost: line.kind === 'discount' ? null : said(line.cost),
      }
    })

/** Whoever chooses shipping, a fee or a discount means something by it and is asked for the amount. */
export const isEmpty = (line: DraftLine): boolean =>
  line.kind === 'goods' &&
  [line.product, line.name, line.unitPrice, line.amount, line.discount, line.cost].every((text) => text.trim() === '')

/** What the customer pays for a line, in the order's currency; only to be shown, the server reckons exactly. */
export function amountOf(line: DraftLine): number {
  if (line.kind === 'discount') return -Math.abs(Number(line.amount) || 0)
  if (line.kind !== 'goods') return 0
  if (line.unitPrice === '') return Number(line.amount) || 0
  const sold = Number(line.quantity) * Number(line.unitPrice)
  return sold - Math.sign(sold) * Math.abs(Number(line.discount) || 0) || 0
}

const plain = (value: number, places: number): string =>
  value
    .toFixed(places)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')
