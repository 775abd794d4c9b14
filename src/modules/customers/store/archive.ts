import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { ArchiveField, ArchiveValues, FieldValue } from '../domain/archive.ts'
import { type ArchiveRow, columnOf, rowOf, valuesOf } from './archive-columns.ts'
import { changeLists, type RecordedChange } from './changes.ts'
import { nameKey } from './search-keys.ts'

export interface KeyPerson {
  readonly id: string
  readonly name: string
  readonly role: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly birthday: string | null
  readonly note: string | null
}
export interface UsedCompetitor {
  readonly id: string
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
  readonly createdAt: Date
  readonly createdBy: string
  readonly updatedAt: Date
  readonly keyPersons: readonly KeyPerson[]
  readonly usedCompetitors: readonly UsedCompetitor[]
  readonly sources: readonly SourceRecord[]
}

/** Everything of a customer's archive. With `lock`, nobody else changes it until the transaction ends. */
export async function readArchive(db: Db, customerId: string, options: { lock?: boolean } = {}): Promise<Archive | undefined> {
  const one = db.selectFrom('customers.customer').selectAll().where('customer_id', '=', customerId)
  const row = await (options.lock ? one.forUpdate() : one).executeTakeFirst()
  if (!row) return undefined
  const keyPersons = await keyPersonsOf(db, customerId)
  const usedCompetitors = await usedCompetitorsOf(db, customerId)
  const records = await db
    .selectFrom('customers.source_record as r')
    .innerJoin('customers.source as s', 's.id', 'r.source_id')
    .select(['s.name as source', 'r.external_key as externalKey', 'r.fields', 'r.seen_at as seenAt'])
    .where('r.customer_id', '=', customerId)
    .orderBy('s.name')
    .orderBy('r.external_key')
    .execute()
  const first = row.source_id === null || row.external_key === null ? undefined : await firstSource(db, row.source_id, row.external_key)
  const sources = records.map((record) => ({ ...record, fields: record.fields as ArchiveValues }))
  const named = first && !sources.some((s) => s.source === first.source && s.externalKey === first.externalKey) ? [first] : []
  return {
    id: row.customer_id,
    version: row.version,
    values: valuesOf(row as ArchiveRow),
    handFields: row.hand_fields,
    profiling: row.profiling,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    keyPersons,
    usedCompetitors,
    sources: [...named, ...sources],
  }
}

const keyPersonsOf = (db: Db, customerId: string) =>
  db
    .selectFrom('customers.key_person')
    .select(['id', 'name', 'role', 'email', 'phone', 'birthday', 'note'])
    .where('customer_id', '=', customerId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()

const usedCompetitorsOf = (db: Db, customerId: string) =>
  db
    .selectFrom('customers.used_competitor')
    .select(['id', 'name', 'share_percent as sharePercent', 'note'])
    .where('customer_id', '=', customerId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()

async function firstSource(db: Db, id: number, externalKey: string): Promise<SourceRecord | undefined> {
  const row = await db.selectFrom('customers.source').select('name').where('id', '=', id).executeTakeFirst()
  return row && { source: row.name, externalKey, fields: {}, seenAt: null }
}

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
