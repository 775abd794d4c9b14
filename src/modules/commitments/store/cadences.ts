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

/** Writes an account's own cadence in place of the one that was seen, or of none; false where another one lies there by now. */
export async function saveCadence(
  db: Db,
  customerId: string,
  cadence: Cadence,
  before: Cadence | null,
  on: { readonly by: string; readonly now: Date },
): Promise<boolean> {
  if (before !== null && !(await ownCadences(db, [customerId])).has(customerId)) return false
  const { rows } = await sql`
    insert into commitments.cadence as c (customer_id, minimum, maximum, days, set_at, set_by)
    values (${customerId}, ${cadence.minimum}, ${cadence.maximum}, ${cadence.days}, ${on.now}, ${on.by})
    on conflict (customer_id) do update set minimum = excluded.minimum, maximum = excluded.maximum, days = excluded.days, set_at = excluded.set_at, set_by = excluded.set_by
    where ${isCadence(before)} returning customer_id`.execute(db)
  return rows.length > 0
}

/** Takes an account's own cadence away; false where it is not the one that was seen. */
export async function deleteCadence(db: Db, customerId: string, before: Cadence): Promise<boolean> {
  const { rows } = await sql`
    delete from commitments.cadence c where customer_id = ${customerId} and ${isCadence(before)} returning customer_id`.execute(db)
  return rows.length > 0
}

const isCadence = (seen: Cadence | null) =>
  seen === null ? sql`false` : sql`(c.minimum, c.maximum, c.days) = (${seen.minimum}, ${seen.maximum}, ${seen.days})`
