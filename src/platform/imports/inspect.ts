import { refuse } from '../refusal.ts'
import type { ByteSource } from '../tabular/byte-source.ts'
import { chooseDateForm, type DateFormChoice } from '../tabular/cell-date.ts'
import { chooseSeparator, type SeparatorChoice } from '../tabular/cell-decimal.ts'
import { type Recognition, recogniseColumns } from '../tabular/columns.ts'
import { type Inspection, inspectTable, type TableLayout } from '../tabular/read-table.ts'
import type { ImportMapping, SavedMapping } from './api.ts'
import type { Importer } from './importer.ts'
import { applySaved, optionsOf } from './mapping.ts'

export interface FileInspection extends Inspection {
  readonly recognised: readonly Recognition[]
  readonly dates: DateFormChoice
  readonly decimal: SeparatorChoice
  readonly suggested: ImportMapping
  /** The name of the saved mapping that `suggested` is, where one fits the header. */
  readonly savedAs: string | null
}

/** Looks at the beginning of a file and says how it would be read: rows, columns, date form, decimal sign. */
export async function inspectFile(
  source: ByteSource,
  importer: Importer,
  saved: readonly { readonly name: string; readonly mapping: SavedMapping }[],
  /** What a person has decided: parts of the layout, a saved mapping to use. */
  said: { readonly fixed?: Partial<TableLayout>; readonly saved?: string } = {},
): Promise<FileInspection> {
  const inspection = await inspectTable(source, said.fixed)
  const { headers, samples, layout } = inspection
  const specs = importer.fields.map((field) => ({
    name: field.name,
    kind: field.kind,
    synonyms: [field.name, ...field.synonyms],
    ...(field.required ? { required: true } : {}),
    ...(field.exact ? { exact: true } : {}),
  }))
  const recognised = recogniseColumns(headers, samples, specs)
  const columns = Object.fromEntries(recognised.map(({ field, column }) => [field, column]))
  const cellsOf = (kinds: readonly string[]) =>
    importer.fields
      .filter((field) => kinds.includes(field.kind) && columns[field.name] !== undefined)
      .flatMap((field) => samples.map((row) => row[columns[field.name]!] ?? ''))
  const dates = chooseDateForm(cellsOf(['date']))
  const decimal = chooseSeparator(cellsOf(['amount', 'quantity']))
  const guess: ImportMapping = {
    layout: layout as ImportMapping['layout'],
    columns,
    dates: dates.form,
    decimal: decimal.separator,
    source: 'file',
    options: optionsOf(importer, {}),
  }
  for (const { name, mapping } of saved) {
    const wanted = said.saved === undefined ? sameHeaders(mapping.headers, headers) : name === said.saved
    const applied = wanted ? applySaved(mapping, headers, guess.layout) : undefined
    if (applied) return { ...inspection, recognised, dates, decimal, suggested: applied, savedAs: name }
  }
  if (said.saved !== undefined)
    throw refuse('invalid', 'mapping-does-not-fit', `The mapping '${said.saved}' names columns that this file does not have`)
  return { ...inspection, recognised, dates, decimal, suggested: guess, savedAs: null }
}

const sameHeaders = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((header, i) => header === b[i])
