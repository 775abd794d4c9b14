import { sql } from 'kysely'
import { type Database, type Db, withTransaction } from '../database/connection.ts'
import type { Log } from '../log.ts'
import { beforeTheFirst, blockHasher, type Trail, trails } from './block-hash.ts'
import { tableOf, unsealedRows } from './rows.ts'

const rowsOfBlock = 1000
const everyMilliseconds = 5000

/**
 * Seals what was written since the last time, in blocks that each carry the hash of the one before; answers how many rows. A row is sealed once it is committed, and
 * then carries the number of its block: whatever commits later, with whatever number, comes into a later block. Numbers of transactions are not part of the chain,
 * because a backup that is restored elsewhere would begin them anew.
 */
export async function sealTrail(database: Database, now: Date): Promise<number> {
  let sealed = 0
  for (const trail of trails)
    for (let rows = rowsOfBlock; rows === rowsOfBlock; sealed += rows)
      rows = await withTransaction(database, (db) => sealBlock(db, trail, now))
  return sealed
}

/** Seals one block in the given transaction; nothing where there is nothing to seal, or somebody else is at it. */
export async function sealBlock(db: Db, trail: Trail, now: Date): Promise<number> {
  const free = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(hashtext('platform.trail_block')) as mine`.execute(db)
  if (!free.rows[0]?.mine) return 0
  const rows = await unsealedRows(db, trail, rowsOfBlock)
  if (rows.length === 0) return 0
  const last = await lastBlock(db, trail)
  const number = (last?.number ?? 0) + 1
  const previous = last?.hash ?? beforeTheFirst
  const hasher = blockHasher({ trail, number, sealedAt: String(now.getTime() * 1000), previous })
  for (const row of rows) hasher.add(row)
  await db
    .insertInto('platform.trail_block')
    .values({ trail, number, row_count: rows.length, sealed_at: now, previous: Buffer.from(previous), hash: hasher.end() })
    .execute()
  const ids = rows.map((row) => row.id)
  await sql`update ${sql.table(tableOf[trail])} set block = ${number} where id = any(${ids}::bigint[]) and block is null`.execute(db)
  return rows.length
}

export const lastBlock = (db: Db, trail: Trail) =>
  db
    .selectFrom('platform.trail_block')
    .select(['number', 'hash', 'sealed_at as sealedAt'])
    .where('trail', '=', trail)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Seals every few seconds, until it is stopped. */
export function startSealing(database: Database, log: Log, now: () => Date): { stop(): Promise<void> } {
  let working: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    working = working
      .then(() => sealTrail(database, now()))
      .catch((error) => log.warn({ err: error }, 'Sealing will be tried again in a moment'))
  }, everyMilliseconds)
  return {
    async stop() {
      clearInterval(timer)
      await working
    },
  }
}
