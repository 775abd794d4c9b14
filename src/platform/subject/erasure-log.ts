import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '../database/connection.ts'

/** One erasure as it is proven: what was done to how many rows, when, asked and confirmed by whom; nothing of the person but an id that leads to nobody. */
export const erasureEntry = z.object({
  number: z.int(),
  customerId: z.uuid(),
  erasedAt: z.iso.datetime(),
  content: z.object({
    requestedBy: z.string(),
    confirmedBy: z.string(),
    formerIds: z.array(z.uuid()),
    rows: z.record(z.string(), z.int()),
    files: z.int(),
  }),
  previousHash: z.string(),
  hash: z.string(),
})
export type ErasureEntry = z.output<typeof erasureEntry>

/** Adds an entry, chained to the one before. One at a time. */
export async function logErasure(db: Db, entry: Pick<ErasureEntry, 'customerId' | 'erasedAt' | 'content'>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('platform.erasure_log'))`.execute(db)
  const { rows } = await sql<{ hash: string }>`select hash from platform.erasure_log order by id desc limit 1`.execute(db)
  const previousHash = rows[0]?.hash ?? ''
  await db
    .insertInto('platform.erasure_log')
    .values({
      customer_id: entry.customerId,
      erased_at: entry.erasedAt,
      content: JSON.stringify(entry.content),
      previous_hash: previousHash,
      hash: hashOf({ ...entry, previousHash }),
    })
    .execute()
}

/** SHA-256 over the entry before, the id, the moment and the content with its fields in order. */
export const hashOf = (entry: Pick<ErasureEntry, 'customerId' | 'erasedAt' | 'content' | 'previousHash'>): string =>
  createHash('sha256')
    .update(JSON.stringify([entry.previousHash, entry.customerId, entry.erasedAt, inOrder(entry.content)]))
    .digest('hex')

const inOrder = (value: unknown): unknown =>
  typeof value !== 'object' || value === null || Array.isArray(value)
    ? value
    : Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, item]) => [name, inOrder(item)])

/** Entries from behind a number on, oldest first. */
export async function erasureEntries(db: Db, after: number, limit: number): Promise<readonly ErasureEntry[]> {
  const rows = await db.selectFrom('platform.erasure_log').selectAll().where('id', '>', after).orderBy('id').limit(limit).execute()
  return rows.map(entryOf)
}

/** The newest entry about somebody. */
export async function latestErasure(db: Db, customerId: string): Promise<ErasureEntry | undefined> {
  const row = await db
    .selectFrom('platform.erasure_log')
    .selectAll()
    .where('customer_id', '=', customerId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && entryOf(row)
}

interface Row {
  readonly id: unknown
  readonly customer_id: string
  readonly erased_at: Date
  readonly content: unknown
  readonly previous_hash: string
  readonly hash: string
}

const entryOf = (row: Row): ErasureEntry => ({
  number: Number(row.id),
  customerId: row.customer_id,
  erasedAt: row.erased_at.toISOString(),
  content: row.content as ErasureEntry['content'],
  previousHash: row.previous_hash,
  hash: row.hash,
})

/** The whole log, one line of JSON per entry. */
export async function* erasureLogLines(db: Db): AsyncGenerator<Buffer> {
  for (let after = 0; ; ) {
    const entries = await erasureEntries(db, after, 500)
    if (entries.length === 0) return
    yield Buffer.from(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
    after = entries.at(-1)!.number
  }
}

/** The numbers of entries that are not what they were when they were written, or whose predecessor is missing. */
export function brokenEntries(entries: readonly ErasureEntry[]): readonly number[] {
  return entries
    .filter((entry, i) => hashOf(entry) !== entry.hash || (i > 0 && entries[i - 1]!.hash !== entry.previousHash))
    .map(({ number }) => number)
}
