import { dayIn, organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import type { DeviationView, PromiseView, TermsView } from '../api/terms.ts'
import { type Deviation, deviationsOf, quantitiesDelivered, termsWithOrdered } from '../domain/deviations.ts'
import { decodeLines } from '../domain/lines.ts'
import { promiseKept } from '../domain/promise.ts'
import { noTerms } from '../domain/terms.ts'
import { orderOf, type StoredOrder } from '../store/reads.ts'
import { type FreightEvent, fulfilmentOf } from '../store/terms.ts'

/** Today in the organization's time zone. */
export async function todayOf({ db, now }: Pick<Context, 'db' | 'now'>): Promise<string> {
  return dayIn((await readSetting(db, organizationProfile)).timeZone, now)
}

export async function termsView(context: Context, order: StoredOrder): Promise<TermsView> {
  const { stored, deliveries, freight } = await fulfilmentOf(context.db, { customerId: order.customerId, orderId: order.id })
  const today = await todayOf(context)
  const terms = stored?.terms ?? noTerms
  const effective = termsWithOrdered(terms, decodeLines(order.lines))
  const delivered = quantitiesDelivered(deliveries)
  return {
    orderId: order.id,
    customerId: order.customerId,
    terms: { ...terms, lines: [...terms.lines] },
    promise: promiseView(terms.promisedDay, stored?.deliveredDay ?? null, today),
    deliveries: deliveries.map(({ notedAt: _, lines, ...delivery }) => ({ ...delivery, lines: [...lines] })),
    freight: freight.map(({ notedAt: _, ...event }) => event),
    deviations: order.cancelled ? [] : deviationsOf(effective, deliveries, today).map(seenBy(context)),
    delivered: { quantity: delivered.whole, lines: [...delivered.lines].map(([place, quantity]) => ({ place, quantity })) },
    byHand: stored?.byHand ?? false,
    version: stored?.version ?? 0,
  }
}

/** Whether the actor may see where things are delivered to. */
export const seesPlaces = ({ actor }: Pick<Context, 'actor'>): boolean => actor.can('customers.read-personal')

/** That a place is another may be seen, not which. */
const seenBy =
  (context: Context) =>
  (deviation: Deviation): DeviationView =>
    deviation.term === 'deliveryPlace' && !seesPlaces(context) ? { ...deviation, promised: null, delivered: null } : deviation

/** How a promise stands; nothing where no day was promised. */
export function promiseView(promisedDay: string | null, deliveredDay: string | null, today: string): PromiseView {
  const kept = promisedDay === null ? { standing: null, days: null } : promiseKept(promisedDay, deliveredDay, today)
  return { promisedDay, deliveredDay, ...kept }
}

/** What a complaint about an order begins with: what was delivered otherwise than promised, as of a day of the organization, and what happened to the goods on their way. Null where there is no such order. */
export async function deviationsOfOrder(
  db: Db,
  customerId: string,
  orderId: string,
  today: string,
): Promise<{ readonly deviations: readonly Deviation[]; readonly freight: readonly FreightEvent[] } | null> {
  const order = await orderOf(db, customerId, orderId)
  if (!order) return null
  const { stored, deliveries, freight } = await fulfilmentOf(db, { customerId, orderId })
  const terms = termsWithOrdered(stored?.terms ?? noTerms, decodeLines(order.lines))
  return { deviations: order.cancelled ? [] : deviationsOf(terms, deliveries, today), freight }
}
