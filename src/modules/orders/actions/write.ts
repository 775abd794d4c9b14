import { ensureCustomers, holdCustomers, sourceId, successorsOf } from '#modules/customers/public.ts'
import type { Context } from '#platform/context.ts'
import { derivedId } from '#platform/identifier.ts'
import type { Actions } from '#platform/module.ts'
import { packId, unpackId } from '#platform/packed-id.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { ordersApi } from '../api.ts'
import { totalTooLarge } from '../domain/day-list.ts'
import { decodeLines } from '../domain/lines.ts'
import { netOf, type OrderContent } from '../domain/order.ts'
import { refundLines } from '../domain/refund.ts'
import { ordersChanged } from '../facts.ts'
import { ensureProducts } from '../store/catalogue.ts'
import { insertOrders, type PreparedOrder } from '../store/copy-orders.ts'
import { renewDayLists } from '../store/day-lists.ts'
import { movePartsWithOrders } from '../store/order-parts.ts'
import { orderOf, refundsOf, type StoredOrder } from '../store/reads.ts'
import { customersBeyondExact } from '../store/totals.ts'
import { lockForWriting, lockOrderIds, ordersByIds, removeOrders, replaceOrders } from '../store/write-purchases.ts'
import { logCorrection } from './disputes.ts'
import { moreThanPaid, refuseAfterRefunds, refuseBeyondSold, refusedLine } from './given-back.ts'
import { contentOf, dayNumber, dayOf, orderIdOf, preparedOrder, reckoningFor, today } from './prepare.ts'
import { detailOf, existingOrder, leftOf } from './read.ts'
import { bringPromises, followLines, promisedBy, saveTerms } from './terms.ts'

type Write = Pick<Actions<typeof ordersApi>, 'place' | 'change' | 'cancel' | 'refund' | 'batch'>

/** What people enter comes from the source 'hand', whose number is 1. */
const hand = 1

export const writeActions: Write = {
  async place(context, input) {
    const { customerId } = input
    const number = input.number ?? null
    if (!(await holdCustomers(context.db, [customerId])).has(customerId))
      throw refuse('missing', 'no-such-customer', 'There is no such customer')
    const reckoning = await reckoningFor(context, [input])
    const { head, lines } = contentOf(context, reckoning, input)
    const id = number === null ? context.newId() : orderIdOf('hand', number)
    await lockOrderIds(context.db, [id])
    await lockForWriting(context.db, [customerId])
    if (number !== null && (await ordersByIds(context.db, [id])).length > 0)
      throw refuse('conflict', 'number-taken', `There is an order ${number} already`, {
        fields: [{ field: 'number', reason: 'number-taken', detail: 'Another order has this number' }],
      })
    const order = preparedOrder(reckoning, { customerId, id, sourceId: hand, number, refundOf: null, byHand: true }, head, lines)
    await insertOrders(context.db, [order], { runId: null, byHand: true, now: context.now })
    if (input.terms) await saveTerms(context, { customerId, orderId: id }, { before: null, lines }, input.terms, 'terms.')
    return finished(context, order, 'placed')
  },

  async change(context, { id, version, ...input }) {
    const order = await lockedOrder(context, id, version)
    const reckoning = await reckoningFor(context, [input])
    const { head, lines } = contentOf(context, reckoning, input)
    const changed = preparedOrder(reckoning, { ...order, byHand: true }, { ...head, cancelled: order.cancelled }, lines)
    await refuseBeyondSold(context.db, order, changed)
    await replaceOrders(context.db, [changed], { runId: null, byHand: true, now: context.now })
    await followLines(context, order, lines)
    await logCorrection(context, order, changed)
    return finished(context, changed, 'changed')
  },

  async cancel(context, { id, version }) {
    const order = await lockedOrder(context, id, version)
    if (order.cancelled) throw refuse('conflict', 'cancelled-already', 'The order is cancelled already')
    await refuseAfterRefunds(context.db, order)
    const lines = decodeLines(order.lines)
    const reckoning = await reckoningFor(context, [{ lines }])
    const cancelled = preparedOrder(reckoning, { ...order, byHand: true }, { ...headOf(order), cancelled: true }, lines)
    await replaceOrders(context.db, [cancelled], { runId: null, byHand: true, now: context.now })
    return finished(context, cancelled, 'cancelled')
  },

  async refund(context, { id, day, amountMinor, lines: back }) {
    const order = await lockedOrder(context, id, null)
    if (order.cancelled) throw refuse('conflict', 'cancelled-already', 'The order is cancelled; nothing was paid that could be given back')
    if ((amountMinor === undefined) === (back === undefined || back.length === 0))
      throw refuse('invalid', 'amount-or-lines', 'Give back either an amount or lines', {
        fields: [{ field: 'amountMinor', reason: 'amount-or-lines', detail: 'Give back either an amount or lines' }],
      })
    const lines = decodeLines(order.lines)
    const left = leftOf(order, await refundsOf(context.db, order.customerId, order.id))
    const given = refundLines(lines, left.lines, amountMinor === undefined ? { lines: back ?? [] } : { amountMinor })
    if (!Array.isArray(given)) throw refusedLine(given)
    const { refundableMinor } = left
    const total = given.reduce((sum, line) => sum - line.netMinor, 0)
    if (total > refundableMinor) throw moreThanPaid(refundableMinor, total)
    const reckoning = await reckoningFor(context, [{ lines: given }])
    const head: Omit<OrderContent, 'lines'> = {
      ...headOf(order),
      day: day === undefined ? today(context, reckoning.timeZone) : dayNumber(day),
      placedAt: day === undefined ? context.now.getTime() : null,
    }
    const refund = preparedOrder(
      reckoning,
      { customerId: order.customerId, id: context.newId(), sourceId: hand, number: null, refundOf: order.id, byHand: true },
      head,
      given,
    )
    await insertOrders(context.db, [refund], { runId: null, byHand: true, now: context.now })
    await finished(context, refund, 'refunded')
    return detailOf(context, (await orderOf(context.db, order.customerId, order.id))!)
  },

  async batch(context, { source, orders }) {
    const numbers = new Set(orders.map((order) => order.number))
    if (numbers.size < orders.length) throw refuse('invalid', 'number-twice', 'A batch names an order number twice')
    const { db, now, actor } = context
    // Before it is read whose orders these are: until the end nobody is merged or taken away, and whoever does that locks orders only afterwards.
    await holdCustomers(db, [])
    const number = await sourceId(db, source)
    const reckoning = await reckoningFor(context, orders)
    const prepared: PreparedOrder[] = []
    const promised: Parameters<typeof bringPromises>[1][number][] = []
    const customerIdOf = await customerIds(context, source, orders)
    for (const [i, order] of orders.entries()) {
      const { head, lines } = contentOf(context, reckoning, order, `orders.${i}.`)
      const identity = { customerId: customerIdOf(order.customer), id: orderIdOf(source, order.number) }
      if (order.terms)
        promised.push({
          customerId: identity.customerId,
          orderId: identity.id,
          terms: promisedBy(lines, order.terms, `orders.${i}.terms.`),
        })
      prepared.push(
        preparedOrder(reckoning, { ...identity, sourceId: number, number: order.number, refundOf: null, byHand: false }, head, lines),
      )
    }
    // Reference rows first, then the customers' own.
    const named = orders.flatMap((order) =>
      order.lines.flatMap((line) => (line.product ? [{ code: line.product, name: line.name ?? null, category: null }] : [])),
    )
    await ensureProducts(db, [...new Map(named.map((product) => [product.code, product])).values()], { runId: null, now })
    const names = new Map(orders.map((order) => [order.customer, order.customerName ?? null]))
    const ids = prepared.map((order) => unpackId(order.id))
    await lockOrderIds(db, ids)
    const before = await ordersByIds(db, ids)
    await lockForWriting(db, [...prepared.map((order) => unpackId(order.customer)), ...before.map((order) => order.customerId)])
    const wanted = { source, sourceId: number, keys: [...names.keys()], names: [...names.values()], runId: null, by: actor.id, now }
    const { madeCount: customersNew } = await ensureCustomers(db, wanted)
    const counts = await writeBatch(context, prepared)
    await bringPromises(context, promised)
    return { ...counts, customersNew }
  },
}

/** Whose orders under a key are: the customer's whom the source calls so, or the one's into whom that customer was merged. */
async function customerIds({ db }: Context, source: string, orders: readonly { customer: string }[]): Promise<(key: string) => string> {
  const derived = (key: string) => derivedId('customer', source, key)
  const merged = await successorsOf(db, [...new Set(orders.map(({ customer }) => derived(customer)))])
  return (key) => merged.get(derived(key)) ?? derived(key)
}

async function writeBatch(context: Context, prepared: readonly PreparedOrder[]) {
  const { db, now } = context
  const there = new Map(
    (
      await ordersByIds(
        db,
        prepared.map((order) => unpackId(order.id)),
      )
    ).map((order) => [packId(order.id), order]),
  )
  const fresh = prepared.filter((order) => !there.has(order.id))
  const known = prepared.filter((order) => there.has(order.id))
  const conflicting = known.filter((order) => there.get(order.id)!.byHand && there.get(order.id)!.fingerprint !== order.fingerprint)
  const changed = known.filter((order) => {
    const old = there.get(order.id)!
    return !old.byHand && (old.fingerprint !== order.fingerprint || packId(old.customerId) !== order.customer)
  })
  const moved = changed.filter((order) => packId(there.get(order.id)!.customerId) !== order.customer)
  const left = moved.map((order) => ({ customerId: there.get(order.id)!.customerId, id: unpackId(order.id) }))
  const by = { runId: null, byHand: false, now }
  await movePartsWithOrders(
    db,
    moved.map((order) => ({ orderId: unpackId(order.id), from: there.get(order.id)!.customerId, to: unpackId(order.customer) })),
  )
  await removeOrders(db, left)
  const inserted = [...fresh, ...moved].sort((a, b) => (a.customer + a.id < b.customer + b.id ? -1 : 1))
  if (inserted.length > 0) await insertOrders(db, inserted, by)
  await replaceOrders(
    db,
    changed.filter((order) => !moved.includes(order)),
    by,
  )
  const customerIds = [
    ...new Set([...[...fresh, ...changed].map((order) => unpackId(order.customer)), ...left.map((order) => order.customerId)]),
  ].sort()
  await followLists(db, customerIds)
  if (customerIds.length > 0) await context.publish(ordersChanged, { customerIds, what: 'loaded' })
  return {
    new: fresh.length,
    changed: changed.length,
    unchanged: known.length - changed.length - conflicting.length,
    conflicting: conflicting.length,
  }
}

/** The order as it is once nobody else writes for its customer; refused where it is no longer the version that the person saw. */
async function lockedOrder(context: Context, id: string, version: number | null): Promise<StoredOrder> {
  const { customerId } = await existingOrder(context, id)
  await lockForWriting(context.db, [customerId])
  const order = await orderOf(context.db, customerId, id)
  if (!order) throw refuse('missing', 'no-such-order', 'There is no such order')
  if (version !== null && order.version !== version) throw changedMeanwhile('this order')
  return order
}

const headOf = (order: StoredOrder): Omit<OrderContent, 'lines'> => ({
  day: dayNumber(order.day),
  placedAt: order.placedAt?.getTime() ?? null,
  cancelled: order.cancelled,
  currency: order.currency,
  rate: order.rate,
  channel: order.channel,
  campaign: order.campaign,
})

/** The customers' day lists after their orders were written. Whose amounts would no longer be summed up exactly is refused with everything that was written. */
async function followLists(db: Context['db'], customerIds: readonly string[]): Promise<void> {
  const [beyond] = await customersBeyondExact(db, customerIds)
  if (beyond !== undefined) throw refuse('invalid', 'total-too-large', totalTooLarge, { values: { customerId: beyond } })
  await renewDayLists(db, customerIds)
}

/** What follows every single write: the customer's day list, products that are new, and the fact. */
async function finished(context: Context, order: PreparedOrder, what: 'placed' | 'changed' | 'cancelled' | 'refunded') {
  const { db, now } = context
  const customerId = unpackId(order.customer)
  const orderId = unpackId(order.id)
  const lines = decodeLines(order.lines)
  const named = lines.flatMap((line) =>
    line.product === null ? [] : [[line.product, { code: line.product, name: line.name, category: null }] as const],
  )
  await ensureProducts(db, [...new Map(named).values()], { runId: null, now })
  await followLists(db, [customerId])
  await context.publish(ordersChanged, {
    customerIds: [customerId],
    customerId,
    orderId,
    what,
    number: order.number,
    day: dayOf(order.content.day),
    netMinor: netOf(order.sums),
  })
  return detailOf(context, (await orderOf(db, customerId, orderId))!)
}
