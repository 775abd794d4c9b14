import { ensureCustomers } from '#modules/customers/public.ts'
import type { Context } from '#platform/context.ts'
import { unpackId } from '#platform/packed-id.ts'
import { dayListWriter } from '../domain/day-list-writer.ts'
import { ordersImported } from '../facts.ts'
import { copyOrders, type OrderRow, type PreparedOrder } from '../store/copy-orders.ts'
import { copyDayLists, dayListBatch, renewDayLists } from '../store/day-lists.ts'
import { keepTermsBefore, markMoved } from '../store/import-terms.ts'
import { movePartsWithOrders } from '../store/order-parts.ts'
import { keepBefore, keepSourceVersions, lockForLoad, removeOrders, replaceOrders } from '../store/write-purchases.ts'
import { type Compared, comparePart, type PartCounts, type Tally, tally } from './compare-part.ts'
import { columnsSaid, type DraftOrder, linesOf, numberOf, sumsKept } from './draft-order.ts'
import { newLine, readRecord, T, textOf } from './line-record.ts'
import type { ArrangedPart } from './part.ts'

export type LoadOrder = (part: ArrangedPart, order: number) => DraftOrder

export interface ApplyOptions {
  readonly runId: string
  readonly source: string
  readonly sourceId: number
  readonly requestedBy: string
  /** There are no orders but those of this run, and nobody else may write any: nothing needs looking up. */
  readonly alone: boolean
  /** There are no customers but those of this run, and those whom others make meanwhile. */
  readonly emptyArchive: boolean
  /** Whether the catalogue knows what goods cost. */
  readonly catalogueCosts: boolean
  /** Who wins where an order was changed by hand since. */
  readonly conflict: string
}

/** Brings the orders of some customers in, in the transaction of a step: customers who are new, orders, what they were before, and day lists. */
export async function applyPart(
  context: Context,
  part: ArrangedPart,
  load: LoadOrder,
  options: ApplyOptions,
  totals: Tally,
): Promise<PartCounts & { customersMade: number }> {
  const { db, now } = context
  const { runId } = options
  if (!options.alone) await lockForLoad(db)
  const { madeCount } = await ensureCustomers(db, {
    source: options.source,
    sourceId: options.sourceId,
    ...keysOf(part),
    ids: part.customerIds.subarray(0, part.customers * 16),
    allNew: options.emptyArchive,
    runId,
    by: options.requestedBy,
    now,
  })
  const { alone } = options
  const compared = await comparePart(db, part, load, { alone, conflict: options.conflict }, totals)
  const prepared = (order: number): PreparedOrder => {
    const draft = load(part, order)
    return {
      customer: packedCustomer(part, order),
      id: packedOrder(part, order),
      sourceId: options.sourceId,
      refundOf: null,
      number: numberOf(draft),
      content: { ...draft.content },
      sums: sumsKept(draft),
      fingerprint: draft.fingerprint,
      lines: linesOf(draft),
    }
  }
  const changed = compared.changed.map(prepared)
  const conflicting = compared.conflicting.map(prepared)
  const moved = compared.moved.map(({ customerId, id }) => ({ customerId, id }))
  const changing = [...changed, ...conflicting].map((order) => ({ customerId: unpackId(order.customer), id: unpackId(order.id) }))
  await keepBefore(db, runId, [...moved, ...changing])
  if (moved.length > 0) await moveParts(context, part, compared, runId)
  await removeOrders(db, moved)
  await insertFresh(context, part, load, compared, options, alone ? totals : null)
  await replaceOrders(db, changed, { runId, byHand: false, now })
  await keepSourceVersions(db, conflicting, { runId, now })
  await renewOtherLists(context, part, compared)
  const { counts } = compared
  if (counts.new + counts.changed > 0)
    await context.publish(ordersImported, {
      runId,
      orders: counts.new + counts.changed,
      customers: part.customers,
      firstCustomer: customerAt(part, 0),
      lastCustomer: customerAt(part, part.customers - 1),
    })
  return { ...counts, customersMade: madeCount }
}

/** Terms, deliveries and what else hangs on orders goes with those that move to another customer. */
async function moveParts({ db }: Context, part: ArrangedPart, { fresh, moved }: Compared, runId: string): Promise<void> {
  const later = new Map<string, string>()
  for (const order of fresh) later.set(unpackId(packedOrder(part, order)), unpackId(packedCustomer(part, order)))
  const moves = moved.map(({ customerId, id }) => ({ orderId: id, from: customerId, to: later.get(id)! }))
  await keepTermsBefore(
    db,
    runId,
    moves.map(({ orderId, from }) => ({ customerId: from, orderId })),
  )
  await movePartsWithOrders(db, moves)
  await markMoved(
    db,
    runId,
    moves.map(({ orderId, to }) => ({ customerId: to, orderId })),
  )
}

/** Copies the new orders in. Customers who had none before have exactly these: their day lists are summed up on the way. */
async function insertFresh(
  context: Context,
  part: ArrangedPart,
  load: LoadOrder,
  compared: Compared,
  options: ApplyOptions,
  totals: Tally | null,
): Promise<void> {
  const { fresh, known } = compared
  if (fresh.length === 0) return
  const writer = dayListWriter()
  const lists = dayListBatch(part.customers)
  let current = -1
  let simple = false
  const turnTo = (customer: number) => {
    if (simple) lists.add(part.customerIds, current * 16, writer.take())
    current = customer
    simple = customer >= 0 && (known.size === 0 || !known.has(part.customerIds.toString('latin1', customer * 16, customer * 16 + 16)))
  }
  let i = 0
  const first = load(part, fresh[0]!)
  const row: OrderRow = {
    customers: part.customerIds,
    customerAt: 0,
    ids: part.orderIds,
    idAt: 0,
    sourceId: options.sourceId,
    number: first.number,
    numberFrom: 0,
    numberTo: 0,
    refundOf: null,
    content: first.content,
    lines: first.text.bytes,
    linesFrom: 0,
    linesTo: 0,
    sums: first.sums,
    fingerprint: 0,
  }
  const next = (): OrderRow | null => {
    if (i === fresh.length) {
      turnTo(-1)
      return null
    }
    const order = fresh[i++]!
    const customer = part.customerOf[order]!
    if (customer !== current) turnTo(customer)
    const draft = load(part, order)
    if (totals) tally(totals, draft.sums)
    if (simple) writer.add(draft.content.day, draft.sums)
    row.customerAt = customer * 16
    row.idAt = order * 16
    row.number = draft.number
    row.numberFrom = draft.numberFrom
    row.numberTo = draft.numberTo
    row.lines = draft.text.bytes
    row.linesFrom = draft.linesFrom
    row.linesTo = draft.text.length
    row.fingerprint = draft.fingerprint
    row.content = draft.content
    row.sums = draft.sums
    return row
  }
  const by = { runId: options.runId, byHand: false, now: context.now }
  await copyOrders(context.db, next, by, columnsSaid(part.spooled.fields, options.catalogueCosts))
  await copyDayLists(context.db, lists.batch)
}

/** Everybody else's list is made anew from what is there now. */
async function renewOtherLists({ db }: Context, part: ArrangedPart, { changed, fresh, moved, known }: Compared): Promise<void> {
  const others = new Set(moved.map(({ customerId }) => customerId))
  if (known.size > 0)
    for (const orders of [changed, fresh])
      for (const order of orders) {
        const customer = packedCustomer(part, order)
        if (known.has(customer)) others.add(unpackId(customer))
      }
  const list = [...others]
  for (let from = 0; from < list.length; from += 5000) await renewDayLists(db, list.slice(from, from + 5000))
}

/** What the source calls the customers of a part, and their names where it says them. */
function keysOf(part: ArrangedPart): { keys: string[]; names: (string | null)[] } {
  const keys: string[] = []
  const names: (string | null)[] = []
  const line = newLine()
  for (let customer = 0; customer < part.customers; customer++) {
    const from = part.firstRow[part.firstOrder[customer]!]!
    const to = part.firstRow[part.firstOrder[customer + 1]!]!
    let name = ''
    let named = Number.POSITIVE_INFINITY
    // The rows of a customer stand by order; what the file said first counts.
    for (let row = from; row < to; row++) {
      readRecord(part.spooled, part.rows[row]!, line)
      if (row === from) keys.push(textOf(line, T.customer))
      if (line.end[T.customerName] === line.start[T.customerName] || line.line >= named) continue
      named = line.line
      name = textOf(line, T.customerName)
    }
    names.push(name || null)
  }
  return { keys, names }
}

export const customerAt = (part: ArrangedPart, customer: number): string =>
  unpackId(part.customerIds.toString('latin1', customer * 16, customer * 16 + 16))
export const packedCustomer = (part: ArrangedPart, order: number): string => {
  const at = part.customerOf[order]! * 16
  return part.customerIds.toString('latin1', at, at + 16)
}
export const packedOrder = (part: ArrangedPart, order: number): string => part.orderIds.toString('latin1', order * 16, order * 16 + 16)
