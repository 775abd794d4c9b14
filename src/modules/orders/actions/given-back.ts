import type { Db } from '#platform/database/connection.ts'
import { type Refusal, refuse } from '#platform/refusal.ts'
import { microText } from '../domain/amount.ts'
import { decodeLines } from '../domain/lines.ts'
import { netOf } from '../domain/order.ts'
import { type Excess, excessOf, type RefundProblem } from '../domain/refund.ts'
import type { PreparedOrder } from '../store/copy-orders.ts'
import { orderOf, refundsOf, type StoredOrder } from '../store/reads.ts'
import { leftOf } from './read.ts'

/**
 * Refuses a change by a person after which more would be given back than was sold, of a line or altogether: of an order that has refunds, or of a refund itself. The caller holds the lock
 * of the customer. What a source says of its own orders is not judged here.
 */
export async function refuseBeyondSold(db: Db, before: StoredOrder, changed: PreparedOrder): Promise<void> {
  if (before.cancelled) return
  if (before.refundOf !== null) return refuseBeyondOrder(db, before, before.refundOf, changed)
  const refunds = (await refundsOf(db, before.customerId, before.id)).filter((refund) => !refund.cancelled)
  const excess = excessOf(decodeLines(changed.lines), refunds.map(linesOf))
  if (excess) throw refusedChange(excess)
  const back = refunds.reduce((sum, refund) => sum + refund.refundMinor, 0)
  if (back > Math.max(0, netOf(changed.sums))) throw moreThanPaid(netOf(changed.sums), back)
}

async function refuseBeyondOrder(db: Db, before: StoredOrder, orderId: string, changed: PreparedOrder): Promise<void> {
  const order = await orderOf(db, before.customerId, orderId)
  if (!order) return
  const others = (await refundsOf(db, order.customerId, order.id)).filter((refund) => refund.id !== before.id && !refund.cancelled)
  const left = leftOf(order, others)
  const excess = excessOf(linesOf(order), [...others.map(linesOf), decodeLines(changed.lines)])
  if (excess) {
    const { place } = excess
    throw refusedLine({ place, reason: 'too-many', leftMicro: left.lines[place - 1]?.quantityMicro ?? 0 })
  }
  if (changed.sums.refundMinor > left.refundableMinor) throw moreThanPaid(left.refundableMinor, changed.sums.refundMinor)
}

/** Refuses to cancel an order of which something was given back, which would otherwise be given back twice. */
export async function refuseAfterRefunds(db: Db, order: StoredOrder): Promise<void> {
  const refunds = await refundsOf(db, order.customerId, order.id)
  if (refunds.some((refund) => !refund.cancelled))
    throw refuse('conflict', 'given-back', 'Something was given back for this order already; cancel its refunds first')
}

export const moreThanPaid = (refundableMinor: number, totalMinor: number): Refusal =>
  refuse('conflict', 'more-than-paid', 'More would be given back than was paid', { values: { refundableMinor, totalMinor } })

export function refusedLine({ place, reason, leftMicro }: RefundProblem): Refusal {
  const left = microText(leftMicro)
  const detail = {
    'no-such-line': `The order has no line ${place}`,
    'not-goods': `Line ${place} holds no goods that could come back`,
    'too-many': `Of line ${place} only ${left} can still come back`,
  }[reason]
  return refuse('invalid', reason, detail, { fields: [{ field: 'lines', reason, detail }], values: { place, left } })
}

function refusedChange({ place, givenMicro }: Excess): Refusal {
  const given = microText(givenMicro)
  const reason = 'line-given-back'
  const detail = `Of line ${place}, ${given} came back already; the order must keep these goods, worth at least what was given back for them`
  return refuse('conflict', reason, detail, { fields: [{ field: 'lines', reason, detail }], values: { place, given } })
}

const linesOf = (order: StoredOrder) => decodeLines(order.lines)
