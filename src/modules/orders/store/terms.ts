import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { type Delivery, deliveredOn, type FreightKind, type LineTerms, noTerms, type Terms } from '../domain/terms.ts'

/** The terms of an order as they lie in the database, and how far it is fulfilled. */
export interface StoredTerms {
  readonly terms: Terms
  readonly deliveredDay: string | null
  readonly byHand: boolean
  readonly version: number
  readonly updatedAt: Date
}

export interface StoredDelivery extends Delivery {
  readonly id: string
  readonly notedAt: Date
  /** Null where a file said it. */
  readonly notedBy: string | null
}

export interface FreightEvent {
  readonly id: string
  readonly kind: FreightKind
  readonly day: string
  /** The place of the order's line; null for the whole. */
  readonly line: number | null
  readonly quantity: string | null
  readonly note: string | null
  readonly notedAt: Date
  readonly notedBy: string
}

/** All that hangs on an order besides its lines. */
export interface Fulfilment {
  /** Null where nothing was ever said. */
  readonly stored: StoredTerms | null
  readonly deliveries: readonly StoredDelivery[]
  readonly freight: readonly FreightEvent[]
}

/** Which order, and whose. */
export interface OrderKey {
  readonly customerId: string
  readonly orderId: string
}

export async function fulfilmentOf(db: Db, { customerId, orderId }: OrderKey): Promise<Fulfilment> {
  const row = await db
    .selectFrom('orders.term')
    .select([
      'quantity',
      'grade',
      'specification',
      'promised_day as promisedDay',
      'delivery_place as deliveryPlace',
      'settlement',
      'trade_terms as tradeTerms',
      'payment',
      'lines',
      'delivered_day as deliveredDay',
      'by_hand as byHand',
      'version',
      'updated_at as updatedAt',
    ])
    .where('customer_id', '=', customerId)
    .where('order_id', '=', orderId)
    .executeTakeFirst()
  if (!row) return { stored: null, deliveries: [], freight: [] }
  const { deliveredDay, byHand, version, updatedAt, lines, ...terms } = row
  return {
    stored: { terms: { ...terms, lines: linesOf(lines) }, deliveredDay, byHand, version, updatedAt },
    deliveries: await deliveriesOf(db, { customerId, orderId }),
    freight: await freightOf(db, { customerId, orderId }),
  }
}

async function deliveriesOf(db: Db, { customerId, orderId }: OrderKey): Promise<StoredDelivery[]> {
  const rows = await db
    .selectFrom('orders.delivery')
    .select([
      'id',
      'day',
      'more_follows as moreFollows',
      'quantity',
      'grade',
      'specification',
      'delivery_place as deliveryPlace',
      'settlement',
      'trade_terms as tradeTerms',
      'lines',
      'noted_at as notedAt',
      'noted_by as notedBy',
    ])
    .where('customer_id', '=', customerId)
    .where('order_id', '=', orderId)
    .orderBy('day')
    .orderBy('more_follows', 'desc')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, lines: linesOf(row.lines) }))
}

const freightOf = (db: Db, { customerId, orderId }: OrderKey): Promise<FreightEvent[]> =>
  db
    .selectFrom('orders.freight_event')
    .select(['id', 'kind', 'day', 'line', 'quantity', 'note', 'noted_at as notedAt', 'noted_by as notedBy'])
    .where('customer_id', '=', customerId)
    .where('order_id', '=', orderId)
    .orderBy('day')
    .orderBy('id')
    .execute() as Promise<FreightEvent[]>

const linesOf = (stored: unknown): readonly LineTerms[] => stored as readonly LineTerms[]

interface By {
  readonly now: Date
}

/**
 * Writes what a person says is promised. Another promised day may be broken anew, and is announced anew. The caller holds the customer's lock and has seen that the version is still the one that the writer saw.
 */
export async function writeTerms(db: Db, { customerId, orderId }: OrderKey, terms: Terms, { now }: By): Promise<void> {
  const { quantity, grade, specification, promisedDay, deliveryPlace, settlement, tradeTerms, payment, lines } = terms
  await sql`
    insert into orders.term as t (customer_id, order_id, quantity, grade, specification, promised_day, delivery_place, settlement, trade_terms, payment, lines, by_hand, noted, updated_at)
    select ${customerId}::uuid, ${orderId}::uuid, ${quantity}::numeric, ${grade}, ${specification}, ${promisedDay}::date, ${deliveryPlace}, ${settlement}, ${tradeTerms}, ${payment},
      ${JSON.stringify(lines)}::jsonb, true, true, ${now}::timestamptz
    on conflict (customer_id, order_id) do update set quantity = excluded.quantity, grade = excluded.grade, specification = excluded.specification, promised_day = excluded.promised_day,
      delivery_place = excluded.delivery_place, settlement = excluded.settlement, trade_terms = excluded.trade_terms, payment = excluded.payment, lines = excluded.lines, by_hand = true, noted = true,
      late_told = t.late_told and t.promised_day is not distinct from excluded.promised_day, updated_at = excluded.updated_at, version = t.version + 1`.execute(
    db,
  )
}

/** Marks that a person noted something here, and that there is a newer version. `byHand`: it is about terms or deliveries, where the hand then wins over files. */
export async function touchTerms(
  db: Db,
  { customerId, orderId }: OrderKey,
  { byHand }: { readonly byHand: boolean },
  { now }: By,
): Promise<void> {
  await sql`
    insert into orders.term as t (customer_id, order_id, by_hand, noted, updated_at) select ${customerId}::uuid, ${orderId}::uuid, ${byHand}, true, ${now}::timestamptz
    on conflict (customer_id, order_id) do update set by_hand = t.by_hand or excluded.by_hand, noted = true, updated_at = excluded.updated_at, version = t.version + 1`.execute(
    db,
  )
}

export async function insertDelivery(db: Db, { customerId, orderId }: OrderKey, delivery: StoredDelivery): Promise<void> {
  const { id, day, moreFollows, quantity, grade, specification, deliveryPlace, settlement, tradeTerms, lines, notedAt, notedBy } = delivery
  await db
    .insertInto('orders.delivery')
    .values({
      customer_id: customerId,
      order_id: orderId,
      id,
      day,
      more_follows: moreFollows,
      quantity,
      grade,
      specification,
      delivery_place: deliveryPlace,
      settlement,
      trade_terms: tradeTerms,
      lines: JSON.stringify(lines),
      noted_at: notedAt,
      noted_by: notedBy,
    })
    .execute()
}

export async function deleteDelivery(db: Db, { customerId, orderId }: OrderKey, id: string): Promise<void> {
  await db
    .deleteFrom('orders.delivery')
    .where('customer_id', '=', customerId)
    .where('order_id', '=', orderId)
    .where('id', '=', id)
    .execute()
}

/** Keeps the day on which the last of an order had come in step with its deliveries; answers it. */
export async function settleDelivered(db: Db, key: OrderKey, deliveries: readonly Delivery[]): Promise<string | null> {
  const day = deliveredOn(deliveries)
  await db
    .updateTable('orders.term')
    .set({ delivered_day: day })
    .where('customer_id', '=', key.customerId)
    .where('order_id', '=', key.orderId)
    .execute()
  return day
}

export async function insertFreight(db: Db, { customerId, orderId }: OrderKey, event: FreightEvent): Promise<void> {
  const { id, kind, day, line, quantity, note, notedAt, notedBy } = event
  await db
    .insertInto('orders.freight_event')
    .values({ customer_id: customerId, order_id: orderId, id, kind, day, line, quantity, note, noted_at: notedAt, noted_by: notedBy })
    .execute()
}

export async function deleteFreight(db: Db, { customerId, orderId }: OrderKey, id: string): Promise<void> {
  await db
    .deleteFrom('orders.freight_event')
    .where('customer_id', '=', customerId)
    .where('order_id', '=', orderId)
    .where('id', '=', id)
    .execute()
}

/** What was said of the lines of an order follows them to where they stand after the order was changed. */
export async function moveLines(
  db: Db,
  key: OrderKey,
  fulfilment: Fulfilment,
  moved: (lines: readonly LineTerms[]) => readonly LineTerms[],
  placeOf: (line: number) => number | null,
): Promise<void> {
  const { customerId, orderId } = key
  const { lines } = fulfilment.stored?.terms ?? noTerms
  await db
    .updateTable('orders.term')
    .set({ lines: JSON.stringify(moved(lines)) })
    .where('customer_id', '=', customerId)
    .where('order_id', '=', orderId)
    .execute()
  for (const { id, lines: said } of fulfilment.deliveries)
    await db
      .updateTable('orders.delivery')
      .set({ lines: JSON.stringify(moved(said)) })
      .where('customer_id', '=', customerId)
      .where('order_id', '=', orderId)
      .where('id', '=', id)
      .execute()
  for (const { id, line } of fulfilment.freight)
    if (line !== null)
      await db
        .updateTable('orders.freight_event')
        .set({ line: placeOf(line) })
        .where('customer_id', '=', customerId)
        .where('order_id', '=', orderId)
        .where('id', '=', id)
        .execute()
}
