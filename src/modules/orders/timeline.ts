import type { TimelineSource } from '#platform/module.ts'
import { netOf } from './domain/order.ts'
import { timelineOrders } from './store/reads.ts'

/** Orders on a customer's timeline: purchases happen during, refunds and cancellations after the sale. Orders of which only the day is known stand at its beginning, UTC. */
export const ordersTimeline: TimelineSource = async ({ db }, customerId, before, limit) => {
  const orders = await timelineOrders(db, customerId, before, limit)
  return orders.map((order) => {
    const refund = !order.counted
    return {
      id: order.id,
      at: order.at,
      kind: order.cancelled ? 'orders.cancelled' : refund ? 'orders.refund' : 'orders.purchase',
      stage: refund ? ('after' as const) : ('during' as const),
      values: {
        ...(order.at.getTime() % 86_400_000 === 0 ? { day: order.at.toISOString().slice(0, 10) } : {}),
        orderId: order.id,
        number: order.number,
        netMinor: netOf(order),
        lines: order.lines === '' ? 0 : order.lines.split('\n').length,
      },
    }
  })
}
