import type { Context } from '#platform/context.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, type FieldProblem, refuse } from '#platform/refusal.ts'
import type { TermsInput, termsApi } from '../api/terms.ts'
import { microOf, microText } from '../domain/amount.ts'
import { decodeLines, type Line } from '../domain/lines.ts'
import { hash53 } from '../domain/order.ts'
import { daysBetween } from '../domain/promise.ts'
import { type LineTerms, movedLines, newPlaces, saidLines, type Terms } from '../domain/terms.ts'
import { promisesDue } from '../facts/promises-due.ts'
import { deliveryNoted, deliveryRemoved, freightNoted, freightRemoved, termsChanged } from '../facts.ts'
import { knownTerms, ordersThere, writeSaid } from '../store/import-terms.ts'
import { orderOf, type StoredOrder } from '../store/reads.ts'
import {
  deleteDelivery,
  deleteFreight,
  type Fulfilment,
  fulfilmentOf,
  insertDelivery,
  insertFreight,
  moveLines,
  type OrderKey,
  settleDelivered,
  touchTerms,
  writeTerms,
} from '../store/terms.ts'
import { lockForWriting } from '../store/write-purchases.ts'
import { existingOrder } from './read.ts'
import { seesPlaces, termsView } from './terms-view.ts'

type TermsActions = Pick<
  Actions<typeof termsApi>,
  'terms' | 'setTerms' | 'noteDelivery' | 'removeDelivery' | 'noteFreight' | 'removeFreight'
>

export const termsActions: TermsActions = {
  async terms(context, { id }) {
    return termsView(context, await existingOrder(context, id))
  },

  async setTerms(context, { id, version, ...input }) {
    const { order, key, fulfilment } = await locked(context, id)
    refuseStale(fulfilment, version)
    await saveTerms(context, key, { before: fulfilment, lines: decodeLines(order.lines) }, input)
    return termsView(context, order)
  },

  async noteDelivery(context, { id, day, moreFollows, ...input }) {
    const { order, key, fulfilment } = await locked(context, id)
    if (fulfilment.deliveries.length >= mostOfOrder) throw tooMany()
    const delivery = {
      ...saidOf(decodeLines(order.lines), input),
      id: context.newId(),
      day,
      moreFollows,
      notedAt: context.now,
      notedBy: context.actor.id,
    }
    await touchTerms(context.db, key, { byHand: true }, context)
    await insertDelivery(context.db, key, delivery)
    const deliveredDay = await settleDelivered(context.db, key, [...fulfilment.deliveries, delivery])
    const promisedDay = fulfilment.stored?.terms.promisedDay ?? null
    await context.publish(deliveryNoted, {
      ...key,
      deliveryId: delivery.id,
      day,
      promisedDay,
      deliveredDay,
      lateDays: promisedDay === null || deliveredDay === null ? null : daysBetween(promisedDay, deliveredDay),
    })
    await context.wake(promisesDue, {})
    return termsView(context, order)
  },

  async removeDelivery(context, { id, deliveryId, version }) {
    const { order, key, fulfilment } = await locked(context, id)
    const delivery = fulfilment.deliveries.find((one) => one.id === deliveryId)
    if (!delivery) throw refuse('missing', 'no-such-order-delivery', 'There is no such delivery of this order')
    refuseStale(fulfilment, version)
    await deleteDelivery(context.db, key, deliveryId)
    await touchTerms(context.db, key, { byHand: true }, context)
    await settleDelivered(
      context.db,
      key,
      fulfilment.deliveries.filter((one) => one !== delivery),
    )
    await context.publish(deliveryRemoved, { ...key, deliveryId, day: delivery.day })
    await context.wake(promisesDue, {})
    return termsView(context, order)
  },

  async noteFreight(context, { id, kind, day, line = null, quantity = null, note = null }) {
    const { order, key, fulfilment } = await locked(context, id)
    if (fulfilment.freight.length >= mostOfOrder) throw tooMany()
    if (line !== null) refuseStrangeLines(decodeLines(order.lines), [line], 'line')
    const event = { id: context.newId(), kind, day, line, quantity: plainQuantity(quantity), note }
    await touchTerms(context.db, key, { byHand: false }, context)
    await insertFreight(context.db, key, { ...event, notedAt: context.now, notedBy: context.actor.id })
    await context.publish(freightNoted, { ...key, eventId: event.id, kind, day, note })
    return termsView(context, order)
  },

  async removeFreight(context, { id, eventId, version }) {
    const { order, key, fulfilment } = await locked(context, id)
    const event = fulfilment.freight.find((one) => one.id === eventId)
    if (!event) throw refuse('missing', 'no-such-freight-event', 'There is no such freight event of this order')
    refuseStale(fulfilment, version)
    await deleteFreight(context.db, key, eventId)
    await touchTerms(context.db, key, { byHand: false }, context)
    await context.publish(freightRemoved, { ...key, eventId, kind: event.kind, day: event.day })
    return termsView(context, order)
  },
}

/** So many deliveries, and freight events, an order has at most. */
const mostOfOrder = 200
const tooMany = () =>
  refuse('conflict', 'too-many-of-order', `An order has at most ${mostOfOrder} of these`, { values: { most: mostOfOrder } })

/** Saves what a person says is promised for an order of these lines, whose customer is locked. `at`: where the input stands in a larger one. */
export async function saveTerms(
  context: Context,
  key: OrderKey,
  { before, lines }: { readonly before: Fulfilment | null; readonly lines: readonly Line[] },
  input: TermsInput,
  at = '',
): Promise<void> {
  const said = saidOf(lines, input, at)
  // Whoever does not see a place cannot mean to clear it.
  const deliveryPlace = seesPlaces(context) ? said.deliveryPlace : (said.deliveryPlace ?? before?.stored?.terms.deliveryPlace ?? null)
  const terms: Terms = { ...said, deliveryPlace, promisedDay: input.promisedDay ?? null, payment: input.payment ?? null }
  await writeTerms(context.db, key, terms, context)
  const promisedDayBefore = before?.stored?.terms.promisedDay ?? null
  await context.publish(termsChanged, { ...key, promisedDayBefore, promisedDay: terms.promisedDay })
  await context.wake(promisesDue, {})
}

/** What an order of a batch says is promised, held against its lines. `at`: where it stands in the batch. */
export function promisedBy(lines: readonly Line[], input: TermsInput, at: string): Terms {
  return { ...saidOf(lines, input, at), promisedDay: input.promisedDay ?? null, payment: input.payment ?? null }
}

/** Writes what the orders of a batch say is promised, after the orders. The hand wins, as over files: where a person wrote terms, they stay; so do those of orders that are with somebody else. */
export async function bringPromises(context: Context, promised: readonly (OrderKey & { readonly terms: Terms })[]): Promise<void> {
  if (promised.length === 0) return
  const { db, now } = context
  const known = await knownTerms(db, promised)
  const there = await ordersThere(db, promised)
  const said = promised.flatMap(({ terms, ...key }) => {
    const bytes = Buffer.from(JSON.stringify([terms]))
    const fingerprint = hash53(bytes, 0, bytes.length) || 1
    const before = known.get(key.orderId)
    const stays = !there.has(key.orderId) || before?.byHand === true || before?.fingerprint === fingerprint
    return stays ? [] : [{ ...key, terms, deliveries: null, fingerprint }]
  })
  await writeSaid(db, said, { runId: null, now, keepsPlaces: !seesPlaces(context) })
  await context.wake(promisesDue, {})
}

/** After an order was changed: what was said of its lines goes with them to their new places. */
export async function followLines({ db }: Context, before: StoredOrder, after: readonly Line[]): Promise<void> {
  const key = { customerId: before.customerId, orderId: before.id }
  const fulfilment = await fulfilmentOf(db, key)
  if (!fulfilment.stored) return
  const places = newPlaces(decodeLines(before.lines), after)
  await moveLines(
    db,
    key,
    fulfilment,
    (lines) => movedLines(lines, places),
    (line) => places.get(line) ?? null,
  )
}

/** The order with what hangs on it, once nobody else writes for its customer. */
export async function locked(context: Context, id: string): Promise<{ order: StoredOrder; key: OrderKey; fulfilment: Fulfilment }> {
  const { customerId } = await existingOrder(context, id)
  await lockForWriting(context.db, [customerId])
  const order = await orderOf(context.db, customerId, id)
  if (!order) throw refuse('missing', 'no-such-order', 'There is no such order')
  const key = { customerId, orderId: id }
  return { order, key, fulfilment: await fulfilmentOf(context.db, key) }
}

function refuseStale({ stored }: Fulfilment, version: number): void {
  if ((stored?.version ?? 0) !== version) throw changedMeanwhile('the terms of this order')
}

/** What an input says, with its figures in plain form; refuses lines that the order does not have, or one named twice. */
function saidOf(ordered: readonly Line[], input: Omit<TermsInput, 'promisedDay' | 'payment'>, at = '') {
  const lines = saidLines(
    (input.lines ?? []).map(
      ({ place, quantity, grade, specification }): LineTerms => ({
        place,
        quantity: plainQuantity(quantity ?? null),
        grade: grade ?? null,
        specification: specification ?? null,
      }),
    ),
  )
  refuseStrangeLines(
    ordered,
    (input.lines ?? []).map(({ place }) => place),
    `${at}lines`,
  )
  return {
    quantity: plainQuantity(input.quantity ?? null),
    grade: input.grade ?? null,
    specification: input.specification ?? null,
    deliveryPlace: input.deliveryPlace ?? null,
    settlement: input.settlement ?? null,
    tradeTerms: input.tradeTerms ?? null,
    lines,
  }
}

const plainQuantity = (text: string | null): string | null => (text === null ? null : microText(microOf(text)))

function refuseStrangeLines(lines: readonly Line[], places: readonly number[], field: string): void {
  const problem = (reason: string, detail: string, place: number): never => {
    const found: FieldProblem = { field, reason, detail }
    throw refuse('invalid', reason, detail, { fields: [found], values: { place } })
  }
  const strange = places.find((place) => lines[place - 1]?.kind !== 'goods')
  if (strange !== undefined) problem('no-such-goods', `The order has no goods in line ${strange}`, strange)
  const twice = places.find((place, i) => places.indexOf(place) !== i)
  if (twice !== undefined) problem('line-twice', `Line ${twice} is named twice`, twice)
}
