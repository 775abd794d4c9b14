import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'

/** The tables whose rows hang on an order and go where it goes. */
export const orderParts = ['orders.term', 'orders.delivery', 'orders.freight_event', 'orders.dispute', 'orders.correction'] as const

/** An order that another customer has from now on. */
export interface OrderMove {
  readonly orderId: string
  readonly from: string
  readonly to: string
}

/** What hangs on orders follows them to another customer. Rows are copied and removed, because the customer decides where a row lies. */
export async function movePartsWithOrders(db: Db, moves: readonly OrderMove[]): Promise<void> {
  const apart = moves.filter(({ from, to }) => from !== to)
  if (apart.length === 0) return
  const list = sql`unnest(${apart.map(({ orderId }) => orderId)}::uuid[], ${apart.map(({ from }) => from)}::uuid[], ${apart.map(({ to }) => to)}::uuid[]) as x (order_id, former, later)`
  for (const name of orderParts) {
    const table = sql.table(name)
    await sql`
      insert into ${table} select r.* from ${table} t join ${list} on t.customer_id = x.former and t.order_id = x.order_id
      cross join lateral jsonb_populate_record(null::${table}, to_jsonb(t) || jsonb_build_object('customer_id', x.later)) r`.execute(db)
    await sql`delete from ${table} t using ${list} where t.customer_id = x.former and t.order_id = x.order_id`.execute(db)
  }
}

/** Those of some orders on which a person noted something: terms, deliveries, freight, or a dispute. */
export async function notedAmong(
  db: Db,
  orders: readonly { readonly customerId: string; readonly id: string }[],
): Promise<ReadonlySet<string>> {
  if (orders.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select t.order_id as id from orders.term t join unnest(${orders.map((o) => o.customerId)}::uuid[], ${orders.map((o) => o.id)}::uuid[]) as x (customer_id, id)
      on t.customer_id = x.customer_id and t.order_id = x.id where t.noted`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

/** Rows that hang on orders which are not there, counted up to `most` of each kind. */
export async function countPartsWithoutOrder(db: Db, most: number): Promise<number> {
  let found = 0
  for (const name of orderParts) {
    const { rows } = await sql<{ found: number }>`
      select count(*) as found from (
        select from ${sql.table(name)} t where not exists (select from orders.purchase p where p.customer_id = t.customer_id and p.id = t.order_id) limit ${most}) missing`.execute(
      db,
    )
    found += rows[0]!.found
  }
  return Math.min(found, most)
}
