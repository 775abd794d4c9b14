import { sql } from 'kysely'
import { copyIn } from '#platform/database/binary-copy.ts'
import type { Db } from '#platform/database/connection.ts'
import { derivedBytes } from '#platform/identifier.ts'
import { successorsOf } from './aliases.ts'
import { keyColumns, nameKey, putKeys, searchWords } from './search-keys.ts'

/** Customers by the keys under which one source knows them; each key once. Some ten thousand at a time cost least. */
export interface CustomersToEnsure {
  /** The source's name and number, see `sourceId`. */
  readonly source: string
  readonly sourceId: number
  readonly keys: readonly string[]
  /** Names where the source says them; the key is the name of everybody else. */
  readonly names?: readonly (string | null)[]
  /** Sixteen bytes per key, where the caller has derived the ids already: `derivedBytes('customer', source, key)`. */
  readonly ids?: Buffer
  readonly runId: string | null
  readonly by: string
  readonly now: Date
}

export interface EnsuredCustomers {
  /** Sixteen bytes per key, in the order of the keys; where a customer was merged into another, the other's. */
  readonly ids: Buffer
  /** 1 for customers who were made now, in the order of the keys. */
  readonly made: Uint8Array
  readonly madeCount: number
}

/**
 * Makes those of the customers who are not there yet, with what finds them and what the source said; leaves the others alone. Their rows of the book come with
 * `completeBook` or the next valuation. In the transaction of `db` (of withTransaction), without a statement per row.
 */
export async function ensureCustomers(db: Db, batch: CustomersToEnsure): Promise<EnsuredCustomers> {
  const count = batch.keys.length
  const ids = batch.ids ?? deriveAll(batch)
  const texts = Array.from({ length: count }, (_, i) => uuidText(ids, i * 16))
  const absent = await absentOf(db, texts)
  const merged = await successorsOf(db, [...absent])
  for (const id of merged.keys()) absent.delete(id)
  const order = Array.from({ length: count }, (_, i) => i).filter((i) => absent.has(texts[i]!))
  order.sort((a, b) => (texts[a]! < texts[b]! ? -1 : 1))
  const mine = await insertCustomers(db, batch, order, ids, texts)
  await copySourceRecords(db, batch, mine, ids)
  await copySearchKeys(db, batch, mine, ids)
  const made = new Uint8Array(count)
  for (const i of mine) made[i] = 1
  return { ids: merged.size === 0 ? ids : withSuccessors(ids, texts, merged), made, madeCount: mine.length }
}

function deriveAll({ source, keys }: CustomersToEnsure): Buffer {
  const ids = Buffer.allocUnsafe(keys.length * 16)
  for (const [i, key] of keys.entries()) derivedBytes('customer', source, key).copy(ids, i * 16)
  return ids
}

function withSuccessors(ids: Buffer, texts: readonly string[], merged: ReadonlyMap<string, string>): Buffer {
  const led = Buffer.from(ids)
  for (const [i, text] of texts.entries()) led.write((merged.get(text) ?? text).replaceAll('-', ''), i * 16, 'hex')
  return led
}

/** A uuid's text from its sixteen bytes. */
export function uuidText(bytes: Buffer, offset: number): string {
  const hex = bytes.toString('hex', offset, offset + 16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

async function absentOf(db: Db, texts: readonly string[]): Promise<Set<string>> {
  const absent = new Set(texts)
  if (absent.size !== texts.length) throw new RangeError('The keys of customers to ensure must differ from each other')
  // One look-up per id, in the order of the index: with an array of this size the planner would rather read the whole table.
  const { rows } = await sql<{ id: string }>`
    select x.id from (select id from unnest(${texts.toSorted()}::uuid[]) u (id)) x
    cross join lateral (select from customers.customer c where c.customer_id = x.id limit 1) there`.execute(db)
  for (const { id } of rows) absent.delete(id)
  return absent
}

const nameOf = (batch: CustomersToEnsure, i: number) => batch.names?.[i] || batch.keys[i]!

/** Copies them in; where somebody makes one of them at the same moment, inserts those who are still missing. */
async function insertCustomers(
  db: Db,
  batch: CustomersToEnsure,
  order: readonly number[],
  ids: Buffer,
  texts: readonly string[],
): Promise<readonly number[]> {
  if (order.length === 0) return []
  await sql`savepoint ensure_customers`.execute(db)
  try {
    await copyCustomers(db, batch, order, ids)
    await sql`release savepoint ensure_customers`.execute(db)
    return order
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === '23505')) throw error
    await sql`rollback to savepoint ensure_customers`.execute(db)
    const inserted = await insertOneByOne(db, batch, order, texts)
    return order.filter((i) => inserted.has(texts[i]!))
  }
}

async function copyCustomers(db: Db, batch: CustomersToEnsure, order: readonly number[], ids: Buffer): Promise<void> {
  const now = microseconds(batch.now)
  const run = runBytes(batch)
  const by = Buffer.from(batch.by)
  await copyIn(
    db,
    'customers.customer (customer_id, name, name_key, source_id, external_key, made_by_run, created_at, created_by, updated_at)',
    async (rows) => {
      for (const i of order) {
        const name = nameOf(batch, i)
        rows.row(9)
        rows.uuid(ids, i * 16)
        rows.text(name)
        rows.text(nameKey(name))
        rows.int2(batch.sourceId)
        rows.text(batch.keys[i]!)
        if (run === null) rows.null()
        else rows.uuid(run, 0)
        rows.int8(now)
        rows.bytes(by)
        rows.int8(now)
        if (rows.full) await rows.flush()
      }
    },
  )
}

async function insertOneByOne(db: Db, batch: CustomersToEnsure, order: readonly number[], texts: readonly string[]): Promise<Set<string>> {
  const names = order.map((i) => nameOf(batch, i))
  const { rows } = await sql<{ id: string }>`
    insert into customers.customer (customer_id, name, name_key, source_id, external_key, made_by_run, created_at, created_by, updated_at)
    select x.id, x.name, x.name_key, ${batch.sourceId}::smallint, x.key, ${batch.runId}::uuid, ${batch.now}::timestamptz, ${batch.by}, ${batch.now}::timestamptz
    from unnest(${order.map((i) => texts[i])}::uuid[], ${names}::text[], ${names.map(nameKey)}::text[], ${order.map((i) => batch.keys[i])}::text[])
      as x (id, name, name_key, key)
    on conflict (customer_id) do nothing returning customer_id as id`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

const runBytes = ({ runId }: CustomersToEnsure) => (runId === null ? null : Buffer.from(runId.replaceAll('-', ''), 'hex'))

/** What the source says beyond the key: the name, where it has one. */
async function copySourceRecords(db: Db, batch: CustomersToEnsure, mine: readonly number[], ids: Buffer): Promise<void> {
  const named = mine.filter((i) => batch.names?.[i])
  if (named.length === 0) return
  const seen = microseconds(batch.now)
  const run = runBytes(batch)
  await copyIn(db, 'customers.source_record (customer_id, source_id, external_key, fields, run_id, seen_at)', async (rows) => {
    for (const i of named) {
      rows.row(6)
      rows.uuid(ids, i * 16)
      rows.int2(batch.sourceId)
      rows.text(batch.keys[i]!)
      rows.bytes(Buffer.from(`\u0001${JSON.stringify({ name: batch.names?.[i] })}`))
      if (run === null) rows.null()
      else rows.uuid(run, 0)
      rows.int8(seen)
      if (rows.full) await rows.flush()
    }
  })
}

async function copySearchKeys(db: Db, batch: CustomersToEnsure, mine: readonly number[], ids: Buffer): Promise<void> {
  if (mine.length === 0) return
  await copyIn(db, keyColumns, async (rows) => {
    for (const i of mine) {
      putKeys(rows, ids, i * 16, searchWords({ name: nameOf(batch, i) }, [batch.keys[i]!]))
      if (rows.full) await rows.flush()
    }
  })
}

/** A moment as PostgreSQL's binary form: microseconds since 2000-01-01. */
const microseconds = (moment: Date) => (moment.getTime() - 946_684_800_000) * 1000
