import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'

export interface CostedOrder {
  readonly customerId: string
  readonly id: string
  readonly lines: string
  readonly cancelled: boolean
  readonly costMinor: number
  readonly costUnknownMinor: number
}
export type Costs = Omit<CostedOrder, 'lines' | 'cancelled'>

/** Some orders in the order of their keys, behind one. */
export async function nextOrders(db: Db, after: { customerId: string; id: string } | null, limit: number): Promise<CostedOrder[]> {
  let query = db
    .selectFrom('orders.purchase')
    .select(['customer_id as customerId', 'id', 'lines', 'cancelled', 'cost_minor as costMinor', 'cost_unknown_minor as costUnknownMinor'])
  if (after) query = query.where(sql<boolean>`(customer_id, id) > (${after.customerId}::uuid, ${after.id}::uuid)`)
  return query.orderBy('customer_id').orderBy('id').limit(limit).execute()
}

/** Costs are derived: what an order says, who changed it and its version stay. */
export async function setCosts(db: Db, orders: readonly Costs[], now: Date): Promise<void> {
  if (orders.length === 0) return
  await sql`
    update orders.purchase p set cost_minor = x.cost, cost_unknown_minor = x.unknown, updated_at = ${now}::timestamptz
    from unnest(${orders.map((o) => o.customerId)}::uuid[], ${orders.map((o) => o.id)}::uuid[], ${orders.map((o) => o.costMinor)}::bigint[],
      ${orders.map((o) => o.costUnknownMinor)}::bigint[]) as x (customer_id, id, cost, unknown)
    where p.customer_id = x.customer_id and p.id = x.id`.execute(db)
}
