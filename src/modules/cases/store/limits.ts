import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { Counted, InHand } from '../domain/figures/limits.ts'

/** Whoever takes on what counts against a limit waits until everybody has who was before them, so that what they count stays true until they are done. */
export const holdLimits = (db: Db) => sql`select pg_advisory_xact_lock(hashtextextended('cases.limits', 0))`.execute(db)

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

/** Against which limits a case counts. */
export async function countedAs(db: Db, caseId: string): Promise<Counted> {
  const row = await db
    .selectFrom('cases.case')
    .select(['team_id as teamId', 'product_code as productCode'])
    .where('id', '=', caseId)
    .executeTakeFirst()
  return { teamId: row?.teamId ?? null, productCode: row?.productCode ?? null }
}
