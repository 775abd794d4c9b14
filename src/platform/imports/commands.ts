import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Command, CommandShell } from '../command.ts'
import { storeFile, uploadMediaType } from '../files.ts'
import { timeOrderedId } from '../identifier.ts'
import { refuse } from '../refusal.ts'
import { fileSource } from '../tabular/byte-source.ts'
import { importersOf, requestImport } from './actions.ts'
import { type ImportMapping, savedMapping } from './api.ts'
import { type ImportInput, type ImportResult, importerOf, readable, withFurtherFields } from './import-run.ts'
import type { Importer } from './importer.ts'
import { type FileInspection, inspectFile } from './inspect.ts'
import { applySaved, checkMapping } from './mapping.ts'
import { savedMappings } from './store.ts'

const importCommand: Command = {
  name: 'import',
  usage: 'import customers|orders|products|rates|spend FILE [--source NAME] [--mapping NAME|FILE] [--dry-run] [--json]',
  summary: 'Imports a CSV (also .gz) or XLSX file. Without --mapping its columns are recognised by their headers; --dry-run only counts.',
  async run(shell, args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { source: { type: 'string' }, mapping: { type: 'string' }, 'dry-run': { type: 'boolean' } },
    })
    const [kind, file, ...rest] = positionals
    if (kind === undefined || file === undefined || rest.length > 0)
      throw refuse('invalid', 'bad-arguments', 'Name what is imported and one file: import orders FILE')
    const importer = await shell.transaction(async (context) => withFurtherFields(context.db, importerOf(importersOf(context), kind)))
    const path = resolve(file)
    if (!(await stat(path).catch(() => null))?.isFile()) throw refuse('missing', 'no-such-file', `There is no file ${path}`)
    const { inspection, mapping } = await mappingFor(shell, importer, path, values.mapping)
    const source = values.source ?? mapping.source
    if (source === 'hand' || source.trim() === '' || source.length > 60)
      throw refuse('invalid', 'bad-source', `'${source}' cannot be the name of a source`)
    sayColumns(shell, inspection, mapping)
    checkMapping(importer, mapping, inspection.headers.length)
    const input: ImportInput = {
      importer: kind,
      file: await fileFor(shell, path),
      mapping: { ...mapping, source: source.trim() },
      dryRun: values['dry-run'] ?? false,
    }
    const { id } = await shell.transaction((context) => requestImport(context, input))
    const run = await shell.follow(id)
    const result = run.result as ImportResult
    shell.result({ id, ...result })
    sayResult(shell, result, id)
  },
}

export const importsCommands: readonly Command[] = [importCommand]

/** The columns as they are recognised, as a mapping saved by name has them, or as a file in JSON says. */
async function mappingFor(
  shell: CommandShell,
  importer: Importer,
  path: string,
  asked: string | undefined,
): Promise<{ inspection: FileInspection; mapping: ImportMapping }> {
  const source = await fileSource(path)
  const saved = await savedMappings(shell.database.db, importer.kind)
  const byName = asked !== undefined && saved.some(({ name }) => name === asked)
  const inspection = await readable(() => inspectFile(source, importer, saved, byName ? { saved: asked } : {}))
  if (asked === undefined || byName) return { inspection, mapping: inspection.suggested }
  const text = await readFile(asked, 'utf8').catch(() => null)
  if (text === null) throw refuse('missing', 'no-such-mapping', `There is neither a saved mapping nor a file named '${asked}'`)
  return { inspection, mapping: mappingOf(text, asked, inspection) }
}

/** A mapping in a file names columns by their headers and may leave out whatever inspection finds by itself. */
function mappingOf(text: string, name: string, { suggested, headers }: FileInspection): ImportMapping {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    throw refuse('invalid', 'bad-mapping', `${name} is not JSON`)
  }
  const parsed = savedMapping.partial().safeParse(given)
  if (!parsed.success)
    throw refuse('invalid', 'bad-mapping', `${name}: ${parsed.error.issues[0]!.path.join('.')} ${parsed.error.issues[0]!.message}`)
  const { columns, ...others } = parsed.data
  const kept = Object.fromEntries(Object.entries(others).filter(([key, value]) => key !== 'headers' && value !== undefined))
  const whole = { ...suggested, ...kept } as ImportMapping
  if (!columns) return whole
  const applied = applySaved({ ...whole, headers: [...headers], columns }, headers, suggested.layout)
  const missing = Object.values(columns).find((header) => !headers.includes(header))
  if (!applied) throw refuse('invalid', 'mapping-does-not-fit', `The file has no column '${missing}', which ${name} names`)
  return applied
}

/** The private server's workers run on this machine and read the file where it lies; for workers elsewhere it is stored first. */
async function fileFor(shell: CommandShell, path: string): Promise<ImportInput['file']> {
  const name = basename(path)
  if (shell.configuration.databaseUrl === null) return { kind: 'path', path, name }
  const now = shell.now()
  const file = {
    id: timeOrderedId(now),
    name,
    mediaType: uploadMediaType,
    createdBy: 'operator',
    now,
    limit: Number.MAX_SAFE_INTEGER,
  }
  const stored = await storeFile(shell.database.db, file, createReadStream(path))
  return { kind: 'stored', id: stored.id, name }
}

function sayColumns(shell: CommandShell, { headers, layout }: FileInspection, mapping: ImportMapping): void {
  const form =
    layout.kind === 'csv'
      ? `${layout.encoding === 'undecided' ? 'plain ASCII' : layout.encoding}, '${layout.delimiter}'`
      : `sheet ${layout.sheet}`
  shell.say(`Reading (${form}), dates ${mapping.dates.order}, decimal sign '${mapping.decimal}':`)
  for (const [field, column] of Object.entries(mapping.columns)) shell.say(`  ${field} ← ${headers[column] || `column ${column + 1}`}`)
}

function sayResult(shell: CommandShell, result: ImportResult, id: string): void {
  const number = (value: number) => value.toLocaleString('en')
  shell.say(`${result.dryRun ? 'A dry run, nothing was changed. ' : ''}${number(result.rows)} rows, ${number(result.rejected)} rejected.`)
  for (const [name, count] of Object.entries(result.counts)) if (count !== 0) shell.say(`  ${name}: ${number(count)}`)
  if (result.days) shell.say(`  days: ${result.days.from} to ${result.days.to}`)
  for (const { line, field, detail } of result.problems.slice(0, 5)) shell.say(`  line ${line}${field ? `, ${field}` : ''}: ${detail}`)
  for (const { line, field, detail } of result.notes?.first.slice(0, 5) ?? [])
    shell.say(`  line ${line} is in${field ? `, without its ${field}` : ''}: ${detail}`)
  if (result.rejected > 0 && !result.dryRun)
    shell.say(`  The rejected rows are kept with their reasons: /import/history on the pages, or GET /api/v1/imports/${id}/rejects.`)
}
