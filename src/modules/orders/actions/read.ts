import { customersWithin, sourceNames } from '#modules/customers/public.ts'
import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, placeOf } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import type { ordersApi } from '../api.ts'
import { decodeLines } from '../domain/lines.ts'
import { type Remaining, remainingOf } from '../domain/refund.ts'
import { anonymousByMonth } from '../store/anonymous-months.ts'
import { readCatalogueOf } from '../store/catalogue.ts'
import { latestOrders, ledgerOf, orderById, ordersByNumber, ordersOf, refundsOf, type StoredOrder } from '../store/reads.ts'
import { orderIdOf } from './prepare.ts'
import { lineViews, viewsOf } from './view.ts'
import { pageWithinReach, rowsToLookAt } from './within-reach.ts'

type Read = Pick<Actions<typeof ordersApi>, 'latest' | 'find' | 'ofCustomer' | 'ledger' | 'one' | 'anonymousMonths'>

export const readActions: Read = {
  async latest(context, { cursor, limit = defaultPageSize }) {
    const after = cursor === undefined ? null : placeOf(cursor, ['day', 'uuid', 'uuid'])
    const rows = await latestOrders(context.db, after, rowsToLookAt(context, limit))
    const { currency } = await readSetting(context.db, organizationProfile)
    const { shown, next } = await pageWithinReach(context, rows, limit, (order) => [order.day, order.customerId, order.id])
    return { items: await viewsOf(context, currency, shown), next }
  },
  async find(context, { number }) {
    const { currency } = await readSetting(context.db, organizationProfile)
    const ids = [...(await sourceNames(context.db)).values()].map((source) => orderIdOf(source, number))
    const found = await ordersByNumber(context.db, number, ids)
    return { items: await viewsOf(context, currency, await seen(context, found)) }
  },
  async ofCustomer(context, { customerId, cursor, limit = defaultPageSize }) {
    const rows = await ordersOf(context.db, customerId, cursor === undefined ? null : placeOf(cursor, ['day', 'uuid']), limit + 1)
    return pageOf(context, rows, limit, (last) => [last.day, last.id])
  },
  async ledger({ db }, { customerId }) {
    const { currency } = await readSetting(db, organizationProfile)
    return { currency, years: await ledgerOf(db, customerId) }
  },
  async one(context, { id }) {
    return detailOf(context, await existingOrder(context, id))
  },
  async anonymousMonths({ db }) {
    const { currency } = await readSetting(db, organizationProfile)
    return { currency, items: await anonymousByMonth(db) }
  },
}

export async function existingOrder(context: Context, id: string): Promise<StoredOrder> {
  const order = await orderById(context.db, id)
  if (!order) throw refuse('missing', 'no-such-order', 'There is no such order')
  return order
}

/** An order with its lines, what they cost and how that is known, and what was given back. */
export async function detailOf(context: Context, order: StoredOrder) {
  const { db } = context
  const { currency } = await readSetting(db, organizationProfile)
  const products = decodeLines(order.lines).flatMap((line) => line.product ?? [])
  const catalogue = await readCatalogueOf(db, currency, [...new Set(products)])
  const refunds = await refundsOf(db, order.customerId, order.id)
  const [view, ...given] = await viewsOf(context, currency, [order, ...refunds])
  const { lines, refundableMinor } = leftOf(order, refunds)
  return { ...view!, lines: lineViews(order, catalogue, lines), refunds: given, refundableMinor }
}

/** What may still be given back of an order, altogether and by line, after its refunds. */
export function leftOf(order: StoredOrder, refunds: readonly StoredOrder[]): { refundableMinor: number; lines: (Remaining | null)[] } {
  const valid = refunds.filter((refund) => !refund.cancelled)
  const back = valid.reduce((sum, refund) => sum + refund.refundMinor, 0)
  return {
    refundableMinor: order.cancelled ? 0 : Math.max(0, order.revenueMinor - order.discountMinor - order.refundMinor - back),
    lines: remainingOf(
      decodeLines(order.lines),
      valid.map((refund) => decodeLines(refund.lines)),
    ),
  }
}

/** The orders of customers within reach. */
async function seen({ db, reach }: Context, orders: readonly StoredOrder[]): Promise<readonly StoredOrder[]> {
  const customers = await customersWithin(db, [...new Set(orders.map(({ customerId }) => customerId))], reach)
  return orders.filter(({ customerId }) => customers.has(customerId))
}

async function pageOf(
  context: Context,
  rows: readonly StoredOrder[],
  limit: number,
  placeOfLast: (last: StoredOrder) => (string | number)[],
) {
  const { currency } = await readSetting(context.db, organizationProfile)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: await viewsOf(context, currency, shown), next: rows.length > limit && last ? cursorOf(placeOfLast(last)) : null }
}
