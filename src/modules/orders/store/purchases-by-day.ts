import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'

export interface DayOfOrders {
  readonly day: string
  readonly orders: number
}

/** Purchases of known customers by day, between two days, both included; days without any are left out. From two indexes alone: all orders less the few that are no purchases. */
export async function ordersByDay(db: Db, from: string, to: string): Promise<readonly DayOfOrders[]> {
  const { rows } = await sql<DayOfOrders>`
    select day, sum(n)::int as orders from (
      select day, count(*) as n from orders.purchase where day between ${from}::date and ${to}::date group by day
      union all select day, -count(*) from orders.purchase where not counted and day between ${from}::date and ${to}::date group by day) x
    group by day having sum(n) > 0 order by day`.execute(db)
  return rows
}

export interface CustomerDay {
  readonly customerId: string
  readonly day: string
}

/** How many of some customers ordered again after their day, at most so many days later. */
export async function orderedAgain(db: Db, who: readonly CustomerDay[], days: number): Promise<number> {
  if (who.length === 0) return 0
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from unnest(${who.map(({ customerId }) => customerId)}::uuid[], ${who.map(({ day }) => day)}::date[]) as w (customer_id, day)
    where exists (select from orders.purchase p where p.customer_id = w.customer_id and p.counted and p.day > w.day and p.day <= w.day + ${days}::int)`.execute(
    db,
  )
  return rows[0]!.n
}

/** Some of the customers who ordered on some days, each once with one of these days: of each day at most so many, chosen by the ends of their ids, which nothing depends on. */
export async function buyersOfDays(db: Db, days: readonly string[], ofEach: number): Promise<readonly CustomerDay[]> {
  if (days.length === 0) return []
  const { rows } = await sql<CustomerDay>`
    select distinct on (p.customer_id) p.customer_id as "customerId", d.day from unnest(${days}::date[]) as d (day)
    cross join lateral (select customer_id from orders.purchase where day = d.day and counted order by right(customer_id::text, 12) limit ${ofEach}) p
    order by p.customer_id, d.day`.execute(db)
  return rows
}
