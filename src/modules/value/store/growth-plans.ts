import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'

export interface GrowthPlan {
  readonly targetMinor: number
  readonly byDay: string | null
  readonly plan: string
  readonly version: number
  readonly changedAt: Date
  readonly changedBy: string
}

const columns = [
  'target_minor as targetMinor',
  'by_day as byDay',
  'plan',
  'version',
  'changed_at as changedAt',
  'changed_by as changedBy',
] as const

/** The plans of some customers, by customer. */
export async function growthPlansOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, GrowthPlan>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('value.growth_plan')
    .select(['customer_id', ...columns])
    .where('customer_id', '=', sql<string>`any(${sql.val(ids)}::uuid[])`)
    .execute()
  return new Map(rows.map(({ customer_id, ...plan }) => [customer_id, plan]))
}

/** Writes the plan over the given version (0: there was none); undefined where another one lies there by now. */
export async function saveGrowthPlan(
  db: Db,
  customerId: string,
  { targetMinor, byDay, plan, version }: Pick<GrowthPlan, 'targetMinor' | 'byDay' | 'plan' | 'version'>,
  on: { readonly by: string; readonly now: Date },
): Promise<GrowthPlan | undefined> {
  const row = { target_minor: targetMinor, by_day: byDay, plan, changed_at: on.now, changed_by: on.by }
  if (version === 0)
    return db
      .insertInto('value.growth_plan')
      .values({ customer_id: customerId, ...row })
      .onConflict((conflict) => conflict.column('customer_id').doNothing())
      .returning(columns)
      .executeTakeFirst()
  return db
    .updateTable('value.growth_plan')
    .set({ ...row, version: version + 1 })
    .where('customer_id', '=', customerId)
    .where('version', '=', version)
    .returning(columns)
    .executeTakeFirst()
}

/** False where it is not the given version any more. */
export const deleteGrowthPlan = async (db: Db, customerId: string, version: number): Promise<boolean> =>
  (await db
    .deleteFrom('value.growth_plan')
    .where('customer_id', '=', customerId)
    .where('version', '=', version)
    .returning('customer_id')
    .executeTakeFirst()) !== undefined
