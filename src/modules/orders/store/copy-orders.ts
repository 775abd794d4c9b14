import { type BinaryRows, copyIn, microseconds } from '#platform/database/binary-copy.ts'
import type { Db } from '#platform/database/connection.ts'
import type { OrderContent, Sums } from '../domain/order.ts'

/** An order ready to be written. Ids are packed, see packed-id.ts. */
export interface PreparedOrder {
  readonly customer: string
  readonly id: string
  readonly sourceId: number
  readonly number: string | null
  /** The uuid of the order that it gives back, as text. */
  readonly refundOf: string | null
  readonly content: Omit<OrderContent, 'lines'>
  /** See domain/lines.ts. */
  readonly lines: string
  readonly sums: Sums
  readonly fingerprint: number
}

export interface WrittenBy {
  readonly runId: string | null
  readonly byHand: boolean
  readonly now: Date
}

/** Which columns are written; the others keep their defaults, which say nothing. What a whole file is silent about need not be sent for each of its orders. */
export interface OrderColumns {
  readonly time: boolean
  readonly state: boolean
  readonly refundOf: boolean
  readonly currency: boolean
  readonly discount: boolean
  readonly cost: boolean
  readonly origin: boolean
  /** When it was written, where it is not the moment of the server's own clock, which costs next to nothing. */
  readonly moment: boolean
}

export const allColumns: OrderColumns = {
  time: true,
  state: true,
  refundOf: true,
  currency: true,
  discount: true,
  cost: true,
  origin: true,
  moment: true,
}

const optionalColumns: { readonly [K in keyof OrderColumns]: readonly string[] } = {
  time: ['placed_at'],
  state: ['cancelled', 'by_hand'],
  refundOf: ['refund_of'],
  currency: ['currency', 'rate'],
  discount: ['discount_minor', 'discounted_minor'],
  cost: ['cost_minor'],
  origin: ['channel', 'campaign'],
  moment: ['updated_at'],
}

/** In the order in which `copyOrders` writes them. */
function columnNames(columns: OrderColumns): string[] {
  const optional = Object.entries(optionalColumns).flatMap(([name, list]) => (columns[name as keyof OrderColumns] ? list : []))
  return [...everyOrder, ...optional]
}
const everyOrder = [
  'customer_id',
  'id',
  'source_id',
  'number',
  'day',
  'counted',
  'lines',
  'revenue_minor',
  'refund_minor',
  'cost_unknown_minor',
  'fingerprint',
  'made_by_run',
]

/** An order as its bytes: ids are sixteen bytes at a place, number and lines lie in buffers; an empty number is none. One object may serve all orders. */
export interface OrderRow {
  customers: Uint8Array
  customerAt: number
  ids: Uint8Array
  idAt: number
  sourceId: number
  number: Uint8Array
  numberFrom: number
  numberTo: number
  refundOf: string | null
  content: Omit<OrderContent, 'lines'>
  lines: Uint8Array
  linesFrom: number
  linesTo: number
  sums: Sums
  fingerprint: number
}

/** Copies in orders that are not there, as `next` hands them out; those in the order of their keys cost least. */
export async function copyOrders(db: Db, next: () => OrderRow | null, by: WrittenBy, columns: OrderColumns): Promise<void> {
  const run = by.runId === null ? null : Buffer.from(by.runId.replaceAll('-', ''), 'hex')
  const names = columnNames(columns)
  await copyIn(db, `orders.purchase (${names.join(', ')})`, async (rows) => {
    for (let order = next(); order !== null; order = next()) {
      rows.row(names.length)
      putOrder(rows, order, run)
      putOptional(rows, order, by, columns)
      if (rows.full) await rows.flush()
    }
  })
}

function putOrder(rows: BinaryRows, order: OrderRow, run: Uint8Array | null): void {
  const { sums } = order
  rows.uuid(order.customers, order.customerAt)
  rows.uuid(order.ids, order.idAt)
  rows.int2(order.sourceId)
  if (order.numberFrom === order.numberTo) rows.null()
  else rows.range(order.number, order.numberFrom, order.numberTo)
  rows.day(order.content.day)
  rows.bool(sums.counted)
  rows.range(order.lines, order.linesFrom, order.linesTo)
  rows.int8(sums.revenueMinor)
  rows.int8(sums.refundMinor)
  rows.int8(sums.costUnknownMinor)
  rows.int8(order.fingerprint)
  if (run === null) rows.null()
  else rows.uuid(run, 0)
}

function putOptional(rows: BinaryRows, { content, sums, refundOf }: OrderRow, by: WrittenBy, columns: OrderColumns): void {
  if (columns.time) {
    if (content.placedAt === null) rows.null()
    else rows.int8(microseconds(content.placedAt))
  }
  if (columns.state) {
    rows.bool(content.cancelled)
    rows.bool(by.byHand)
  }
  if (columns.refundOf) {
    if (refundOf === null) rows.null()
    else rows.uuid(Buffer.from(refundOf.replaceAll('-', ''), 'hex'), 0)
  }
  if (columns.currency) {
    text(rows, content.currency)
    if (content.rate === null) rows.null()
    else rows.bytes(numericBytes(content.rate))
  }
  if (columns.discount) {
    rows.int8(sums.discountMinor)
    rows.int8(sums.discountedMinor)
  }
  if (columns.cost) rows.int8(sums.costMinor)
  if (columns.origin) {
    text(rows, content.channel)
    text(rows, content.campaign)
  }
  if (columns.moment) rows.int8(microseconds(by.now.getTime()))
}

function text(rows: BinaryRows, value: string | null): void {
  if (value === null) rows.null()
  else rows.text(value)
}

/** The same for some orders that are at hand. */
export async function insertOrders(db: Db, orders: readonly PreparedOrder[], by: WrittenBy): Promise<void> {
  const ids = Buffer.alloc(32)
  let i = 0
  const next = (): OrderRow | null => {
    const order = orders[i++]
    if (!order) return null
    ids.write(order.customer, 0, 'latin1')
    ids.write(order.id, 16, 'latin1')
    const number = Buffer.from(order.number ?? '')
    const lines = Buffer.from(order.lines)
    const places = {
      customers: ids,
      customerAt: 0,
      ids,
      idAt: 16,
      number,
      numberFrom: 0,
      numberTo: number.length,
      lines,
      linesFrom: 0,
      linesTo: lines.length,
    }
    return {
      ...places,
      sourceId: order.sourceId,
      refundOf: order.refundOf,
      content: order.content,
      sums: order.sums,
      fingerprint: order.fingerprint,
    }
  }
  if (orders.length > 0) await copyOrders(db, next, by, allColumns)
}

/** A positive decimal in PostgreSQL's binary form of numeric: digits of base 10,000. */
export function numericBytes(text: string): Buffer {
  const [whole = '', fraction = ''] = text.split('.')
  const head = whole.replace(/^0+/, '')
  const front = head.padStart(Math.ceil(head.length / 4) * 4, '0')
  const groups = (front + fraction.padEnd(Math.ceil(fraction.length / 4) * 4, '0')).match(/.{4}/g) ?? []
  let weight = front.length / 4 - 1
  while (groups[0] === '0000') {
    groups.shift()
    weight--
  }
  while (groups.at(-1) === '0000') groups.pop()
  const bytes = Buffer.alloc(8 + 2 * groups.length)
  bytes.writeInt16BE(groups.length, 0)
  bytes.writeInt16BE(groups.length === 0 ? 0 : weight, 2)
  bytes.writeInt16BE(0, 4)
  bytes.writeInt16BE(fraction.length, 6)
  for (const [i, group] of groups.entries()) bytes.writeInt16BE(Number(group), 8 + 2 * i)
  return bytes
}
