import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'

/** Waits until nobody writes figures, and keeps everybody else from it until the end of the transaction. Nothing is left behind when a connection dies. */
export async function lockFigures(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(${sql.lit(lockNumber)})`.execute(db)
}

/** Takes part in writing figures of single customers until the end of the transaction; false while everybody's are being replaced. */
export async function joinFigures(db: Db): Promise<boolean> {
  const { rows } = await sql<{ joined: boolean }>`select pg_try_advisory_xact_lock_shared(${sql.lit(lockNumber)}) as joined`.execute(db)
  return rows[0]!.joined
}
const lockNumber = 7_201_806

/** Remembers customers who must be scored again after the valuation that is under way, because it may have read them before they changed. */
export async function rememberRecheck(db: Db, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return
  await sql`insert into value.recheck (customer_id, requested_at) select id, ${now} from unnest(${sql.val(ids)}::uuid[]) as id
    on conflict (customer_id) do update set requested_at = excluded.requested_at`.execute(db)
}

export async function someRechecks(db: Db, limit: number): Promise<string[]> {
  const rows = await db.selectFrom('value.recheck').select('customer_id').orderBy('customer_id').limit(limit).execute()
  return rows.map((row) => row.customer_id)
}

export async function forgetRechecks(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`delete from value.recheck where customer_id = any(${sql.val(ids)}::uuid[])`.execute(db)
}
