import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import {
  type ArchiveField,
  type ArchiveValues,
  archiveFields,
  basicFields,
  extendedFields,
  type FieldValue,
  isKnown,
  listFields,
} from '../domain/archive.ts'
import { tagsOf } from '../domain/source-row.ts'

/** Where each basic field lies; extended fields lie together in `extended`. */
export const columnOf = {
  kind: 'kind',
  role: 'role',
  phase: 'phase',
  name: 'name',
  givenName: 'given_name',
  familyName: 'family_name',
  company: 'company',
  email: 'email',
  phone: 'phone',
  gender: 'gender',
  birthday: 'birthday',
  language: 'language',
  address: 'address',
  city: 'city',
  region: 'region',
  country: 'country',
  postcode: 'postcode',
  ownerId: 'owner_id',
  tags: 'tags',
  note: 'note',
} as const satisfies Record<(typeof basicFields)[number], string>

type Column = (typeof columnOf)[keyof typeof columnOf]
export type ArchiveRow = { readonly [C in Exclude<Column, 'tags'>]: string | null } & {
  readonly tags: readonly string[]
  readonly extended: unknown
}

/** A row of the table as values by field; every field is there. */
export function valuesOf(row: ArchiveRow): Readonly<Record<ArchiveField, FieldValue>> {
  const extended = (row.extended ?? {}) as Readonly<Record<string, FieldValue>>
  const values: Record<string, FieldValue> = {}
  for (const field of basicFields) values[field] = row[columnOf[field]]
  for (const field of extendedFields) values[field] = extended[field] ?? (listFields.includes(field) ? [] : null)
  return values as Record<ArchiveField, FieldValue>
}

/** The other way round: values of basic columns (empty where the table wants something), and the extended fields as JSON. */
export function rowOf(values: ArchiveValues): { readonly basic: Readonly<Record<Column, FieldValue>>; readonly extended: string } {
  const basic = Object.fromEntries(basicFields.map((field) => [columnOf[field], values[field] ?? null])) as Record<Column, FieldValue>
  const known = extendedFields.filter((field) => isKnown(values[field]))
  const interests = typeof values.interests === 'string' ? { interestWords: tagsOf(values.interests).map(interestWord) } : {}
  return {
    basic: { ...basic, kind: basic.kind ?? 'person', role: basic.role ?? 'customer', tags: basic.tags ?? [] },
    extended: JSON.stringify({ ...Object.fromEntries(known.map((field) => [field, values[field]])), ...interests }),
  }
}

/** Interests are written as a sentence and looked for word by word. */
export const interestWord = (word: string) => word.trim().toLowerCase()

export const isArchiveField = (name: string): name is ArchiveField => (archiveFields as readonly string[]).includes(name)

/** Everything that the archives of some customers hold in their first two groups. */
export async function archivesOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, ArchiveValues>> {
  const { rows } = await sql<ArchiveRow & { customer_id: string }>`
    select c.* from customers.customer c where c.customer_id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.customer_id, valuesOf(row)]))
}
