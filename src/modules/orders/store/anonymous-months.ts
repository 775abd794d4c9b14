import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'

export interface AnonymousMonth {
  readonly month: string
  readonly sales: number
  readonly lines: number
  readonly revenueMinor: number
  readonly discountMinor: number
  readonly refundMinor: number
  readonly netMinor: number
}

/** Sales without a customer by month, newest first. */
export async function anonymousByMonth(db: Db, limit = 240): Promise<AnonymousMonth[]> {
  const { rows } = await sql<AnonymousMonth>`
    select to_char(month, 'YYYY-MM') as month, sales, lines, revenue_minor as "revenueMinor", discount_minor as "discountMinor", refund_minor as "refundMinor",
      revenue_minor - discount_minor - refund_minor as "netMinor"
    from orders.anonymous_month order by month desc limit ${limit}`.execute(db)
  return rows
}

/** Adds sales that were just written to their months (`sign` 1), or takes away those that are about to go (−1). Sales are written one import at a time. */
export async function countSales(db: Db, ids: readonly string[], sign: 1 | -1): Promise<void> {
  if (ids.length === 0) return
  await sql`
    insert into orders.anonymous_month as m (month, sales, lines, revenue_minor, discount_minor, refund_minor)
    select day - (extract(day from day)::int - 1), ${sql.lit(sign)} * count(*), ${sql.lit(sign)} * sum(line_count), ${sql.lit(sign)} * sum(revenue_minor),
      ${sql.lit(sign)} * sum(discount_minor), ${sql.lit(sign)} * sum(refund_minor)
    from orders.anonymous_sale where id = any(${ids}::uuid[]) group by 1 order by 1
    on conflict (month) do update set sales = m.sales + excluded.sales, lines = m.lines + excluded.lines, revenue_minor = m.revenue_minor + excluded.revenue_minor,
      discount_minor = m.discount_minor + excluded.discount_minor, refund_minor = m.refund_minor + excluded.refund_minor`.execute(db)
  if (sign < 0) await forgetEmptyMonths(db)
}

/** Sums all months up anew, for changes of any number of sales. */
export async function recountSales(db: Db): Promise<void> {
  await sql`delete from orders.anonymous_month`.execute(db)
  await sql`
    insert into orders.anonymous_month (month, sales, lines, revenue_minor, discount_minor, refund_minor)
    select day - (extract(day from day)::int - 1), count(*), sum(line_count), sum(revenue_minor), sum(discount_minor), sum(refund_minor)
    from orders.anonymous_sale group by 1`.execute(db)
}

const forgetEmptyMonths = (db: Db) => sql`delete from orders.anonymous_month where sales = 0`.execute(db)
