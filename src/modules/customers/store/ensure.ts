import { sql } from 'kysely'
import { copyIn, microseconds } from '#platform/database/binary-copy.ts'
import type { Db } from '#platform/database/connection.ts'
import { derivedBytes } from '#platform/identifier.ts'
import { successorsOf } from './aliases.ts'
import { keyColumns, nameKey, putKeys, type SearchWords, searchWords } from './search-keys.ts'

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
  /** Hardly any of them is there, so that nobody looks for them first; whoever is there all the same stays as they are. The keys come in the order of their ids. */
  readonly allNew?: boolean
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
 * the next valuation. In the transaction of `db` (of withTransaction), without a statement per row.
 */
export async function ensureCustomers(db: Db, batch: CustomersToEnsure): Promise<EnsuredCustomers> {
  const count = batch.keys.length
  const ids = batch.ids ?? deriveAll(batch)
  const all = Array.from({ length: count }, (_, i) => i)
  const missing = batch.allNew ? all : await absentOf(db, all, ids)
  const led = batch.allNew ? null : await ledElsewhere(db, missing, ids)
  const absent = led === null ? missing : missing.filter((i) => !led.has(i))
  const words = wordsOf(batch, absent)
  const mine = await insertCustomers(db, batch, absent, ids, words)
  await copySourceRecords(db, batch, mine, ids)
  await copySearchKeys(db, mine, ids, words)
  const made = new Uint8Array(count)
  for (const i of mine) made[i] = 1
  return { ids: led === null ? ids : withSuccessors(ids, led), made, madeCount: mine.length }
}

function deriveAll({ source, keys }: CustomersToEnsure): Buffer {
  const ids = Buffer.allocUnsafe(keys.length * 16)
  for (const [i, key] of keys.entries()) derivedBytes('customer', source, key).copy(ids, i * 16)
  return ids
}

/** Whose customers were merged into others, with the ids of those, by their places; null where nobody was. */
async function ledElsewhere(db: Db, missing: readonly number[], ids: Buffer): Promise<ReadonlyMap<number, string> | null> {
  const successors = await successorsOf(
    db,
    missing.map((i) => uuidText(ids, i * 16)),
  )
  if (successors.size === 0) return null
  return new Map(
    missing.flatMap((i): [number, string][] => {
      const successor = successors.get(uuidText(ids, i * 16))
      return successor === undefined ? [] : [[i, successor]]
    }),
  )
}

function withSuccessors(ids: Buffer, led: ReadonlyMap<number, string>): Buffer {
  const renewed = Buffer.from(ids)
  for (const [i, id] of led) renewed.write(id.replaceAll('-', ''), i * 16, 'hex')
  return renewed
}

/** A uuid's text from its sixteen bytes. */
export function uuidText(bytes: Buffer, offset: number): string {
  const hex = bytes.toString('hex', offset, offset + 16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Those who are not there, in the order of their ids. */
async function absentOf(db: Db, all: readonly number[], ids: Buffer): Promise<readonly number[]> {
  const texts = all.map((i) => uuidText(ids, i * 16))
  const absent = new Set(texts)
  if (absent.size !== texts.length) throw new RangeError('The keys of customers to ensure must differ from each other')
  // One look-up per id, in the order of the index: with an array of this size the planner would rather read the whole table.
  const { rows } = await sql<{ id: string }>`
    select x.id from (select id from unnest(${texts.toSorted()}::uuid[]) u (id)) x
    cross join lateral (select from customers.customer c where c.customer_id = x.id limit 1) there`.execute(db)
  for (const { id } of rows) absent.delete(id)
  return all.filter((i) => absent.has(texts[i]!)).sort((a, b) => (texts[a]! < texts[b]! ? -1 : 1))
}

const nameOf = (batch: CustomersToEnsure, i: number) => batch.names?.[i] || batch.keys[i]!

/** What finds each of them, by their places among the keys. */
function wordsOf(batch: CustomersToEnsure, order: readonly number[]): readonly SearchWords[] {
  const words: SearchWords[] = new Array(batch.keys.length)
  for (const i of order) {
    const name = nameOf(batch, i)
    const key = batch.keys[i]!
    words[i] = searchWords({ name }, name === key ? [] : [key])
  }
  return words
}

/** Copies them in; where somebody makes one of them at the same moment, inserts those who are still missing. */
async function insertCustomers(
  db: Db,
  batch: CustomersToEnsure,
  order: readonly number[],
  ids: Buffer,
  words: readonly SearchWords[],
): Promise<readonly number[]> {
  if (order.length === 0) return []
  await sql`savepoint ensure_customers`.execute(db)
  try {
    await copyCustomers(db, batch, order, ids, words)
    await sql`release savepoint ensure_customers`.execute(db)
    return order
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === '23505')) throw error
    await sql`rollback to savepoint ensure_customers`.execute(db)
    return insertOneByOne(db, batch, order, ids)
  }
}

async function copyCustomers(
  db: Db,
  batch: CustomersToEnsure,
  order: readonly number[],
  ids: Buffer,
  words: readonly SearchWords[],
): Promise<void> {
  const now = microseconds(batch.now.getTime())
  const run = runBytes(batch)
  const by = Buffer.from(batch.by)
  await copyIn(
    db,
    'customers.customer (customer_id, name, name_key, source_id, external_key, made_by_run, created_at, created_by, updated_at)',
    async (rows) => {
      for (const i of order) {
        rows.row(9)
        rows.uuid(ids, i * 16)
        rows.text(nameOf(batch, i))
        rows.text(words[i]!.nameKey)
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

async function insertOneByOne(db: Db, batch: CustomersToEnsure, order: readonly number[], ids: Buffer): Promise<readonly number[]> {
  const texts = order.map((i) => uuidText(ids, i * 16))
  const names = order.map((i) => nameOf(batch, i))
  const { rows } = await sql<{ id: string }>`
    insert into customers.customer (customer_id, name, name_key, source_id, external_key, made_by_run, created_at, created_by, updated_at)
    select x.id, x.name, x.name_key, ${batch.sourceId}::smallint, x.key, ${batch.runId}::uuid, ${batch.now}::timestamptz, ${batch.by}, ${batch.now}::timestamptz
    from unnest(${texts}::uuid[], ${names}::text[], ${names.map(nameKey)}::text[], ${order.map((i) => batch.keys[i])}::text[])
      as x (id, name, name_key, key)
    on conflict (customer_id) do nothing returning customer_id as id`.execute(db)
  const inserted = new Set(rows.map(({ id }) => id))
  return order.filter((_, place) => inserted.has(texts[place]!))
}

const runBytes = ({ runId }: CustomersToEnsure) => (runId === null ? null : Buffer.from(runId.replaceAll('-', ''), 'hex'))

/** What the source says beyond the key: the name, where it has one. */
async function copySourceRecords(db: Db, batch: CustomersToEnsure, mine: readonly number[], ids: Buffer): Promise<void> {
  const named = mine.filter((i) => batch.names?.[i])
  if (named.length === 0) return
  const seen = microseconds(batch.now.getTime())
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

async function copySearchKeys(db: Db, mine: readonly number[], ids: Buffer, words: readonly SearchWords[]): Promise<void> {
  if (mine.length === 0) return
  await copyIn(db, keyColumns, async (rows) => {
    for (const i of mine) {
      putKeys(rows, ids, i * 16, words[i]!)
      if (rows.full) await rows.flush()
    }
  })
}
