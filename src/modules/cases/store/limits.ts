import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { type Counted, type InHand, type Limit, limitKey } from '../domain/figures/limits.ts'

type Of = Pick<Limit, 'of' | 'id'>
const locksOf = (limits: readonly Of[]) => limits.map((one) => `cases.limit ${limitKey(one)}`)

/**
 * Whoever takes on what counts against some limits waits until everybody has who was before them, so that what they count stays true until they are done. All of them are asked for in one order, so that of two
 * who want the same nobody waits for the other.
 */
export async function holdLimits(db: Db, limits: readonly Of[]): Promise<void> {
  if (limits.length === 0) return
  await sql`
    select pg_advisory_xact_lock(key) from (
      select distinct hashtextextended(name, 0) as key from unnest(${locksOf(limits)}::text[]) name order by 1) keys`.execute(db)
}

/** The same without waiting: those of some limits that nobody else takes on anything of at this moment. */
export async function holdFreeLimits<T extends Of>(db: Db, limits: readonly T[]): Promise<readonly T[]> {
  if (limits.length === 0) return []
  const { rows } = await sql<{ name: string }>`
    select name from unnest(${locksOf(limits)}::text[]) name where pg_try_advisory_xact_lock(hashtextextended(name, 0))`.execute(db)
  const held = new Set(rows.map(({ name }) => name))
  return limits.filter((_, at) => held.has(locksOf(limits)[at]!))
}

/** How many open cases of some teams, and about some products, somebody handles; each is counted in an index of its own. */
export async function inHandOf(db: Db, teamIds: readonly string[], productCodes: readonly string[]): Promise<InHand> {
  if (teamIds.length === 0 && productCodes.length === 0) return { teams: new Map(), products: new Map() }
  const { rows } = await sql<{ of: 'team' | 'product'; id: string; count: number }>`
    select 'team' as of, t.id::text as id, (
      select count(*) from cases.case c where c.state = 'open' and c.owner_id is not null and c.team_id = t.id)::int as count
    from unnest(${teamIds}::uuid[]) t (id)
    union all
    select 'product', p.code, (
      select count(*) from cases.case c where c.state = 'open' and c.owner_id is not null and c.product_code = p.code)::int
    from unnest(${productCodes}::text[]) p (code)`.execute(db)
  const counts = (of: string) => new Map(rows.flatMap((row) => (row.of === of ? [[row.id, row.count] as const] : [])))
  return { teams: counts('team'), products: counts('product') }
}

/** Against which limits a case counts, and whether it waits for somebody. */
export async function countedAs(db: Db, caseId: string): Promise<Counted & { readonly waits: boolean }> {
  const row = await db
    .selectFrom('cases.case')
    .select(['team_id as teamId', 'product_code as productCode', 'state', 'owner_id as ownerId'])
    .where('id', '=', caseId)
    .executeTakeFirst()
  return { teamId: row?.teamId ?? null, productCode: row?.productCode ?? null, waits: row?.state === 'open' && row.ownerId === null }
}
