import { sql } from 'kysely'
import type { Reach } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import { type Tier, tiers } from '../domain/book.ts'

/** Which percent of their purchases some customers make elsewhere, as far as somebody has noted it of the competitors they use; more than everything counts as everything. */
export async function boughtElsewhere(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; percent: number }>`
    select customer_id as id, least(100, sum(share_percent))::int as percent from customers.used_competitor
    where share_percent is not null and customer_id = any(${ids}::uuid[]) group by customer_id`.execute(db)
  return new Map(rows.map(({ id, percent }) => [id, percent]))
}

/**
 * Those customers of a tier who would bring most more if they bought everything here: by profit · e ÷ (1 − e), e at most `cap` percent. Only those of whom the share is noted, which people did by hand, so they are
 * few.
 */
export async function mostElsewhere(db: Db, tier: Tier, reach: Reach, cap: number, limit: number): Promise<readonly string[]> {
  const owned = reach === 'all' ? sql`true` : sql`c.owner_id = any(${reach}::text[])`
  const { rows } = await sql<{ id: string }>`
    select c.customer_id as id from (
      select customer_id, least(${cap}::int, sum(share_percent)) as percent from customers.used_competitor where share_percent is not null group by customer_id
    ) u join customers.book b on b.customer_id = u.customer_id join customers.customer c on c.customer_id = u.customer_id
    where b.tier = ${sql.lit(tiers.indexOf(tier))} and c.role = 'customer' and c.erased_at is null and ${owned}
    order by b.profit_minor * u.percent / (100 - u.percent) desc, c.customer_id limit ${sql.lit(limit)}`.execute(db)
  return rows.map(({ id }) => id)
}
