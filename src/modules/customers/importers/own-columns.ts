import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import type { ImportField, ImportJob, ImportRow, Item, Reject } from '#platform/imports/importer.ts'
import type { Precedence } from '../domain/change.ts'
import { cellsOf, type OwnFieldType, type OwnValue, ownLimits } from '../domain/own-fields.ts'
import { type OwnFieldSetting, ownFieldSetting } from '../settings.ts'
import { broughtByRuns, type OwnWrite, readOwnValues, writeOwnValues } from '../store/own-values.ts'

/** What a file says of own fields, by field, as far as it can be told without their definitions. */
export type OwnSaid = Readonly<Record<string, string | boolean>>

const kinds: Readonly<Record<OwnFieldType, ImportField['kind']>> = {
  text: 'text',
  long: 'text',
  link: 'text',
  number: 'quantity',
  money: 'amount',
  day: 'date',
  yes: 'flag',
  choice: 'text',
  choices: 'text',
}
const columnName = ({ id, type }: Pick<OwnFieldSetting, 'id' | 'type'>) => `own.${type}.${id}`

/** The columns that a file may have for the fields that the company defined. */
export async function ownColumns(db: Db): Promise<readonly ImportField[]> {
  return (await inUse(db)).map((field) => ({
    name: columnName(field),
    kind: kinds[field.type],
    synonyms: Object.values(field.names).filter((name) => name !== ''),
    examples: ['', ''],
    label: field.names,
  }))
}

const inUse = async (db: Db) => (await readSetting(db, ownFieldSetting)).fields.filter(({ removed }) => !removed)

/** Reads the own columns of a row; the name of a column says how. */
export function ownSaid(row: ImportRow, { mapped }: ImportJob): OwnSaid {
  const said: Record<string, string | boolean> = {}
  for (const name of mapped) {
    const [own, type = '', id = ''] = name.split('.')
    if (own !== 'own') continue
    const value = read[type as OwnFieldType](row, name)
    if (value !== null) said[id] = value
  }
  return said
}

const text = (row: ImportRow, name: string) => row.text(name, ownLimits.text)
const number = (row: ImportRow, name: string) => row.number(name)
const read: Readonly<Record<OwnFieldType, (row: ImportRow, name: string) => string | boolean | null>> = {
  text,
  long: (row, name) => row.text(name, ownLimits.long),
  link: (row, name) => pageAddress(row.text(name, ownLimits.link)),
  choice: text,
  choices: text,
  number,
  money: number,
  day: (row, name) => row.day(name),
  yes: (row, name) => row.flag(name),
}

/** People write addresses of pages without what they begin with. */
const pageAddress = (text: string | null) => (text !== null && /^www\.[^\s]+$/i.test(text) ? `https://${text}` : text)

interface Saying {
  readonly own: OwnSaid
}

/** Rows whose own columns hold what their fields cannot: they are told apart before anything is saved. */
export async function wrongOwn(db: Db, items: readonly Item<Saying>[]): Promise<readonly Reject[]> {
  const reader = await ownReader(db)
  return items.flatMap(({ line, value }) =>
    Object.entries(value.own).flatMap(([id, said]) => {
      const field = reader.fields.get(id)
      const cells = field ? reader.cells(field, said) : []
      if (!field || typeof cells !== 'string') return []
      if (cells === 'required') return [lacking(line, field)]
      const reason = cells === 'not-a-link' ? 'not-a-link' : 'unknown-choice'
      return [{ line, field: columnName(field), reason, detail: `'${String(said)}' is not what this field may hold` }]
    }),
  )
}

/** Rows of new customers that do not say what has to be known of one. Who is there already keeps what is known, and what is not. */
export async function lackingOwn(db: Db, rows: readonly (Saying & { readonly line: number })[]): Promise<readonly Reject[]> {
  if (rows.length === 0) return []
  const required = (await inUse(db)).filter((field) => field.required)
  return rows.flatMap(({ line, own }) => required.filter(({ id }) => own[id] === undefined).map((field) => lacking(line, field)))
}

const lacking = (line: number, field: OwnFieldSetting): Reject => ({
  line,
  field: columnName(field),
  reason: 'required',
  detail: `${Object.values(field.names).find((name) => name !== '') ?? field.id} has to be filled in for a new customer`,
})

/** Writes what a file says of own fields. What a person set stays, unless the file is to win. */
export async function saveOwn(context: Context, job: ImportJob, rows: readonly (Saying & { readonly id: string })[]): Promise<void> {
  const { db, newId, now } = context
  const saying = rows.filter(({ own }) => Object.keys(own).length > 0)
  if (saying.length === 0) return
  const reader = await ownReader(db)
  const ids = saying.map(({ id }) => id)
  const present = await readOwnValues(db, ids, [...reader.fields.values()])
  const brought = await broughtByRuns(db, ids)
  const mayWrite = (id: string, field: string, was: OwnValue) =>
    was === null || (job.options.precedence as Precedence) === 'source' || brought.has(`${id} own:${field}`)
  const writes = saying.flatMap(({ id: customerId, own }) =>
    Object.entries(own).flatMap(([fieldId, said]): OwnWrite[] => {
      const field = reader.fields.get(fieldId)
      if (!field) return []
      const was = present.get(customerId)?.[fieldId] ?? null
      const value = reader.value(field, said)
      const cells = cellsOf(field, value)
      if (typeof cells === 'string' || JSON.stringify(was) === JSON.stringify(value) || !mayWrite(customerId, fieldId, was)) return []
      return [{ customerId, fieldId, cells, change: { id: newId(), field: `own:${fieldId}`, before: was, after: value } }]
    }),
  )
  await writeOwnValues(db, writes, job.requestedBy, now, job.runId)
}

/** How cells become values of the fields that there are now. */
async function ownReader(db: Db) {
  const fields = new Map((await inUse(db)).map((field) => [field.id, field]))
  const { currency } = await readSetting(db, organizationProfile)
  const decimals = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  const value = (field: OwnFieldSetting, said: string | boolean): OwnValue => {
    if (typeof said === 'boolean') return said
    switch (field.type) {
      case 'number':
        return Number(said)
      case 'money':
        return Math.round(Number(said) * 10 ** decimals)
      case 'choice':
        return keyOf(field, said)
      case 'choices':
        return said
          .split(/[,;|，；、]/)
          .filter((word) => word.trim() !== '')
          .map((word) => keyOf(field, word))
      default:
        return said
    }
  }
  return { fields, value, cells: (field: OwnFieldSetting, said: string | boolean) => cellsOf(field, value(field, said)) }
}

/** A choice by its key or by its name in any language; what is neither stays as it is and is refused. */
function keyOf({ choices }: OwnFieldSetting, word: string): string {
  const plain = word.trim().toLowerCase()
  return choices.find(({ key, names }) => [key, ...Object.values(names)].some((one) => one.toLowerCase() === plain))?.key ?? word.trim()
}
