import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'

/** Cases whose clocks want to be looked at, the longest waiting first; what another process looks at is left to it. */
export async function casesDue(
  db: Db,
  now: Date,
  limit: number,
): Promise<readonly { readonly customerId: string; readonly id: string; readonly number: string }[]> {
  const { rows } = await sql<{ customerId: string; id: string; number: string }>`
    select customer_id as "customerId", id, number from cases.case where next_at <= ${now}::timestamptz
    order by next_at limit ${limit} for update skip locked`.execute(db)
  return rows
}

/** Puts off the next look at a case's clocks. */
export const laterLook = (db: Db, { customerId, id }: { readonly customerId: string; readonly id: string }, at: Date) =>
  sql`update cases.case set next_at = ${at}::timestamptz where customer_id = ${customerId}::uuid and id = ${id}::uuid`.execute(db)
