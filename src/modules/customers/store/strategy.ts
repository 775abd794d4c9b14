import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { emptyStrategy, type StrategyContent } from '../domain/strategy.ts'

export interface StoredStrategy {
  readonly version: number
  readonly content: StrategyContent
  readonly complete: boolean
  readonly savedAt: Date
  readonly savedBy: string
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
  return { version: row.version, content, complete: row.complete, savedAt: row.saved_at, savedBy: row.saved_by }
}

export const strategyVersions = (db: Db, limit: number) =>
  db
    .selectFrom('customers.strategy')
    .select(['version', 'complete', 'saved_at as savedAt', 'saved_by as savedBy'])
    .orderBy('version', 'desc')
    .limit(limit)
    .execute()

/** Whether it was saved: not where somebody else has saved this version meanwhile. */
export async function insertStrategy(db: Db, { version, content, complete, savedAt, savedBy }: StoredStrategy): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into customers.strategy (version, content, complete, saved_at, saved_by)
    values (${version}, ${JSON.stringify(content)}::jsonb, ${complete}, ${savedAt}, ${savedBy}) on conflict (version) do nothing`.execute(
    db,
  )
  return numAffectedRows === 1n
}
