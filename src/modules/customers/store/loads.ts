import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { tiers } from '../domain/book.ts'
import { type Load, noLoad } from '../domain/hand-over.ts'

/** How many customers of each tier everybody looks after who looks after any; under null those whom nobody looks after. Reads the whole archive, so the caller limits the time. */
export async function loadsByOwner(db: Db): Promise<ReadonlyMap<string | null, Load>> {
  const { rows } = await sql<{ owner: string | null; tier: number; customers: number }>`
    select c.owner_id as owner, coalesce(b.tier, 1) as tier, count(*)::int as customers
    from customers.customer c left join customers.book b on b.customer_id = c.customer_id where c.role = 'customer' and c.erased_at is null group by 1, 2`.execute(
    db,
  )
  const loads = new Map<string | null, Load>()
  for (const { owner, tier, customers } of rows) loads.set(owner, { ...(loads.get(owner) ?? noLoad), [tiers[tier]!]: customers })
  return loads
}

/** Of some owners, by the index. */
export async function loadsOf(db: Db, owners: readonly string[]): Promise<ReadonlyMap<string, Load>> {
  const { rows } = await sql<{ owner: string; tier: number; customers: number }>`
    select c.owner_id as owner, coalesce(b.tier, 1) as tier, count(*)::int as customers
    from customers.customer c left join customers.book b on b.customer_id = c.customer_id
    where c.owner_id = any(${owners}::text[]) and c.role = 'customer' and c.erased_at is null group by 1, 2`.execute(db)
  const loads = new Map<string, Load>()
  for (const { owner, tier, customers } of rows) loads.set(owner, { ...(loads.get(owner) ?? noLoad), [tiers[tier]!]: customers })
  return loads
}

/** The next customers of an owner, or of those who have none (partners and colleagues stay as they are), the most valuable tiers first, behind a place (tier, id). */
export async function customersOf(
  db: Db,
  owner: string | null,
  after: { tier: number; id: string } | null,
  limit: number,
): Promise<readonly { readonly id: string; readonly tier: number }[]> {
  const behind = after === null ? sql`true` : sql`(-coalesce(b.tier, 1), c.customer_id) > (${-after.tier}::int, ${after.id}::uuid)`
  const { rows } = await sql<{ id: string; tier: number }>`
    select c.customer_id as id, coalesce(b.tier, 1) as tier from customers.customer c left join customers.book b on b.customer_id = c.customer_id
    where ${owner === null ? sql`c.owner_id is null and c.role = 'customer'` : sql`c.owner_id = ${owner}`} and c.erased_at is null and ${behind} order by -coalesce(b.tier, 1), c.customer_id limit ${sql.lit(limit)}`.execute(
    db,
  )
  return rows
}

/** Everybody who looks after somebody, whoever they are. */
export async function ownersInUse(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ owner: string }>`
    select distinct owner_id as owner from customers.customer where owner_id is not null and erased_at is null`.execute(db)
  return rows.map(({ owner }) => owner)
}
