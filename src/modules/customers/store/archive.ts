import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { prepared } from '#platform/database/prepared.ts'
import type { ArchiveField, ArchiveValues, decisionRoles, FieldValue } from '../domain/archive.ts'
import type { BookFigures } from '../domain/book.ts'
import { type ArchiveRow, columnOf, rowOf, valuesOf } from './archive-columns.ts'
import { figuresOfRow } from './book.ts'
import { changeLists, type RecordedChange } from './changes.ts'
import { nameKey } from './search-keys.ts'

export interface KeyPerson {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly role: string | null
  readonly decides: (typeof decisionRoles)[number] | null
  readonly email: string | null
  readonly phone: string | null
  readonly birthday: string | null
  readonly note: string | null
}
export interface UsedCompetitor {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly sharePercent: number | null
  readonly note: string | null
}
/** What one source says, under its own name for the customer. */
export interface SourceRecord {
  readonly source: string
  readonly externalKey: string
  readonly fields: ArchiveValues
  readonly seenAt: Date | null
}
export interface Archive {
  readonly id: string
  readonly version: number
  readonly values: Readonly<Record<ArchiveField, FieldValue>>
  readonly handFields: readonly string[]
  readonly profiling: boolean
  /** When the person was erased; null for everybody else. */
  readonly erasedAt: Date | null
  readonly createdAt: Date
  readonly createdBy: string
  readonly updatedAt: Date
  readonly keyPersons: readonly KeyPerson[]
  readonly usedCompetitors: readonly UsedCompetitor[]
  readonly sources: readonly SourceRecord[]
  /** Further e-mail addresses, numbers and the like, by which the customer is found, too. */
  readonly contactWords: readonly string[]
  /** What the book says. */
  readonly figures: BookFigures
}

/** Everything of a customer's archive. With `lock`, nobody else changes it until the transaction ends. */
export async function readArchive(db: Db, customerId: string, options: { lock?: boolean } = {}): Promise<Archive | undefined> {
  if (options.lock && !db.isTransaction) throw new Error('Outside of a transaction a lock ends with its statement')
  const [row] = await (options.lock ? archiveForChange : archive)(db, [customerId])
  return row && archiveOfRow(row)
}

/** The archive with what else a screen needs each time, from the same way to the server and back: `beside` is the text of one value, of another module's making and written in the program. */
export function archiveReaderWith(
  beside: string,
): (db: Db, customerId: string) => Promise<{ readonly archive: Archive; readonly beside: unknown } | undefined> {
  const read = prepared<ArchiveRead & { readonly beside: unknown }>(archiveText(`, ${beside} as beside`))
  return async (db, customerId) => {
    const [row] = await read(db, [customerId])
    return row && { archive: archiveOfRow(row), beside: row.beside }
  }
}

function archiveOfRow(row: ArchiveRead): Archive {
  const { customer } = row
  const { keyPersons, usedCompetitors, contactWords, sources } = aroundOf(row.around ?? [])
  const { first_source: source } = row
  const { external_key: externalKey } = customer
  const known = source === null || externalKey === null || sources.some((s) => s.source === source && s.externalKey === externalKey)
  return {
    id: customer.customer_id,
    version: customer.version,
    values: valuesOf(customer),
    handFields: customer.hand_fields,
    profiling: customer.profiling,
    erasedAt: customer.erased_at === null ? null : new Date(customer.erased_at),
    createdAt: new Date(customer.created_at),
    createdBy: customer.created_by,
    updatedAt: new Date(customer.updated_at),
    keyPersons,
    usedCompetitors,
    contactWords,
    sources: known ? sources : [{ source, externalKey, fields: {}, seenAt: null }, ...sources],
    figures: figuresOfRow(row.figures),
  }
}

interface ArchiveRead {
  readonly customer: CustomerRow
  readonly first_source: string | null
  /** Null: there is nothing around them. */
  readonly around: readonly Around[] | null
  readonly figures: Parameters<typeof figuresOfRow>[0]
}

/** Something that belongs to a customer, in the order in which it is shown among its kind. */
type Around =
  | readonly ['person', KeyPerson]
  | readonly ['competitor', UsedCompetitor]
  /** As it was written, and as it is compared where that differs. */
  | readonly ['contact', readonly (string | null)[]]
  | readonly ['source', Omit<SourceRecord, 'seenAt'> & { readonly seenAt: string }]

function aroundOf(all: readonly Around[]) {
  const keyPersons: KeyPerson[] = []
  const usedCompetitors: UsedCompetitor[] = []
  const contactWords: string[] = []
  const sources: SourceRecord[] = []
  for (const [kind, one] of all)
    switch (kind) {
      case 'person':
        keyPersons.push(one)
        break
      case 'competitor':
        usedCompetitors.push(one)
        break
      case 'contact':
        contactWords.push(...one.filter((word) => word !== null))
        break
      case 'source':
        sources.push({ ...one, seenAt: new Date(one.seenAt) })
    }
  return { keyPersons, usedCompetitors, contactWords, sources }
}

/** Moments are texts: the row arrives as JSON. */
interface CustomerRow extends ArchiveRow {
  readonly customer_id: string
  readonly version: number
  readonly hand_fields: string[]
  readonly profiling: boolean
  readonly erased_at: string | null
  readonly created_at: string
  readonly created_by: string
  readonly updated_at: string
  readonly external_key: string | null
}

/**
 * One statement: this is the read that happens most, and each way to the server and back costs more than what it finds. The row comes as JSON, since describing and reading
 * thirty columns costs both sides more than one; what lies around it in four tables comes as one list, since each part of a statement costs the server as much as what it finds.
 */
const archiveText = (more = '') => `
  select to_json(c) as customer,
    (select s.name from customers.source s where s.id = c.source_id) as first_source,
    (select json_agg(json_build_array(x.kind, x.one) order by x.at, x.name, x.key) from (
      select 'person' as kind, k.created_at as at, k.id::text as name, null as key, json_build_object('id', k.id, 'version', k.version, 'name', k.name, 'role', k.role, 'decides', k.decides, 'email', k.email, 'phone', k.phone, 'birthday', k.birthday, 'note', k.note) as one
        from customers.key_person k where k.customer_id = c.customer_id
      union all
      select 'competitor', u.created_at, u.id::text, null, json_build_object('id', u.id, 'version', u.version, 'name', u.name, 'sharePercent', u.share_percent, 'note', u.note)
        from customers.used_competitor u where u.customer_id = c.customer_id
      union all
      select 'contact', null, null, null, json_build_array(p.value, nullif(p.comparable, p.value)) from customers.contact_point p where p.customer_id = c.customer_id
      union all
      select 'source', null, s.name, r.external_key, json_build_object('source', s.name, 'externalKey', r.external_key, 'fields', r.fields, 'seenAt', r.seen_at)
        from customers.source_record r join customers.source s on s.id = r.source_id where r.customer_id = c.customer_id) x) as around,
    (select to_json(b) from customers.book b where b.customer_id = c.customer_id) as figures${more}
  from customers.customer c where c.customer_id = $1::uuid`
const archive = prepared<ArchiveRead>(archiveText())
const archiveForChange = prepared<ArchiveRead>(`${archiveText()} for update of c`)

export interface NewCustomer {
  readonly id: string
  readonly values: ArchiveValues
  readonly handFields: readonly string[]
  readonly completeness: number
  readonly by: string
  readonly now: Date
}

/** Makes a customer by hand, and the history's first rows in the same statement. */
export async function insertCustomer(db: Db, customer: NewCustomer, changes: readonly RecordedChange[]): Promise<void> {
  const { basic, extended } = rowOf(customer.values)
  const row = {
    customer_id: customer.id,
    ...basic,
    name_key: nameKey(String(basic.name)),
    extended,
    hand_fields: customer.handFields,
    completeness: customer.completeness,
    created_at: customer.now,
    created_by: customer.by,
    updated_at: customer.now,
  }
  await sql`
    with made as (
      insert into customers.customer (${sql.join(Object.keys(row).map((name) => sql.id(name)))}) values (${sql.join(Object.values(row))})
      returning customer_id
    )
    insert into customers.change (customer_id, id, field, before, after, changed_at, changed_by)
    select made.customer_id, x.*, ${customer.now}::timestamptz, ${customer.by} from made cross join ${changeLists(changes)}`.execute(db)
}

export interface ArchiveUpdate {
  readonly id: string
  /** The version that the change was made against. */
  readonly version: number
  readonly values: ArchiveValues
  readonly handFields: readonly string[]
  readonly completeness: number
  readonly by: string
  readonly now: Date
  readonly runId?: string
}

/** Writes an archive and its history in one statement. False when somebody else was faster: then nothing is written. */
export async function updateArchive(db: Db, update: ArchiveUpdate, changes: readonly RecordedChange[]): Promise<boolean> {
  const { basic, extended } = rowOf(update.values)
  const touched = changes.flatMap(({ field }) => (field in columnOf ? [columnOf[field as keyof typeof columnOf]] : []))
  const set = [
    ...touched.map((column) => sql`${sql.id(column)} = ${basic[column]}`),
    ...(touched.includes('name') ? [sql`name_key = ${nameKey(String(basic.name))}`] : []),
    sql`extended = ${extended}::jsonb`,
    sql`hand_fields = ${update.handFields}::text[]`,
    sql`completeness = ${update.completeness}`,
    sql`changed_by_run = coalesce(${update.runId ?? null}::uuid, changed_by_run)`,
    sql`updated_at = ${update.now}::timestamptz`,
    sql`version = version + 1`,
  ]
  const { rows } = await sql<{ id: string }>`
    with written as (
      update customers.customer set ${sql.join(set)} where customer_id = ${update.id} and version = ${update.version} returning customer_id
    ), noted as (
      insert into customers.change (customer_id, id, field, before, after, changed_at, changed_by, run_id)
      select written.customer_id, x.*, ${update.now}::timestamptz, ${update.by}, ${update.runId ?? null}::uuid from written cross join ${changeLists(changes)}
    )
    select customer_id as id from written`.execute(db)
  return rows.length > 0
}

/** Switches profiling, and notes it. */
export async function writeProfiling(
  db: Db,
  customerId: string,
  profiling: boolean,
  change: RecordedChange,
  by: string,
  now: Date,
): Promise<void> {
  await sql`
    with written as (
      update customers.customer set profiling = ${profiling}, updated_at = ${now}::timestamptz, version = version + 1
      where customer_id = ${customerId} returning customer_id
    )
    insert into customers.change (customer_id, id, field, before, after, changed_at, changed_by)
    select written.customer_id, x.*, ${now}::timestamptz, ${by} from written cross join ${changeLists([change])}`.execute(db)
}
