import { sql } from 'kysely'
import { ensureCustomers, sourceId } from '#modules/customers/public.ts'
import { encodeDayList, type PurchaseDay } from '#modules/orders/public.ts'
import type { Context } from '#platform/context.ts'

export interface CustomerWithDays {
  readonly key: string
  readonly days: readonly PurchaseDay[]
}

/** One day of a customer with everything that is not said at 0. */
export const purchaseDay = (day: number, revenueMinor: number, more: Partial<PurchaseDay> = {}): PurchaseDay => ({
  day,
  orders: 1,
  revenueMinor,
  discountMinor: 0,
  refundMinor: 0,
  discountedRevenueMinor: 0,
  costMinor: 0,
  costUnknownRevenueMinor: revenueMinor,
  ...more,
})

/** Makes customers with their compact day lists and one order for each day, as a load of orders would leave them but without lines; for tests that are not about orders. Answers the ids by key. */
export async function makeCustomersWithDays({ db, now }: Context, customers: readonly CustomerWithDays[]): Promise<Map<string, string>> {
  const source = await sourceId(db, 'test')
  const keys = customers.map(({ key }) => key)
  const { ids } = await ensureCustomers(db, { source: 'test', sourceId: source, keys, runId: null, by: 'test', now })
  const texts = keys.map((_, i) => {
    const hex = ids.toString('hex', i * 16, i * 16 + 16)
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  })
  await sql`insert into orders.day_list (customer_id, days)
    select * from unnest(${texts}::uuid[], ${customers.map(({ days }) => Buffer.from(encodeDayList(days)))}::bytea[])
    on conflict (customer_id) do update set days = excluded.days`.execute(db)
  const orders = customers.flatMap(({ days }, i) => days.map((day) => ({ ...day, id: texts[i]! })))
  const each = (pick: (order: (typeof orders)[number]) => number) => orders.map(pick)
  await sql`delete from orders.purchase where customer_id = any(${texts}::uuid[])`.execute(db)
  await sql`insert into orders.purchase (customer_id, id, source_id, day, counted, lines, revenue_minor, refund_minor, cost_unknown_minor, fingerprint)
    select o.customer_id, gen_random_uuid(), ${source}, date '1970-01-01' + o.day, o.orders > 0, '', o.revenue, o.refund, o.unknown, 0
    from unnest(${orders.map(({ id }) => id)}::uuid[], ${each(({ day }) => day)}::int[], ${each(({ orders }) => orders)}::int[],
      ${each(({ revenueMinor }) => revenueMinor)}::bigint[], ${each(({ refundMinor }) => refundMinor)}::bigint[],
      ${each(({ costUnknownRevenueMinor }) => costUnknownRevenueMinor)}::bigint[]) as o (customer_id, day, orders, revenue, refund, unknown)`.execute(
    db,
  )
  return new Map(keys.map((key, i) => [key, texts[i]!]))
}
