import { microOf, microText } from '../amount.ts'

/** An order as a shop tells it, in the words of POST /orders/batch; what it says is still to be checked. */
export interface MappedOrder {
  readonly number: string
  /** When this state of the order came to be, milliseconds since 1970; null where the message does not say. */
  readonly stateAt: number | null
  readonly order: Readonly<Record<string, unknown>>
}
/** Why nothing can be made of an order. */
export interface Unusable {
  readonly number: string | null
  readonly reason: UnusableReason
  readonly detail: string
}
export type UnusableReason = 'not-an-order' | 'number-missing' | 'customer-missing' | 'lines-missing' | 'amount-unreadable'
export type Mapped = MappedOrder | Unusable

export const isUnusable = (mapped: Mapped): mapped is Unusable => 'reason' in mapped

export type Document = Readonly<Record<string, unknown>>

/** A field of a foreign document: its own only, never one of a prototype. */
export const field = (document: unknown, name: string): unknown =>
  typeof document === 'object' && document !== null && Object.hasOwn(document, name) ? (document as Document)[name] : undefined

export const listIn = (document: unknown, name: string): readonly unknown[] => {
  const found = field(document, name)
  return Array.isArray(found) ? found : []
}

/** A text or a number as text, trimmed and cut; null where there is none. */
export function textIn(document: unknown, name: string, limit = 200): string | null {
  const found = field(document, name)
  const text = typeof found === 'number' && Number.isFinite(found) ? String(found) : typeof found === 'string' ? found.trim() : ''
  return text === '' ? null : text.slice(0, limit)
}

/** An amount in millionths, from a decimal text or number; further places are cut off. Null where there is none, NaN where it cannot be read. */
export function microIn(document: unknown, name: string): number | null {
  const text = textIn(document, name, 40)
  if (text === null) return null
  const match = /^(-?\d{1,9})(?:\.(\d+))?$/.exec(text)
  return match ? microOf(`${match[1]}.${(match[2] ?? '0').slice(0, 6)}`) : Number.NaN
}

export const decimalOf = (amountMicro: number): string => microText(amountMicro)

/** Milliseconds since 1970 of an ISO 8601 moment; one without offset is UTC. */
export function momentIn(document: unknown, name: string): number | null {
  const text = textIn(document, name, 40)
  if (text === null || !/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)) return null
  const moment = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`)
  return Number.isNaN(moment) ? null : moment
}

export const momentText = (moment: number | null): string | null => (moment === null ? null : new Date(moment).toISOString())

/** First and last name, or the company. */
export function personName(document: unknown): string | null {
  const name = [textIn(document, 'first_name', 100), textIn(document, 'last_name', 100)].filter((part) => part !== null).join(' ')
  return name === '' ? textIn(document, 'company') : name
}

/** Goods in the words of a batch: what was paid for them without tax, and what was taken off. */
export interface Goods {
  readonly product: string | null
  readonly name: string | null
  readonly quantity: number
  readonly amountMicro: number
  readonly discountMicro: number
}

export const goodsLine = ({ product, name, quantity, amountMicro, discountMicro }: Goods): Record<string, unknown> => ({
  kind: 'goods',
  product,
  name,
  quantity: String(quantity),
  amount: decimalOf(amountMicro),
  ...(discountMicro === 0 ? {} : { discount: decimalOf(Math.abs(discountMicro)) }),
})

/** Whether every number of some goods could be read and is exact. */
export const isReadable = ({ quantity, amountMicro, discountMicro }: Goods): boolean =>
  [quantity, amountMicro, discountMicro].every(Number.isSafeInteger) && quantity !== 0

export const unreadable = (number: string): Unusable => ({
  number,
  reason: 'amount-unreadable',
  detail: 'An amount or a quantity of a line cannot be read',
})
