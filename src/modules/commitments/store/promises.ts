import { type SqlBool, sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { type Commitment, nobody } from '../domain/commitment.ts'
import { columns, commitmentOf } from './commitments.ts'

/** Promises whose day has passed and that are still open, of which nobody was told yet, the longest ago first; what another process looks at is left to it. */
export async function freshlyBroken(db: Db, now: Date, limit: number): Promise<readonly Commitment[]> {
  const rows = await db
    .selectFrom('commitments.commitment')
    .select(columns)
    .where('kind', '=', 'promise')
    .where('state', '=', 'open')
    .where('due_at', '<=', now)
    .where(sql<SqlBool>`due_at is distinct from broken_due`)
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute()
  return rows.map(commitmentOf)
}

/** It was told that this promise was not kept by the time for which it stands now. */
export const markBroken = (db: Db, { customerId, id, dueAt }: Pick<Commitment, 'customerId' | 'id' | 'dueAt'>) =>
  db
    .updateTable('commitments.commitment')
    .set({ broken_due: dueAt })
    .where('customer_id', '=', customerId ?? nobody)
    .where('id', '=', id)
    .execute()
