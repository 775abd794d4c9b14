import { customerNames, sourceNames } from '#modules/customers/public.ts'
import type { Context } from '#platform/context.ts'
import type { OrderView } from '../api.ts'
import { microText } from '../domain/amount.ts'
import { quantityText, unitPriceText } from '../domain/draft.ts'
import { decodeLines } from '../domain/lines.ts'
import { type Catalogue, costOf, netOf } from '../domain/order.ts'
import type { Remaining } from '../domain/refund.ts'
import { promisesOf } from '../store/promises.ts'
import type { StoredOrder } from '../store/reads.ts'
import { promiseView, todayOf } from './terms-view.ts'

/** Orders as people and programs see them. */
export async function viewsOf(context: Context, currency: string, orders: readonly StoredOrder[]): Promise<OrderView[]> {
  if (orders.length === 0) return []
  const { db } = context
  const names = await customerNames(db, [...new Set(orders.map((order) => order.customerId))])
  const sources = await sourceNames(db)
  const promises = await promisesOf(db, orders)
  const today = promises.size > 0 ? await todayOf(context) : ''
  return orders.map((order) => {
    const promise = promises.get(order.id)
    const { sourceId, lines, counted, cancelled, discountedMinor: _, fingerprint: __, ...rest } = order
    return {
      ...rest,
      customerName: names.get(order.customerId) ?? '',
      source: sources.get(sourceId) ?? '',
      kind: cancelled ? 'cancelled' : counted ? 'purchase' : order.refundMinor > 0 || order.refundOf !== null ? 'refund' : 'empty',
      currency: order.currency ?? currency,
      netMinor: netOf(order),
      promise: promise ? promiseView(cancelled ? null : promise.promisedDay, promise.deliveredDay, today) : null,
      lineCount: lines === '' ? 0 : lines.split('\n').length,
    }
  })
}

export const lineViews = (order: StoredOrder, catalogue: Catalogue, remaining: readonly (Remaining | null)[]) =>
  decodeLines(order.lines).map((line, i) => {
    const cost = costOf(line, catalogue)
    const left = remaining[i]
    return {
      place: i + 1,
      kind: line.kind,
      product: line.product,
      name: line.name,
      quantity: quantityText(line),
      unitPrice: unitPriceText(line),
      discountMinor: line.discountMinor,
      netMinor: line.netMinor,
      costMinor: cost.minor,
      costBasis: cost.basis,
      refundableQuantity: left ? microText(left.quantityMicro) : null,
      refundableMinor: left ? left.netMinor : null,
    }
  })
