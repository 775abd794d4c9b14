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
  /** Keys of the rows that the survivor had, of a table whose rows move. */
  readonly own: readonly Row[]
}

/** What has happened to one table since a merge. */
export interface SinceMerge {
  readonly table: string
  /** Rows that came after the merge and lean on nothing: nobody can say whose they would have been. */
  readonly free: number
  /** Rows that came after the merge and lean on what goes back: they go with it. */
  readonly along: number
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
  return { tables: merged.filter(({ moved, putAway: { from, into }, own }) => moved.length + from.length + into.length + own.length > 0) }
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
  const own = (await rowsBut(db, table, into, [])).map(({ key }) => key)
  const moved = await copyOver(db, table, from, into, null)
  const went = new Set(moved.map((key) => JSON.stringify(key)))
  const left = (await rowsOf(db, table, from)).filter((row) => !went.has(JSON.stringify(keyOf(table, JSON.parse(row) as Row))))
  return { table: table.table, moved, putAway: { from: left, into: [] }, own }
}

async function putAway(db: Db, table: SubjectTable, from: string, into: string): Promise<MergedTable> {
  const rows = { from: await rowsOf(db, table, from), into: await rowsOf(db, table, into) }
  await removeOf(db, table, from)
  return { table: table.table, moved: [], putAway: rows, own: [] }
}

/** What has come and gone since a merge in the tables whose rows moved; empty where both can be given back just as they were. */
export async function sinceMerge(
  db: Db,
  tables: readonly SubjectTable[],
  content: MergeContent,
  into: string,
): Promise<readonly SinceMerge[]> {
  const parted = await partingOf(db, tables, content, into, [])
  return parted
    .map(({ table, free, along, gone }) => ({ table: table.table, free, along, gone }))
    .filter(({ free, along, gone }) => free + along + gone > 0)
}

interface Parting extends Omit<SinceMerge, 'table'> {
  readonly table: SubjectTable
  /** Keys of the rows that go to the other. */
  readonly going: readonly Row[]
}

/** Table by table, what goes back to the other: what came from there, what came since and leans on that, and what came since to the tables named in `give` and leans on nothing. */
async function partingOf(
  db: Db,
  tables: readonly SubjectTable[],
  content: MergeContent,
  into: string,
  give: readonly string[],
): Promise<readonly Parting[]> {
  const parted: Parting[] = []
  const ids = new Map<string, ReadonlySet<unknown>>()
  for (const table of tables.filter(({ merge }) => merge === 'move')) {
    const { moved = [], own = [] } = content.tables.find((one) => one.table === table.table) ?? {}
    const still = moved.length === 0 ? 0 : await countOf(db, table, into, moved)
    const added = (await rowsBut(db, table, into, [...moved, ...own])).map(({ key, leans }) => ({
      key,
      whither: whitherOf(table, leans, ids),
    }))
    const keysOf = (which: Whither) => added.filter(({ whither }) => whither === which).map(({ key }) => key)
    const [along, free] = [keysOf('along'), keysOf('free')]
    const going = [...moved, ...along, ...(give.includes(table.table) ? free : [])]
    ids.set(table.table, new Set(going.map((key) => key.id)))
    parted.push({ table, going, free: free.length, along: along.length, gone: moved.length - still })
  }
  return parted
}

type Whither = 'along' | 'stays' | 'free'
/** Where a row that came since goes: with what it leans on, whichever of the two that belongs to, or wherever somebody says. */
function whitherOf({ leansOn = [] }: SubjectTable, leans: Row, going: ReadonlyMap<string, ReadonlySet<unknown>>): Whither {
  const leaning = leansOn.filter(({ column }) => leans[column] !== null)
  if (leaning.some(({ table, column }) => going.get(table)?.has(leans[column]))) return 'along'
  return leaning.length > 0 ? 'stays' : 'free'
}

/**
 * Gives both customers back what was theirs. What came since stays with the survivor, unless it leans on what goes back or stands in one of the tables named in `give`. The caller has made the other's own
 * row again, and renews what is derived.
 */
export async function partSubjects(
  db: Db,
  tables: readonly SubjectTable[],
  content: MergeContent,
  { from, into, give }: { from: string; into: string; give: readonly string[] },
): Promise<void> {
  const putAwayOf = (table: SubjectTable) => content.tables.find((one) => one.table === table.table)?.putAway ?? { from: [], into: [] }
  for (const table of tables.filter(({ merge }) => merge === 'derive')) {
    await removeOf(db, table, into)
    await insertRows(db, table, [...putAwayOf(table).into, ...putAwayOf(table).from])
  }
  const parted = (await partingOf(db, tables, content, into, give)).filter(({ going }) => going.length > 0)
  for (const { table, going } of parted) {
    await copyOver(db, table, into, from, going)
    await follow(db, table, { from: into, into: from, keys: going })
  }
  for (const { table, going } of parted.toReversed()) await removeOf(db, table, into, going)
  for (const table of tables.filter(({ merge }) => merge === 'move'))
    await insertRows(db, table, [...putAwayOf(table).from, ...putAwayOf(table).into])
}

/** A customer's rows but those of some keys: their keys, and by what they lean on others. */
async function rowsBut(
  db: Db,
  table: SubjectTable,
  customerId: string,
  keys: readonly Row[],
): Promise<readonly { readonly key: Row; readonly leans: Row }[]> {
  // Without a key there is one row at most.
  if (table.key.length === 0 && keys.length > 0) return []
  const same = sql.join(
    table.key.map((column) => sql`${sql.ref(`k.${column}`)} = ${sql.ref(`t.${column}`)}`),
    sql` and `,
  )
  const others = sql`and not exists (select from jsonb_populate_recordset(null::${sql.table(table.table)}, ${JSON.stringify(keys)}::jsonb) k where ${same})`
  const { rows } = await sql<{ key: Row; leans: Row }>`
    select ${object(table.key)} as key, ${object((table.leansOn ?? []).map(({ column }) => column))} as leans from ${sql.table(table.table)} t
    where t.customer_id = ${customerId}::uuid ${keys.length === 0 ? sql`` : others}`.execute(db)
  return rows.map(({ key, leans }) => ({ key: keyOf(table, key), leans }))
}

const object = (columns: readonly string[]): RawBuilder<unknown> =>
  columns.length === 0
    ? sql`'{}'::jsonb`
    : sql`jsonb_build_object(${sql.join(columns.map((column) => sql`${sql.lit(column)}::text, ${sql.ref(`t.${column}`)}`))})`

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
