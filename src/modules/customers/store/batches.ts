import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { ArchiveField, ArchiveValues, FieldValue } from '../domain/archive.ts'
import { type ArchiveRow, columnOf, rowOf, valuesOf } from './archive-columns.ts'
import { currentTransaction } from './book.ts'
import { changeLists, type RecordedChange } from './changes.ts'
import { nameKey } from './search-keys.ts'

/** A way to be reached as it was written and as it is compared. */
const contactWords = sql`(select coalesce(array_agg(w.word), '{}') from customers.contact_point p
  cross join lateral unnest(array[p.value, nullif(p.comparable, p.value)]) as w (word) where p.customer_id = c.customer_id and w.word is not null)`

/** What a batch needs to know of a customer who is already there. */
export interface KnownCustomer {
  readonly id: string
  readonly version: number
  readonly values: Readonly<Record<ArchiveField, FieldValue>>
  readonly handFields: readonly string[]
  /** Under what names sources know the customer. */
  readonly keys: readonly string[]
  readonly erased: boolean
  readonly keyPersons: readonly string[]
  readonly usedCompetitors: number
  readonly contactWords: readonly string[]
  /** What this source said last under this key; null where it never did. */
  readonly said: ArchiveValues | null
}

/** Those of the customers who are there. `records` names the source whose last words are wanted, and under which key for each customer. */
export async function knownCustomers(
  db: Db,
  ids: readonly string[],
  records?: { sourceId: number; keys: readonly string[] },
): Promise<ReadonlyMap<string, KnownCustomer>> {
  if (ids.length === 0) return new Map()
  const sorted = ids.toSorted()
  const { rows } = await sql<
    ArchiveRow & {
      customer_id: string
      version: number
      hand_fields: string[]
      external_key: string | null
      contact_words: string[]
      erased_at: Date | null
    }
  >`
    select c.*, ${contactWords} as contact_words from unnest(${sorted}::uuid[]) x (id) join customers.customer c on c.customer_id = x.id`.execute(
    db,
  )
  const persons = await sql<{ id: string; names: string[] }>`
    select customer_id as id, array_agg(name) as names from customers.key_person where customer_id = any(${sorted}::uuid[]) group by customer_id`.execute(
    db,
  )
  const rivals = await sql<{ id: string; n: number }>`
    select customer_id as id, count(*)::int as n from customers.used_competitor where customer_id = any(${sorted}::uuid[]) group by customer_id`.execute(
    db,
  )
  const keys = await keysOf(db, sorted)
  const said = records ? await lastWords(db, ids, records) : new Map<string, ArchiveValues>()
  const namesOf = new Map(persons.rows.map(({ id, names }) => [id, names]))
  const rivalsOf = new Map(rivals.rows.map(({ id, n }) => [id, n]))
  return new Map(
    rows.map((row) => [
      row.customer_id,
      {
        id: row.customer_id,
        version: row.version,
        values: valuesOf(row),
        handFields: row.hand_fields,
        keys: [...new Set([...(row.external_key === null ? [] : [row.external_key]), ...(keys.get(row.customer_id) ?? [])])],
        erased: row.erased_at !== null,
        keyPersons: namesOf.get(row.customer_id) ?? [],
        usedCompetitors: rivalsOf.get(row.customer_id) ?? 0,
        contactWords: row.contact_words,
        said: said.get(row.customer_id) ?? null,
      },
    ]),
  )
}

async function keysOf(db: Db, ids: readonly string[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ id: string; keys: string[] }>`
    select customer_id as id, array_agg(external_key) as keys from customers.source_record where customer_id = any(${ids}::uuid[]) group by customer_id`.execute(
    db,
  )
  return new Map(rows.map(({ id, keys }) => [id, keys]))
}

async function lastWords(
  db: Db,
  ids: readonly string[],
  { sourceId, keys }: { sourceId: number; keys: readonly string[] },
): Promise<Map<string, ArchiveValues>> {
  const { rows } = await sql<{ id: string; fields: ArchiveValues }>`
    select r.customer_id as id, r.fields from unnest(${ids}::uuid[], ${keys}::text[]) x (id, key)
    join customers.source_record r on r.customer_id = x.id and r.source_id = ${sourceId} and r.external_key = x.key`.execute(db)
  return new Map(rows.map(({ id, fields }) => [id, fields]))
}

interface Made {
  readonly id: string
  readonly values: ArchiveValues
  readonly completeness: number
  readonly externalKey: string
}
export interface Making {
  readonly sourceId: number
  readonly runId: string
  readonly by: string
  readonly now: Date
}

const tableColumns = Object.values(columnOf)
const recordset = sql.raw(`customer_id uuid, version int, name_key text, completeness int, external_key text, extended jsonb,
  ${tableColumns.map((column) => `${column} ${column === 'tags' ? 'text[]' : column === 'birthday' ? 'date' : 'text'}`).join(', ')}`)

const recordOf = ({ id, values, completeness }: { id: string; values: ArchiveValues; completeness: number }) => {
  const { basic, extended } = rowOf(values)
  return { ...basic, customer_id: id, completeness, name_key: nameKey(String(basic.name)), extended: JSON.parse(extended) as unknown }
}

/** Makes customers as a source describes them, with their rows of the book; returns the ids of those who were not there yet. */
export async function insertCustomers(db: Db, made: readonly Made[], { sourceId, runId, by, now }: Making): Promise<ReadonlySet<string>> {
  if (made.length === 0) return new Set()
  const json = JSON.stringify(made.map((one) => ({ ...recordOf(one), external_key: one.externalKey })))
  const names = sql.join(tableColumns.map((column) => sql.id(column)))
  const { rows } = await sql<{ id: string }>`
    insert into customers.customer (customer_id, ${names}, name_key, completeness, extended, source_id, external_key, made_by_run, created_at, created_by, updated_at)
    select customer_id, ${names}, name_key, completeness, extended, ${sourceId}, external_key, ${runId}::uuid, ${now}::timestamptz, ${by}, ${now}::timestamptz
    from json_to_recordset(${json}::json) as x (${recordset}) order by customer_id
    on conflict (customer_id) do nothing returning customer_id as id`.execute(db)
  const ids = rows.map(({ id }) => id).sort()
  await sql`
    insert into customers.book_fresh (customer_id, written_in) select x.id, ${await currentTransaction(db)}::bigint from unnest(${ids}::uuid[]) x (id)
    join customers.customer c on c.customer_id = x.id where c.role = 'customer'
    on conflict (customer_id) do nothing`.execute(db)
  return new Set(ids)
}

export interface CustomerUpdate {
  readonly id: string
  readonly version: number
  readonly values: ArchiveValues
  readonly completeness: number
  readonly changes: readonly RecordedChange[]
}

/** Writes archives and their histories in one statement; returns the ids of those whose version was still the one that the change was made against. */
export async function updateCustomers(
  db: Db,
  updates: readonly CustomerUpdate[],
  {
    runId,
    by,
    now,
    touches,
  }: Omit<Making, 'sourceId'> & {
    /** Whether somebody looked at what the archives say, so that they count as tended. */ readonly touches: boolean
  },
): Promise<ReadonlySet<string>> {
  if (updates.length === 0) return new Set()
  const json = JSON.stringify(updates.map((one) => ({ ...recordOf(one), version: one.version })))
  const set = sql.join(tableColumns.map((column) => sql`${sql.id(column)} = ${sql.ref(`x.${column}`)}`))
  const changes = updates.flatMap((update) => update.changes)
  const owners = updates.flatMap((update) => update.changes.map(() => update.id))
  const { rows } = await sql<{ id: string }>`
    with written as (
      update customers.customer c set ${set}, name_key = x.name_key, completeness = x.completeness, extended = x.extended,
        changed_by_run = ${runId}::uuid, updated_at = case when ${touches} then ${now}::timestamptz else c.updated_at end, version = c.version + 1
      from jsonb_to_recordset(${json}::jsonb) as x (${recordset})
      where c.customer_id = x.customer_id and c.version = x.version returning c.customer_id
    ), noted as (
      insert into customers.change (customer_id, id, field, before, after, changed_at, changed_by, run_id)
      select written.customer_id, x.id, x.field, x.before, x.after, ${now}::timestamptz, ${by}, ${runId}::uuid
      from ${changeLists(changes)} join unnest(${changes.map(({ id }) => id)}::uuid[], ${owners}::uuid[]) o (id, customer_id) on o.id = x.id
      join written on written.customer_id = o.customer_id
    )
    select customer_id as id from written`.execute(db)
  return new Set(rows.map(({ id }) => id))
}
