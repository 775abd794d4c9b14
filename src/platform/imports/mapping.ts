import { z } from 'zod'
import { refuse } from '../refusal.ts'
import { encodings } from '../tabular/to-utf8.ts'
import type { Importer } from './importer.ts'

/** How a file is cut into rows and cells; made by inspection, changed by a person where the guess was wrong. */
export const tableLayout = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('csv'),
    packed: z.enum(['no', 'gzip', 'zip']),
    encoding: z.enum([...encodings, 'undecided']),
    delimiter: z.string().length(1),
    quote: z.string().max(1),
    header: z.boolean(),
    skipLines: z.int().min(0).max(1000),
  }),
  z.object({ kind: z.literal('xlsx'), sheet: z.string().max(200), header: z.boolean(), skipRows: z.int().min(0).max(1000) }),
])

export const dateForm = z.object({
  order: z.enum(['yearFirst', 'dayFirst', 'monthFirst']),
  digits: z.union([z.literal('calendar'), z.literal(1900), z.literal(1904)]),
})

/** Everything that must be known to import a file. */
export const importMapping = z.object({
  layout: tableLayout,
  /** Field → column, from 0. */
  columns: z.record(z.string().max(60), z.int().min(0).max(999)),
  dates: dateForm,
  decimal: z.enum(['.', ',']),
  /** The name of where the records come from. */
  source: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .refine((name) => name !== 'hand', 'is reserved for what people type'),
  options: z.record(z.string().max(60), z.string().max(200)),
})
export type ImportMapping = z.output<typeof importMapping>

/** What is saved under a name: the columns by their headers, so that it fits other files of the same make. */
export const savedMapping = z.object({
  headers: z.array(z.string()),
  columns: z.record(z.string().max(60), z.string()),
  dates: dateForm,
  decimal: z.enum(['.', ',']),
  source: z.string().min(1).max(60),
  options: z.record(z.string().max(60), z.string().max(200)),
})
export type SavedMapping = z.output<typeof savedMapping>

/** Refuses a mapping that cannot work, naming every field that is wrong. */
export function checkMapping(importer: Importer, mapping: ImportMapping, columns: number): void {
  const problems: { field: string; reason: string; detail: string }[] = []
  const known = new Set(importer.fields.map((field) => field.name))
  for (const [field, column] of Object.entries(mapping.columns)) {
    if (!known.has(field))
      problems.push({ field, reason: 'unknown-field', detail: `There is no field '${field}' in an import of ${importer.kind}` })
    else if (column >= columns)
      problems.push({ field, reason: 'no-such-column', detail: `The file has ${columns} columns, there is no column ${column + 1}` })
  }
  for (const field of importer.fields)
    if (field.required && mapping.columns[field.name] === undefined)
      problems.push({
        field: field.name,
        reason: 'column-missing',
        detail: `No column of the file was recognised as '${field.name}'; say which one it is`,
      })
  for (const [name, value] of Object.entries(mapping.options)) {
    const option = importer.options.find((candidate) => candidate.name === name)
    if (!option) problems.push({ field: name, reason: 'unknown-option', detail: `There is no option '${name}'` })
    else if (option.choices && !option.choices.includes(value))
      problems.push({ field: name, reason: 'unknown-choice', detail: `'${value}' is none of ${option.choices.join(', ')}` })
  }
  if (problems.length > 0) throw refuse('invalid', 'bad-mapping', problems[0]!.detail, { fields: problems })
}

/** The options of an import with what holds where nothing was said. */
export const optionsOf = (importer: Importer, given: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(importer.options.map(({ name, initial }) => [name, given[name] ?? initial]))

/** A saved mapping on a file with these headers; undefined where a column that it names is not there. */
export function applySaved(saved: SavedMapping, headers: readonly string[], layout: ImportMapping['layout']): ImportMapping | undefined {
  const columns: Record<string, number> = {}
  for (const [field, header] of Object.entries(saved.columns)) {
    const column = headers.indexOf(header)
    if (column < 0) return undefined
    columns[field] = column
  }
  return { layout, columns, dates: saved.dates, decimal: saved.decimal, source: saved.source, options: saved.options }
}

export function toSaved(mapping: ImportMapping, headers: readonly string[]): SavedMapping {
  const columns = Object.fromEntries(Object.entries(mapping.columns).map(([field, column]) => [field, headers[column] ?? '']))
  return {
    headers: [...headers],
    columns,
    dates: mapping.dates,
    decimal: mapping.decimal,
    source: mapping.source,
    options: mapping.options,
  }
}
