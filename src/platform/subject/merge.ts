import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../database/connection.ts'
import type { SubjectTable } from './subject.ts'

type Row = Readonly<Record<string, unknown>>

/** What a merge did to the rows of both, as JSON: enough to give them back. */
export interface MergeContent {
  readonly tables: readonly MergedTable[]
}
interface MergedTable {
  readonly table: string
  /** Keys of the rows that came over. */
  readonly moved: readonly Row[]
  /** Rows that could not, and rows that are computed, as they were: each the text of its JSON, so that numbers keep every digit. */
  readonly putAway: { readonly from: readonly string[]; readonly into: readonly string[] }
  /** How many rows the survivor had of a table whose rows move. */
  readonly before: number
}

/** What has happened to one table since a merge. */
export interface SinceMerge {
  readonly table: string
  /** Rows that came after the merge: nobody can say whose they would have been. */
  readonly added: number
  /** Rows that came over and are no more. */
  readonly gone: number
}

/**
 * Hands everything about one customer over to another, in one transaction. The caller renews what is derived, and sees to the customers' own rows. Rows are copied in the order of the tables and
 * removed in the other, because rows of one table may lean on those of a table before it.
 */
export async function joinSubjects(db: Db, tables: readonly SubjectTable[], from: string, into: string): Promise<MergeContent> {
  const moving = tables.filter(({ merge }) => merge === 'move')
  const merged: MergedTable[] = []
  for (const table of moving) {
    const between = await endBetween(db, table, from, into)
    const { putAway, ...copied } = await copyAll(db, table, from, into)
    merged.push({ ...copied, putAway: { from: [...between.from, ...putAway.from], into: between.into } })
    await follow(db, table, { from, into })
  }
  for (const table of moving.toReversed()) await removeOf(db, table, from)
  for (const table of tables) if (table.merge === 'derive') merged.push(await putAway(db, table, from, into))
  return { tables: merged.filter(({ moved, putAway: { from, into }, before }) => moved.length + from.length + into.length + before > 0) }
}

/** Takes the rows of a relation between the two away. */
async function endBetween(db: Db, { table, peerColumn }: SubjectTable, from: string, into: string): Promise<MergedTable['putAway']> {
  if (peerColumn === undefined) return { from: [], into: [] }
  const take = async (of: string, peer: string) => {
    const { rows } = await sql<{ row: string }>`
      delete from ${sql.table(table)} t where t.customer_id = ${of}::uuid and t.${sql.ref(peerColumn)} = ${peer}::uuid returning to_jsonb(t)::text as row`.execute(
      db,
    )
    return rows.map(({ row }) => row)
  }
  return { from: await take(from, into), into: await take(into, from) }
}

/** Rows of others that name one of the two name the other; `keys`: only those of these keys. */
async function follow(
  db: Db,
  table: SubjectTable,
  { from, into, keys = null }: { from: string; into: string; keys?: readonly Row[] | null },
): Promise<void> {
  if (table.peerColumn === undefined) return
  const peer = sql.ref(table.peerColumn)
  await sql`
    update ${sql.table(table.table)} t set ${peer} = ${into}::uuid
    where t.${peer} = ${from}::uuid and t.customer_id <> ${from}::uuid and t.customer_id <> ${into}::uuid ${among(table, keys)}`.execute(db)
}

async function copyAll(db: Db, table: SubjectTable, from: string, into: string): Promise<MergedTable> {
  const before = await countOf(db, table, into)
  const moved = await copyOver(db, table, from, into, null)
  const went = new Set(moved.map((key) => JSON.stringify(key)))
  const left = (await rowsOf(db, table, from)).filter((row) => !went.has(JSON.stringify(keyOf(table, JSON.parse(row) as Row))))
  return { table: table.table, moved, putAway: { from: left, into: [] }, before }
}

async function putAway(db: Db, table: SubjectTable, from: string, into: string): Promise<MergedTable> {
  const rows = { from: await rowsOf(db, table, from), into: await rowsOf(db, table, into) }
  await removeOf(db, table, from)
  return { table: table.table, moved: [], putAway: rows, before: 0 }
}

/** What has come and gone since a merge in the tables whose rows moved; empty where both can be given back just as they were. */
export async function sinceMerge(
  db: Db,
  tables: readonly SubjectTable[],
  content: MergeContent,
  into: string,
): Promise<readonly SinceMerge[]> {
  const found: SinceMerge[] = []
  for (const table of tables.filter(({ merge }) => merge === 'move')) {
    const { moved = [], before = 0 } = content.tables.find((one) => one.table === table.table) ?? {}
    const there = await countOf(db, table, into)
    const still = moved.length === 0 ? 0 : await countOf(db, table, into, moved)
    const added = Math.max(0, there - still - before)
    if (added > 0 || still < moved.length) found.push({ table: table.table, added, gone: moved.length - still })
  }
  return found
}

/** Gives both customers back what was theirs. Rows that came since stay with the survivor. The caller has made the other's own row again, and renews what is derived. */
export async function partSubjects(
  db: Db,
  tables: readonly SubjectTable[],
  content: MergeContent,
  from: string,
  into: string,
): Promise<void> {
  const of = (table: SubjectTable) => content.tables.find((one) => one.table === table.table)
  for (const table of tables.filter(({ merge }) => merge === 'derive')) {
    const { putAway } = of(table) ?? { putAway: { from: [], into: [] } }
    await removeOf(db, table, into)
    await insertRows(db, table, [...putAway.into, ...putAway.from])
  }
  const moved = tables.filter((table) => table.merge === 'move' && of(table) !== undefined)
  for (const table of moved) {
    const { moved: keys } = of(table)!
    if (keys.length === 0) continue
    await copyOver(db, table, into, from, keys)
    await follow(db, table, { from: into, into: from, keys })
  }
  for (const table of moved.toReversed()) if (of(table)!.moved.length > 0) await removeOf(db, table, into, of(table)!.moved)
  for (const table of moved) await insertRows(db, table, [...of(table)!.putAway.from, ...of(table)!.putAway.into])
}

/** Copies rows from one customer to another where the other has none of the same key; answers the keys. A key is never changed in place, because rows lie by customer. */
async function copyOver(db: Db, table: SubjectTable, from: string, to: string, keys: readonly Row[] | null): Promise<readonly Row[]> {
  const inside = (table.formerRows ?? []).map(
    (column) => sql`|| case when to_jsonb(t)->${column}->>'customer_id' = ${from} then
      jsonb_build_object(${column}::text, jsonb_set(to_jsonb(t)->${column}, '{customer_id}', to_jsonb(${to}::text))) else '{}' end`,
  )
  const { rows } = await sql<Row>`
    insert into ${sql.table(table.table)} as x
    select r.* from ${sql.table(table.table)} t
    cross join lateral jsonb_populate_record(null::${sql.table(table.table)}, to_jsonb(t) || jsonb_build_object('customer_id', ${to}::text)
      ${inside.length === 0 ? sql`` : sql.join(inside, sql` `)}) r
    where t.customer_id = ${from}::uuid ${among(table, keys)}
    on conflict do nothing returning ${returned(table)}`.execute(db)
  return rows.map((row) => keyOf(table, row.key as Row))
}

const keyOf = (table: SubjectTable, row: Row): Row => Object.fromEntries(table.key.map((column) => [column, row[column] ?? null]))
const returned = (table: SubjectTable) =>
  sql`jsonb_build_object(${sql.join(table.key.length === 0 ? [sql`'all', true`] : table.key.map((column) => sql`${sql.lit(column)}, ${sql.ref(`x.${column}`)}`))}) as key`

/** Narrows table t to rows of given keys. */
function among(table: SubjectTable, keys: readonly Row[] | null): RawBuilder<unknown> {
  if (keys === null || table.key.length === 0) return sql``
  const columns = sql.join(table.key.map((column) => sql.ref(`t.${column}`)))
  const wanted = sql.join(table.key.map((column) => sql.ref(`k.${column}`)))
  return sql`and (${columns}) in (select ${wanted} from jsonb_populate_recordset(null::${sql.table(table.table)}, ${JSON.stringify(keys)}::jsonb) k)`
}

async function rowsOf(db: Db, table: SubjectTable, customerId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ row: string }>`
    select to_jsonb(t)::text as row from ${sql.table(table.table)} t where t.customer_id = ${customerId}::uuid`.execute(db)
  return rows.map(({ row }) => row)
}

/** How many rows a customer has of a table. */
export const countRows = (db: Db, table: SubjectTable, customerId: string): Promise<number> => countOf(db, table, customerId)

async function countOf(db: Db, table: SubjectTable, customerId: string, keys: readonly Row[] | null = null): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from ${sql.table(table.table)} t where t.customer_id = ${customerId}::uuid ${among(table, keys)}`.execute(db)
  return rows[0]!.count
}

async function removeOf(db: Db, table: SubjectTable, customerId: string, keys: readonly Row[] | null = null): Promise<void> {
  await sql`delete from ${sql.table(table.table)} t where t.customer_id = ${customerId}::uuid ${among(table, keys)}`.execute(db)
}

async function insertRows(db: Db, table: SubjectTable, rows: readonly string[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into ${sql.table(table.table)} select * from jsonb_populate_recordset(null::${sql.table(table.table)}, ${`[${rows.join(',')}]`}::jsonb)
    on conflict do nothing`.execute(db)
}
