import { ensureCustomers } from '#modules/customers/public.ts'
import type { Context } from '#platform/context.ts'
import { packId, unpackId } from '#platform/packed-id.ts'
import { dayListWriter } from '../domain/day-list-writer.ts'
import { ordersImported } from '../facts.ts'
import { copyDayLists, renewDayLists } from '../store/day-lists.ts'
import {
  anyOrderBetween,
  type ExistingOrder,
  insertOrders,
  keepBefore,
  keepSourceVersions,
  lockForLoad,
  ordersByIds,
  ordersOfCustomers,
  type PreparedOrder,
  removeOrders,
  replaceOrders,
} from '../store/write-purchases.ts'
import type { CustomerOrders } from './assemble.ts'

/** What comparing orders with what is there finds. */
export interface PartCounts {
  readonly new: number
  readonly changed: number
  readonly unchanged: number
  readonly conflicting: number
}

export interface Part {
  readonly fresh: readonly PreparedOrder[]
  readonly changed: readonly PreparedOrder[]
  readonly conflicting: readonly PreparedOrder[]
  /** Orders that lie with another customer now and move. */
  readonly moved: readonly ExistingOrder[]
  readonly unchanged: number
  /** Packed ids of customers who had orders before. */
  readonly known: ReadonlySet<string>
}

/** Compares the orders of some customers with what is there. `alone`: the table had no order before the run began, so nothing needs looking up. */
export async function comparePart(
  context: Context,
  customers: readonly CustomerOrders[],
  options: { alone: boolean; conflict: string },
): Promise<Part> {
  const all = customers.flatMap((customer) => customer.orders)
  if (options.alone) return { fresh: all, changed: [], conflicting: [], moved: [], unchanged: 0, known: new Set() }
  const existing = await ordersOfCustomers(
    context.db,
    customers.map((c) => unpackId(c.customer)),
  )
  const known = new Set(existing.map((order) => packId(order.customerId)))
  const here = new Map(existing.map((order) => [packId(order.customerId) + packId(order.id), order]))
  const fresh: PreparedOrder[] = []
  const changed: PreparedOrder[] = []
  const conflicting: PreparedOrder[] = []
  let unchanged = 0
  for (const order of all) {
    const old = here.get(order.customer + order.id)
    if (!old) fresh.push(order)
    else if (old.fingerprint === order.fingerprint) unchanged++
    else if (old.byHand && options.conflict === 'hand') conflicting.push(order)
    else changed.push(order)
  }
  const numbered = fresh.filter((order) => order.number !== null).map((order) => unpackId(order.id))
  const elsewhere = await ordersByIds(context.db, numbered)
  // An order that was changed by hand stays with its customer, as everything else about it.
  const moved = elsewhere.filter((order) => !(order.byHand && options.conflict === 'hand'))
  const staying = new Set(elsewhere.filter((order) => !moved.includes(order)).map((order) => packId(order.id)))
  return {
    fresh: staying.size === 0 ? fresh : fresh.filter((order) => !staying.has(order.id)),
    changed,
    conflicting: staying.size === 0 ? conflicting : [...conflicting, ...fresh.filter((order) => staying.has(order.id))],
    moved,
    unchanged,
    known,
  }
}

export const countsOf = (part: Part): PartCounts => ({
  new: part.fresh.length - part.moved.length,
  changed: part.changed.length + part.moved.length,
  unchanged: part.unchanged,
  conflicting: part.conflicting.length,
})

export interface ApplyOptions {
  readonly runId: string
  readonly source: string
  readonly sourceId: number
  readonly requestedBy: string
  readonly alone: boolean
  readonly conflict: string
}

/** Brings the orders of some customers in, in the transaction of a step: customers who are new, orders, what they were before, and day lists. */
export async function applyPart(
  context: Context,
  customers: readonly CustomerOrders[],
  options: ApplyOptions,
): Promise<PartCounts & { customersMade: number }> {
  const { db, now } = context
  const { runId } = options
  if (customers.length === 0) return { new: 0, changed: 0, unchanged: 0, conflicting: 0, customersMade: 0 }
  await lockForLoad(db)
  const ids = Buffer.alloc(customers.length * 16)
  for (const [i, { customer }] of customers.entries()) ids.write(customer, i * 16, 'latin1')
  const { madeCount } = await ensureCustomers(db, {
    source: options.source,
    sourceId: options.sourceId,
    keys: customers.map((c) => c.key),
    names: customers.map((c) => c.name),
    ids,
    runId,
    by: options.requestedBy,
    now,
  })
  const part = await comparePart(context, customers, { ...options, alone: options.alone && (await nothingIn(db, customers)) })
  const moved = part.moved.map(({ customerId, id }) => ({ customerId, id }))
  const changing = [...part.changed, ...part.conflicting].map((order) => ({ customerId: unpackId(order.customer), id: unpackId(order.id) }))
  await keepBefore(db, runId, [...moved, ...changing])
  await removeOrders(db, moved)
  const by = { runId, byHand: false, now }
  if (part.fresh.length > 0) await insertOrders(db, part.fresh, by)
  await replaceOrders(db, part.changed, by)
  await keepSourceVersions(db, part.conflicting, { runId, now })
  await writeDayLists(context, customers, part)
  const counts = countsOf(part)
  if (counts.new + counts.changed > 0)
    await context.publish(ordersImported, {
      runId,
      orders: counts.new + counts.changed,
      customers: customers.length,
      firstCustomer: unpackId(customers[0]!.customer),
      lastCustomer: unpackId(customers.at(-1)!.customer),
    })
  return { ...counts, customersMade: madeCount }
}

/** Somebody may have written an order while the load was on its way. */
async function nothingIn(db: Context['db'], customers: readonly CustomerOrders[]): Promise<boolean> {
  return !(await anyOrderBetween(db, unpackId(customers[0]!.customer), unpackId(customers.at(-1)!.customer)))
}

/** Customers who had no orders have exactly those of the file; everybody else's list is made anew from what is there now. */
async function writeDayLists({ db }: Context, customers: readonly CustomerOrders[], part: Part): Promise<void> {
  const simple = part.conflicting.length === 0 ? customers.filter((c) => !part.known.has(c.customer)) : []
  const writer = dayListWriter()
  const ids = Buffer.alloc(simple.length * 16)
  const lists = simple.map((customer, i) => {
    ids.write(customer.customer, i * 16, 'latin1')
    for (const order of customer.orders) writer.add(order.content.day, order.sums)
    return writer.take()
  })
  if (lists.length > 0) await copyDayLists(db, ids, lists)
  const touched = [...part.changed, ...part.fresh].map((order) => order.customer)
  const done = new Set(simple.map((c) => c.customer))
  const others = new Set(touched.filter((customer) => !done.has(customer)).map(unpackId))
  for (const { customerId } of part.moved) others.add(customerId)
  const list = [...others]
  for (let from = 0; from < list.length; from += 5000) await renewDayLists(db, list.slice(from, from + 5000))
}
