import { type ArchiveField, type ArchiveValues, archiveFields, basicFields, extendedFields, type FieldValue } from '../domain/archive.ts'

/** Where each basic field lies; extended fields lie together in `extended`. */
export const columnOf = {
  kind: 'kind',
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
  const extended = (row.extended ?? {}) as Readonly<Record<string, string>>
  const values: Record<string, FieldValue> = {}
  for (const field of basicFields) values[field] = row[columnOf[field]]
  for (const field of extendedFields) values[field] = extended[field] ?? null
  return values as Record<ArchiveField, FieldValue>
}

/** The other way round: values of basic columns (empty where the table wants something), and the extended fields as JSON. */
export function rowOf(values: ArchiveValues): { readonly basic: Readonly<Record<Column, FieldValue>>; readonly extended: string } {
  const basic = Object.fromEntries(basicFields.map((field) => [columnOf[field], values[field] ?? null])) as Record<Column, FieldValue>
  const known = extendedFields.filter((field) => values[field] !== null && values[field] !== undefined)
  return {
    basic: { ...basic, kind: basic.kind ?? 'person', tags: basic.tags ?? [] },
    extended: JSON.stringify(Object.fromEntries(known.map((field) => [field, values[field]]))),
  }
}

export const isArchiveField = (name: string): name is ArchiveField => (archiveFields as readonly string[]).includes(name)
