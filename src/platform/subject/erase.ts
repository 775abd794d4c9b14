import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../database/connection.ts'
import { keptMediaType } from '../files.ts'
import type { Mention, SubjectTable } from './subject.ts'

/** How many rows of which table were touched. */
export type ErasedRows = Readonly<Record<string, number>>

/** Erases a person from the tables about customers, under all their ids: each row as its table says. The caller renews what is derived. */
export async function eraseRows(db: Db, tables: readonly SubjectTable[], customerIds: readonly string[]): Promise<ErasedRows> {
  const erased: Record<string, number> = {}
  for (const table of tables) {
    const rows = await eraseFrom(db, table, customerIds)
    if (rows > 0) erased[table.table] = rows
  }
  return erased
}

async function eraseFrom(db: Db, table: SubjectTable, customerIds: readonly string[]): Promise<number> {
  if (table.erase === 'keep') return 0
  const id = table.customerColumn ?? 'customer_id'
  const own = sql`m.${sql.ref(id)} = any(${customerIds}::uuid[])`
  const theirs = table.peerColumn === undefined ? own : sql`(${own} or m.${sql.ref(table.peerColumn)} = any(${customerIds}::uuid[]))`
  if (table.erase === 'delete') return affected(await sql`delete from ${sql.table(table.table)} m where ${theirs}`.execute(db))
  const blank = Object.entries(table.erase.blank).map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
  return affected(await sql`update ${sql.table(table.table)} m set ${sql.join(blank)} where ${theirs}`.execute(db))
}

const affected = ({ numAffectedRows }: { numAffectedRows?: bigint }) => Number(numAffectedRows ?? 0n)

/** The texts by which a person would be recognised, longest first. Shorter ones stand everywhere and say nothing. */
export const tellingTexts = (texts: Iterable<string | null | undefined>): readonly string[] =>
  [...new Set([...texts].map((text) => text?.trim() ?? '').filter((text) => [...text].length >= tellingFrom(text)))].sort(
    (a, b) => b.length - a.length,
  )

/** A short word alone, such as a first name or the number of a small shop, is that of many; two words together are not. */
const tellingFrom = (text: string) => (isHan(text) ? 2 : /\s/.test(text) ? 4 : 6)

const isHan = (text: string) => /\p{Script=Han}/u.test(text)

/** Strikes a person out of the places where they may be mentioned; rows to be deleted are also found by an id. */
export async function eraseMentions(
  db: Db,
  mentions: readonly Mention[],
  texts: readonly string[],
  customerIds: readonly string[],
): Promise<ErasedRows> {
  const erased: Record<string, number> = {}
  for (const mention of mentions) {
    if (!(await isThere(db, mention.table))) continue
    const patterns = [
      ...texts.flatMap((text) => [likely(text), likely(JSON.stringify(text).slice(1, -1))]),
      ...(mention.how === 'delete' ? customerIds.map(likely) : []),
    ]
    if (patterns.length === 0) continue
    const among = Object.entries(mention.where ?? {}).map(([column, value]) => sql`m.${sql.ref(column)} = ${value} and `)
    const found = sql`${sql.join(among, sql``)}(${sql.join(
      mention.columns.map((column) => sql`m.${sql.ref(column)}::text ilike any(${patterns}::text[])`),
      sql` or `,
    )})`
    const rows =
      mention.how === 'delete'
        ? affected(await sql`delete from ${sql.table(mention.table)} m where ${found}`.execute(db))
        : await strikeOut(db, mention, found, strikerOf(mention, texts))
    if (rows > 0) erased[mention.table] = rows
  }
  return erased
}

/** A kind of job that is woken by a fact, with the fields of the fact that name or describe a person. */
export interface PersonalJob {
  readonly name: string
  readonly fields: readonly string[]
}

/** What facts about a person told the jobs that they woke, also those that are done and lie in the queue for a while: the words go, what is to be done stays. */
export async function eraseFromJobs(db: Db, jobs: readonly PersonalJob[], customerIds: readonly string[]): Promise<ErasedRows> {
  const told = jobs.flatMap(({ name, fields }) => fields.map((field) => ({ name, field })))
  if (told.length === 0 || !(await isThere(db, queueTable))) return {}
  const rows = affected(
    await sql`
      update ${sql.table(queueTable)} j set data = j.data || x.blank
      from ${sql.table(queueTable)} m cross join lateral (
        select jsonb_object_agg(t.field, ${struckOut}::text) as blank
        from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as t (name text, field text)
        where t.name = m.name and jsonb_typeof(m.data->t.field) = 'string'
      ) x
      where j.name = m.name and j.id = m.id and m.data->>'customerId' = any(${customerIds}::text[]) and x.blank is not null`.execute(db),
  )
  return rows === 0 ? {} : { [queueTable]: rows }
}
const queueTable = 'pgboss.job'

/** The job queue makes its tables when it starts; after a restore it has none yet. */
async function isThere(db: Db, table: string): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`select to_regclass(${table}) is not null as there`.execute(db)
  return rows[0]!.there
}

const likely = (text: string) => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`

async function strikeOut(
  db: Db,
  mention: Omit<Mention, 'how'>,
  found: RawBuilder<unknown>,
  strike: (value: unknown) => unknown,
): Promise<number> {
  const { rows } = await sql<{ key: Readonly<Record<string, unknown>>; values: Readonly<Record<string, unknown>> }>`
    select jsonb_build_object(${pairs(mention.key)}) as key, jsonb_build_object(${pairs(mention.columns)}) as values
    from ${sql.table(mention.table)} m where ${found}`.execute(db)
  let struck = 0
  for (const { key, values } of rows) {
    const left = Object.fromEntries(mention.columns.map((column) => [column, strike(values[column])]))
    if (JSON.stringify(left) === JSON.stringify(values)) continue
    const given = sql`jsonb_populate_record(null::${sql.table(mention.table)}, ${JSON.stringify({ ...key, ...left })}::jsonb) x`
    const same = mention.key.map((column) => sql`m.${sql.ref(column)} = x.${sql.ref(column)}`)
    const set = mention.columns.map((column) => sql`${sql.ref(column)} = x.${sql.ref(column)}`)
    await sql`update ${sql.table(mention.table)} m set ${sql.join(set)} from ${given} where ${sql.join(same, sql` and `)}`.execute(db)
    struck++
  }
  return struck
}

const pairs = (columns: readonly string[]) => sql.join(columns.map((column) => sql`${sql.lit(column)}, m.${sql.ref(column)}`))

/** What stands where a person was struck out. */
export const struckOut = '—'

const strikerOf = ({ how, within }: Mention, texts: readonly string[]) => {
  const strike = how === 'strike-whole' ? (text: string) => withoutWhole(text, texts) : (text: string) => withoutTexts(text, texts)
  return (value: unknown) => struckValues(value, strike, within)
}

/** A value with its texts struck, however deep they lie in it; `within`: only those under these names. The names are what programs know the values by, and stay. */
export function struckValues(value: unknown, strike: (text: string) => string, within?: readonly string[]): unknown {
  if (typeof value === 'string') return within === undefined ? strike(value) : value
  if (Array.isArray(value)) return value.map((item) => struckValues(item, strike, within))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, struckValues(item, strike, within?.includes(name) ? undefined : within)]),
    )
  return value
}

/** Latin words go only where they stand as words of their own. */
export const withoutTexts = (value: string, texts: readonly string[]): string =>
  texts.reduce((left, text) => left.replaceAll(patternOf(text), struckOut), value)

const withoutWhole = (value: string, texts: readonly string[]): string =>
  texts.some((text) => text.toLowerCase() === value.trim().toLowerCase()) ? struckOut : value

const patternOf = (text: string) => new RegExp(isHan(text) ? escaped(text) : `(?<![\\p{L}\\p{N}])${escaped(text)}(?![\\p{L}\\p{N}])`, 'giu')

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Uploads that hold one of the texts, and what was made of them; nothing that something of a module holds on to, which may be about anybody. */
export async function uploadsWith(db: Db, texts: readonly string[]): Promise<readonly string[]> {
  const needles = texts.map((text) => Buffer.from(text))
  // A text may lie across the border of two pieces.
  const { rows } = await sql<{ id: string }>`
    select distinct c.file_id as id from platform.file_chunk c join platform.file f on f.id = c.file_id and f.media_type <> ${keptMediaType}
    left join platform.file_chunk p on p.file_id = c.file_id and p.number = c.number - 1
    where exists (select from unnest(${needles}::bytea[]) n (needle)
      where position(n.needle in c.content) > 0
        or (p.content is not null and position(n.needle in substring(p.content from greatest(1, octet_length(p.content) - 600)) || substring(c.content from 1 for 600)) > 0))`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

/** Removes stored files in whole: a line cannot be taken out of a workbook or of a file that somebody may compare. Answers how many went. */
export async function eraseFiles(db: Db, ids: readonly string[]): Promise<number> {
  return affected(await sql`delete from platform.file where id = any(${ids}::uuid[])`.execute(db))
}
