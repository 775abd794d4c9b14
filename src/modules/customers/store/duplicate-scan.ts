import { sql } from 'kysely'
import { copyIn } from '#platform/database/binary-copy.ts'
import type { Db } from '#platform/database/connection.ts'
import { blockingKeys, type Compared, type Scored } from '../domain/duplicates.ts'

/** Blocks of more customers are cut: what so many have in common says nothing about two of them, and their pairs grow with the square. */
export const blockLimit = 30

/** The keys are worked through in so many slices, so that no transaction is long. */
export const slices = 32

export async function clearScan(db: Db): Promise<void> {
  await sql`delete from customers.duplicate_key`.execute(db)
  await sql`delete from customers.duplicate_pair`.execute(db)
}

export async function addKeys(db: Db, customers: readonly Compared[]): Promise<void> {
  await copyIn(db, 'customers.duplicate_key (customer_id, key)', async (rows) => {
    for (const one of customers) {
      const id = Buffer.from(one.id.replaceAll('-', ''), 'hex')
      for (const key of blockingKeys(one)) {
        rows.row(2)
        rows.uuid(id, 0)
        rows.int8(hash(key))
      }
      if (rows.full) await rows.flush()
    }
  })
}

/** 53 bits of a text, spread evenly over whole numbers from zero (two rounds of FNV-1a with a final mix). */
function hash(text: string): number {
  let low = 0x811c9dc5
  let high = 0x9dc5811c
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    low = Math.imul(low ^ code, 0x01000193)
    high = Math.imul(high ^ code, 0x85ebca6b)
  }
  low ^= Math.imul(high ^ (high >>> 15), 0x2c1b3c6d)
  high ^= Math.imul(low ^ (low >>> 13), 0x297a2d39)
  return (high >>> 11) * 2 ** 32 + (low >>> 0)
}

const sliceWidth = Math.ceil(2 ** 53 / slices)
const inSlice = (slice: number) => sql`key >= ${slice * sliceWidth}::bigint and key < ${(slice + 1) * sliceWidth}::bigint`

export interface CutBlocks {
  readonly blocks: number
  readonly largest: number
}

/** Pairs up those who share a key of the slice; says which blocks were too large. */
export async function pairUp(db: Db, slice: number): Promise<CutBlocks> {
  await sql`
    insert into customers.duplicate_pair (customer_id, other_id)
    select distinct a.customer_id, b.customer_id
    from (select key from customers.duplicate_key where ${inSlice(slice)} group by key having count(*) between 2 and ${sql.lit(blockLimit)}) block
    join customers.duplicate_key a on a.key = block.key join customers.duplicate_key b on b.key = block.key and b.customer_id > a.customer_id
    on conflict do nothing`.execute(db)
  const { rows } = await sql<CutBlocks>`
    select count(*)::int as blocks, coalesce(max(n), 0)::int as largest
    from (select count(*) as n from customers.duplicate_key where ${inSlice(slice)} group by key having count(*) > ${sql.lit(blockLimit)}) x`.execute(
    db,
  )
  return rows[0]!
}

export interface Pair {
  readonly id: string
  readonly otherId: string
}

/** The next pairs to compare, in the order of their ids. */
export async function nextPairs(db: Db, after: Pair | null, limit: number): Promise<readonly Pair[]> {
  const behind = after === null ? sql`true` : sql`(customer_id, other_id) > (${after.id}::uuid, ${after.otherId}::uuid)`
  const { rows } = await sql<Pair>`
    select customer_id as id, other_id as "otherId" from customers.duplicate_pair where ${behind}
    order by customer_id, other_id limit ${sql.lit(limit)}`.execute(db)
  return rows
}

export interface Found extends Pair, Scored {}

/** Keeps pairs that may be one. What somebody has decided about a pair stays decided. */
export async function keepPairs(db: Db, found: readonly Found[], runId: string, now: Date): Promise<void> {
  if (found.length === 0) return
  await sql`
    insert into customers.duplicate as d (customer_id, other_id, score, reasons, state, run_id, found_at)
    select x.id, x.other, x.score, x.reasons, 'open', ${runId}::uuid, ${now}::timestamptz
    from unnest(${found.map(({ id }) => id)}::uuid[], ${found.map(({ otherId }) => otherId)}::uuid[], ${found.map(({ score }) => score)}::real[],
      ${found.map(({ reasons }) => JSON.stringify(reasons))}::jsonb[]) as x (id, other, score, reasons) order by x.id, x.other
    on conflict (customer_id, other_id) do update
      set score = excluded.score, reasons = excluded.reasons, run_id = excluded.run_id, found_at = excluded.found_at
      where d.state in ('open', 'later')`.execute(db)
}

/** Open pairs that a whole search did not find again are duplicates no more. */
export async function dropStale(db: Db, runId: string): Promise<void> {
  await sql`delete from customers.duplicate where state = 'open' and run_id <> ${runId}::uuid`.execute(db)
}
