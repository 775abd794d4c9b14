import { Readable } from 'node:stream'
import yazl from 'yazl'
import type { Db } from '../database/connection.ts'
import { readFile } from '../files.ts'
import type { Language } from '../pages/language.ts'
import { type Cell, writeCsv } from '../tabular/csv-writer.ts'
import { exportedTables, exportRows } from './export.ts'
import { type ExportedFile, filesOf } from './export-files.ts'
import { type Naming, namingOf } from './export-names.ts'
import { type ExportWords, exportWords } from './export-words.ts'
import { type SubjectHouse, type SubjectTable, subjectTables } from './subject.ts'

export interface PersonToExport {
  /** The customer's id and those of archives that were merged into it. */
  readonly ids: readonly string[]
  readonly name: string
  readonly at: Date
  /** Of the headings for people. */
  readonly language: Language
}

/**
 * Everything about one person as a zip archive, piece by piece: `person.json` for programs, one CSV file per table, headed in words, the files that somebody attached, and `index.html` for people, which can be read
 * without anything else and says names where the tables have ids. One table or a piece of one file after the other is in memory.
 */
export async function* personArchive(db: Db, house: SubjectHouse, person: PersonToExport): AsyncGenerator<Buffer> {
  const tables = subjectTables(house)
  const files = await filesOf(db, house, person.ids)
  const zip = new yazl.ZipFile()
  const output = zip.outputStream as Readable
  const words = exportWords(person.language)
  // Entries are written one after the other: the database has one connection for all of them.
  const parts: readonly (readonly [string, () => AsyncGenerator<Uint8Array>])[] = [
    ['index.html', () => page(db, tables, files, namingOf(db, house), { ...person, words })],
    ['person.json', () => json(db, tables, person)],
    ...exportedTables(tables).map((table) => [`${table.table}.csv`, () => csv(db, table, { ...person, words })] as const),
    ...files.map(({ id, path }) => [path, () => readFile(db, id)] as const),
  ]
  for (const [name, content] of parts) zip.addReadStreamLazy(name, { mtime: person.at }, (take) => take(null, failing(content(), output)))
  zip.end()
  for await (const chunk of output) yield chunk as Buffer
}

/** yazl does not pass on errors of its inputs; the output must fail with them rather than wait for ever. */
function failing(content: AsyncGenerator<Uint8Array>, output: Readable): Readable {
  const source = Readable.from(content, { objectMode: false })
  source.once('error', (error) => output.destroy(error))
  return source
}

async function* json(db: Db, tables: readonly SubjectTable[], person: PersonToExport): AsyncGenerator<Buffer> {
  yield Buffer.from(`{"customerIds":${JSON.stringify(person.ids)},"exportedAt":${JSON.stringify(person.at)},"tables":{`)
  for (const [i, table] of exportedTables(tables).entries()) {
    yield Buffer.from(`${i === 0 ? '' : ','}\n${JSON.stringify(table.table)}:[`)
    let first = true
    for await (const rows of exportRows(db, table, person.ids)) {
      yield Buffer.from(`${first ? '' : ','}\n${rows.map((row) => JSON.stringify(row)).join(',\n')}`)
      first = false
    }
    yield Buffer.from(']')
  }
  yield Buffer.from('}}\n')
}

interface InWords extends PersonToExport {
  readonly words: ExportWords
}

async function* csv(db: Db, table: SubjectTable, person: InWords): AsyncGenerator<Buffer> {
  yield* writeCsv(lines(db, table, person))
}

async function* lines(db: Db, table: SubjectTable, { ids, words }: InWords): AsyncGenerator<readonly Cell[]> {
  let columns: readonly string[] = []
  for await (const rows of exportRows(db, table, ids)) {
    if (columns.length === 0) {
      columns = Object.keys(rows[0]!)
      yield columns.map(words.column)
    }
    for (const row of rows) yield columns.map((column) => cellOf(row[column]))
  }
}

const cellOf = (value: unknown): Cell =>
  value === null || value === undefined ? null : typeof value === 'number' || typeof value === 'boolean' ? value : textOf(value)
const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

async function* page(
  db: Db,
  tables: readonly SubjectTable[],
  files: readonly ExportedFile[],
  naming: Naming,
  { ids, name, at, words }: InWords,
): AsyncGenerator<Buffer> {
  yield Buffer.from(`<!doctype html><html lang="${words.language}"><head><meta charset="utf-8"><title>${escaped(name)}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><style>${style}</style></head><body>
<h1>${escaped(name)}</h1><p>${escaped(words.page.about)}</p>
<p>${escaped(words.page.exportedAt)}: ${escaped(at.toISOString())} · ${escaped(words.page.numbers)}: ${ids.map(escaped).join(', ')}</p>`)
  for (const table of exportedTables(tables)) {
    let columns: readonly string[] = []
    for await (const rows of exportRows(db, table, ids)) {
      if (columns.length === 0) {
        columns = Object.keys(rows[0]!)
        yield Buffer.from(
          `<h2>${escaped(words.table(table.table))}</h2><div><table><thead><tr>${columns.map((column) => `<th>${escaped(words.column(column))}</th>`).join('')}</tr></thead><tbody>`,
        )
      }
      const inWords = await naming(rows.map((row) => columns.map((column) => (row[column] === null ? '' : textOf(row[column])))))
      yield Buffer.from(inWords.map(htmlRow).join(''))
    }
    if (columns.length > 0) yield Buffer.from('</tbody></table></div>')
  }
  if (files.length > 0)
    yield Buffer.from(
      `<h2>${escaped(words.page.files)}</h2><ul>${files.map(({ path, name }) => `<li><a href="${path.split('/').map(encodeURIComponent).join('/')}">${escaped(name)}</a></li>`).join('')}</ul>`,
    )
  yield Buffer.from('</body></html>\n')
}

const htmlRow = (cells: readonly string[]) => `<tr>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`
const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => signs[sign]!)
const style =
  'body{font:15px/1.5 system-ui,sans-serif;margin:2rem;color:#1c2733}h2{margin-top:2rem;font-size:1.1rem}div{overflow-x:auto}table{border-collapse:collapse}th,td{border:1px solid #d5dce3;padding:.3rem .5rem;text-align:start;vertical-align:top;white-space:pre-wrap}th{background:#f2f5f8}'
