import { sql } from 'kysely'
import type { Place } from '#platform/cursor.ts'
import type { Db } from '#platform/database/connection.ts'
import type { DisputeOutcome, DisputeReason } from '../domain/billing.ts'
import type { OrderKey } from './terms.ts'

/** A customer's objection to what an order was billed. */
export interface Dispute extends OrderKey {
  readonly id: string
  readonly reason: DisputeReason
  readonly note: string | null
  readonly openedAt: Date
  readonly openedBy: string
  readonly outcome: DisputeOutcome | null
  readonly settlementNote: string | null
  readonly settledAt: Date | null
  readonly settledBy: string | null
  readonly version: number
}

const columns = sql`d.customer_id as "customerId", d.order_id as "orderId", d.id, d.reason, d.note, d.opened_at as "openedAt", d.opened_by as "openedBy", d.outcome,
  d.settlement_note as "settlementNote", d.settled_at as "settledAt", d.settled_by as "settledBy", d.version`

/** The disputes about an order, the latest first. */
export async function disputesOf(db: Db, { customerId, orderId }: OrderKey): Promise<Dispute[]> {
  const { rows } = await sql<Dispute>`
    select ${columns} from orders.dispute d where d.customer_id = ${customerId}::uuid and d.order_id = ${orderId}::uuid order by d.opened_at desc, d.id desc`.execute(
    db,
  )
  return rows
}

export async function insertDispute(
  db: Db,
  {
    customerId,
    orderId,
    id,
    reason,
    note,
    openedAt,
    openedBy,
  }: Pick<Dispute, 'customerId' | 'orderId' | 'id' | 'reason' | 'note' | 'openedAt' | 'openedBy'>,
): Promise<void> {
  await db
    .insertInto('orders.dispute')
    .values({ customer_id: customerId, order_id: orderId, id, reason, note, opened_at: openedAt, opened_by: openedBy })
    .execute()
}

/** Ends a dispute of which this is still the version; whether it was. */
export async function settleDispute(
  db: Db,
  { customerId, orderId }: OrderKey,
  {
    id,
    version,
    outcome,
    settlementNote,
    settledAt,
    settledBy,
  }: Pick<Dispute, 'id' | 'version' | 'outcome' | 'settlementNote' | 'settledAt' | 'settledBy'>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('orders.dispute')
    .set({ outcome, settlement_note: settlementNote, settled_at: settledAt, settled_by: settledBy, version: version + 1 })
    .where('customer_id', '=', customerId)
    .where('order_id', '=', orderId)
    .where('id', '=', id)
    .where('version', '=', version)
    .where('settled_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export interface OpenDispute extends Dispute {
  readonly number: string | null
  readonly day: string
  readonly netMinor: number
}

/** Everybody's open disputes, those that wait longest first, behind a place (moment, customer, dispute). */
export async function openDisputes(db: Db, after: Place | null, limit: number): Promise<OpenDispute[]> {
  const { rows } = await sql<OpenDispute>`
    select ${columns}, p.number, p.day, (p.revenue_minor - p.discount_minor - p.refund_minor) as "netMinor"
    from orders.dispute d join orders.purchase p on p.customer_id = d.customer_id and p.id = d.order_id
    where d.settled_at is null ${after === null ? sql`` : sql`and (d.opened_at, d.customer_id, d.id) > (${after[0]}::timestamptz, ${after[1]}::uuid, ${after[2]}::uuid)`}
    order by d.opened_at, d.customer_id, d.id limit ${limit}`.execute(db)
  return rows
}

/** What was billed before and after a person corrected it. */
export interface Correction {
  readonly id: string
  readonly disputeId: string | null
  readonly beforeMinor: number
  readonly afterMinor: number
  readonly beforeLines: string
  readonly afterLines: string
  readonly correctedAt: Date
  readonly correctedBy: string
}

export const correctionsOf = (db: Db, { customerId, orderId }: OrderKey): Promise<Correction[]> =>
  db
    .selectFrom('orders.correction')
    .select([
      'id',
      'dispute_id as disputeId',
      'before_minor as beforeMinor',
      'after_minor as afterMinor',
      'before_lines as beforeLines',
      'after_lines as afterLines',
      'corrected_at as correctedAt',
      'corrected_by as correctedBy',
    ])
    .where('customer_id', '=', customerId)
    .where('order_id', '=', orderId)
    .orderBy('corrected_at', 'desc')
    .orderBy('id', 'desc')
    .execute()

export async function insertCorrection(db: Db, { customerId, orderId }: OrderKey, correction: Correction): Promise<void> {
  const { id, disputeId, beforeMinor, afterMinor, beforeLines, afterLines, correctedAt, correctedBy } = correction
  await db
    .insertInto('orders.correction')
    .values({
      customer_id: customerId,
      order_id: orderId,
      id,
      dispute_id: disputeId,
      before_minor: beforeMinor,
      after_minor: afterMinor,
      before_lines: beforeLines,
      after_lines: afterLines,
      corrected_at: correctedAt,
      corrected_by: correctedBy,
    })
    .execute()
}

export interface BillingMonth {
  readonly month: string
  /** Orders and refunds of the month. */
  readonly billed: number
  /** Those of them that were ever disputed. */
  readonly disputed: number
  /** Corrections made in the month. */
  readonly corrections: number
  /** By how much they changed what was billed, whichever way. */
  readonly correctedMinor: number
}

/**
 * What was billed, disputed and corrected in the months from one first day to before another; months without any are missing. Orders are counted from the index by day alone, so that the figures of a year cost
 * little among millions; nobody disputes an order before its day.
 */
export async function billingByMonth(
  db: Db,
  { from, to, timeZone }: { readonly from: string; readonly to: string; readonly timeZone: string },
): Promise<BillingMonth[]> {
  const { rows: billed } = await sql<Pick<BillingMonth, 'month' | 'billed'>>`
    select to_char(day, 'YYYY-MM') as month, sum(n)::bigint as billed from (
      select p.day, count(*) as n from orders.purchase p where p.day >= ${from}::date and p.day < ${to}::date group by p.day) by_day group by 1`.execute(
    db,
  )
  const { rows: disputed } = await sql<Pick<BillingMonth, 'month' | 'disputed'>>`
    select to_char(p.day, 'YYYY-MM') as month, count(distinct p.id) as disputed from orders.dispute d join orders.purchase p on p.customer_id = d.customer_id and p.id = d.order_id
    where d.opened_at >= ${from}::timestamp at time zone ${timeZone} and p.day >= ${from}::date and p.day < ${to}::date group by 1`.execute(
    db,
  )
  const { rows: corrected } = await sql<Pick<BillingMonth, 'month' | 'corrections' | 'correctedMinor'>>`
    select to_char(c.corrected_at at time zone ${timeZone}, 'YYYY-MM') as month, count(*) as corrections, sum(abs(c.after_minor - c.before_minor))::bigint as "correctedMinor"
    from orders.correction c where c.corrected_at >= ${from}::timestamp at time zone ${timeZone} and c.corrected_at < ${to}::timestamp at time zone ${timeZone} group by 1`.execute(
    db,
  )
  const months = new Map<string, BillingMonth>()
  const nothing = { billed: 0, disputed: 0, corrections: 0, correctedMinor: 0 }
  for (const row of [...billed, ...disputed, ...corrected]) months.set(row.month, { ...nothing, ...months.get(row.month), ...row })
  return [...months.values()].toSorted((a, b) => (a.month < b.month ? -1 : 1))
}
