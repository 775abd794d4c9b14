import type { TimelineEntry, TimelineSource } from '#platform/module.ts'
import { netOf } from './domain/order.ts'
import { daysBetween } from './domain/promise.ts'
import { type TimelinePromise, timelinePromises } from './store/promises.ts'
import { type StoredOrder, timelineOrders } from './store/reads.ts'

/** A customer's orders, and how what was promised for them was kept. What is known by its day alone stands at its beginning, UTC. */
export const ordersTimeline: TimelineSource = async ({ db, now }, customerId, before, limit) => {
  const orders = await timelineOrders(db, customerId, before, limit)
  // Whether a day has passed is seen here by the same clock by which entries stand.
  const promises = await timelinePromises(db, customerId, now.toISOString().slice(0, 10), before, limit)
  return [...orders.map(orderEntry), ...promises.map(promiseEntry)]
    .toSorted((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1))
    .slice(0, limit)
}

/** Purchases happen during, refunds and cancellations after the sale. */
function orderEntry(order: StoredOrder & { readonly at: Date }): TimelineEntry {
  const refund = !order.counted
  return {
    id: order.id,
    at: order.at,
    kind: order.cancelled ? 'orders.cancelled' : refund ? 'orders.refund' : 'orders.purchase',
    stage: refund ? 'after' : 'during',
    values: {
      ...(order.at.getTime() % 86_400_000 === 0 ? { day: order.at.toISOString().slice(0, 10) } : {}),
      orderId: order.id,
      number: order.number,
      netMinor: netOf(order),
      lines: order.lines === '' ? 0 : order.lines.split('\n').length,
    },
  }
}

/** The last of it came, before, on or after the promised day; or that day passed without it. `count`: by how many days. */
function promiseEntry({
  id,
  at,
  what,
  orderId,
  number,
  promisedDay,
  deliveredDay,
}: TimelinePromise & { readonly id: string }): TimelineEntry {
  const days = promisedDay === null || deliveredDay === null ? 0 : daysBetween(promisedDay, deliveredDay)
  const kind = what === 'late' ? 'overdue' : days < 0 ? 'early' : days > 0 ? 'late' : 'delivered'
  return {
    id,
    at,
    kind: `orders.${kind}`,
    stage: 'during',
    values: { day: at.toISOString().slice(0, 10), orderId, number, count: Math.abs(days) },
  }
}
