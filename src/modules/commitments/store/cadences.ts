import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { Cadence } from '../domain/cadence.ts'

/** The cadences that some accounts have of their own. */
export async function ownCadences(db: Db, customerIds: readonly string[]): Promise<ReadonlyMap<string, Cadence>> {
  if (customerIds.length === 0) return new Map()
  const { rows } = await sql<Cadence & { id: string }>`
    select customer_id as id, minimum, maximum, days from commitments.cadence where customer_id = any(${customerIds}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, ...cadence }) => [id, cadence]))
}

export async function saveCadence(
  db: Db,
  customerId: string,
  cadence: Cadence,
  on: { readonly by: string; readonly now: Date },
): Promise<void> {
  await db
    .insertInto('commitments.cadence')
    .values({ customer_id: customerId, ...cadence, set_at: on.now, set_by: on.by })
    .onConflict((conflict) =>
      conflict.column('customer_id').doUpdateSet((e) => ({
        minimum: e.ref('excluded.minimum'),
        maximum: e.ref('excluded.maximum'),
        days: e.ref('excluded.days'),
        set_at: e.ref('excluded.set_at'),
        set_by: e.ref('excluded.set_by'),
      })),
    )
    .execute()
}

export async function deleteCadence(db: Db, customerId: string): Promise<void> {
  await db.deleteFrom('commitments.cadence').where('customer_id', '=', customerId).execute()
}
