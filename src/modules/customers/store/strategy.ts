import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { emptyStrategy, type StrategyContent } from '../domain/strategy.ts'

export interface StoredStrategy {
  readonly version: number
  readonly content: StrategyContent
  readonly complete: boolean
  readonly savedAt: Date
  readonly savedBy: string
  readonly segmentIds: readonly string[]
  readonly approvedAt: Date | null
  readonly approvedBy: string | null
}

/** One version, or the latest. */
export async function readStrategy(db: Db, version?: number): Promise<StoredStrategy | null> {
  const row = await db
    .selectFrom('customers.strategy')
    .selectAll()
    .$if(version !== undefined, (query) => query.where('version', '=', version!))
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return null
  const content = { ...emptyStrategy, ...(row.content as Partial<StrategyContent>) }
  return {
    ...{ version: row.version, content, complete: row.complete, savedAt: row.saved_at, savedBy: row.saved_by },
    ...{ segmentIds: row.segment_ids, approvedAt: row.approved_at, approvedBy: row.approved_by },
  }
}

export const strategyVersions = (db: Db, limit: number) =>
  db
    .selectFrom('customers.strategy')
    .select(['version', 'complete', 'saved_at as savedAt', 'saved_by as savedBy', 'approved_at as approvedAt'])
    .orderBy('version', 'desc')
    .limit(limit)
    .execute()

/** Whether it was saved: not where somebody else has saved this version meanwhile. */
export async function insertStrategy(
  db: Db,
  { version, content, complete, savedAt, savedBy, segmentIds }: StoredStrategy,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into customers.strategy (version, content, complete, saved_at, saved_by, segment_ids)
    values (${version}, ${JSON.stringify(content)}::jsonb, ${complete}, ${savedAt}, ${savedBy}, ${segmentIds}::uuid[]) on conflict (version) do nothing`.execute(
    db,
  )
  return numAffectedRows === 1n
}

/** Whether it was approved by this; not where somebody has done so before. */
export async function approveStrategy(db: Db, version: number, by: string, now: Date): Promise<boolean> {
  const written = await db
    .updateTable('customers.strategy')
    .set({ approved_at: now, approved_by: by })
    .where('version', '=', version)
    .where('approved_at', 'is', null)
    .executeTakeFirst()
  return written.numUpdatedRows === 1n
}
