import { refuse } from '../refusal.ts'
import type { ImportMapping, SavedMapping } from './api.ts'
import type { Importer } from './importer.ts'

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

/** A mapping as it is kept under a name: its columns by their headers. */
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
