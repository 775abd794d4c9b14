import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { noteChanges } from './changes.ts'

/** What many customers are given at once counts as set by hand, so that the next file does not take it away. */
export async function markByHand(db: Db, customerIds: readonly string[], field: string): Promise<void> {
  await sql`
    update customers.customer set hand_fields = hand_fields || ${field}::text
    where customer_id = any(${customerIds}::uuid[]) and not ${field}::text = any(hand_fields)`.execute(db)
}

/** The same taken back: a field that nobody but the run has ever set by hand is the sources' again. */
export async function unmarkByHand(db: Db, customerIds: readonly string[], field: string, runIds: readonly string[]): Promise<void> {
  await sql`
    update customers.customer c set hand_fields = array_remove(hand_fields, ${field}::text)
    where c.customer_id = any(${customerIds}::uuid[]) and not exists (select from customers.change h
      where h.customer_id = c.customer_id and h.field = ${field} and not coalesce(h.run_id = any(${runIds}::uuid[]), false))`.execute(db)
}

/** Switches profiling of some customers, and notes it; answers whose was switched. */
export async function switchProfiling(
  db: Db,
  ids: readonly string[],
  profiling: boolean,
  { runId, by, now, newId }: { runId: string; by: string; now: Date; newId: () => string },
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    update customers.customer set profiling = ${profiling}, updated_at = ${now}::timestamptz, version = version + 1
    where customer_id = any(${ids}::uuid[]) and profiling <> ${profiling} and erased_at is null returning customer_id as id`.execute(db)
  const switched = rows.map(({ id }) => id)
  const noted = switched.map((customerId) => ({
    customerId,
    change: { id: newId(), field: 'profiling', before: !profiling, after: profiling },
  }))
  await noteChanges(db, noted, { by, now, runId })
  return switched
}

/** Those of some customers who are there and were not erased, held one after the other against whoever else writes about them, until the end of the transaction; ascending. A statement each: a cluster holds rows of one customer at a time only. */
export async function lockCustomers(db: Db, ids: readonly string[]): Promise<readonly string[]> {
  const locked: string[] = []
  for (const id of ids.toSorted()) {
    const { rows } = await sql`select from customers.customer where customer_id = ${id}::uuid and erased_at is null for update`.execute(db)
    if (rows.length > 0) locked.push(id)
  }
  return locked
}
