/**
 * Writes what the migrations make: the tables as TypeScript types (src/platform/database/tables.gen.ts) and as one readable file (db/schema.sql).
 * `--check` writes nothing and fails where the files are stale.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startScratchServer, testDatabase } from '#platform/database/testing.ts'
import { type Catalog, readCatalog, type Table } from './catalog.ts'

const root = join(import.meta.dirname, '..')

/** The generated files by their path in the repository, from a migrated database. */
export function generatedFiles(catalog: Catalog): ReadonlyMap<string, string> {
  return new Map([
    ['src/platform/database/tables.gen.ts', tableTypes(catalog.tables)],
    ['db/schema.sql', schemaText(catalog)],
  ])
}

/** Paths of generated files that differ from what the migrations make. */
export async function staleFiles(catalog: Catalog): Promise<readonly string[]> {
  const stale: string[] = []
  for (const [path, text] of generatedFiles(catalog)) {
    if ((await readFile(join(root, path), 'utf8').catch(() => '')).replaceAll('\r\n', '\n') !== text) stale.push(path)
  }
  return stale
}

function tableTypes(tables: readonly Table[]): string {
  const interfaces = tables.map((table) => {
    const columns = table.columns.map((column) => `  ${column.name}: ${columnType(column)}\n`)
    return `export interface ${typeName(table)} {\n${columns.join('')}}\n`
  })
  const entries = tables.map((table) => `  '${table.schema}.${table.name}': ${typeName(table)}\n`)
  return `${TYPES_HEAD}\n${interfaces.join('\n')}\nexport interface DB {\n${entries.join('')}}\n`
}

function columnType(column: Table['columns'][number]): string {
  const array = column.type.endsWith('[]')
  const name = column.type.replace(/\[\]$/, '').replace(/\(.*\)/, '')
  const element = scalars.get(name)
  if (element === undefined)
    throw new Error(`No TypeScript type is known for the database type ${name}; add it to scripts/generate-tables.ts.`)
  const type = array ? (element === 'Numeric' ? 'string[]' : element === 'Instant' ? 'Date[]' : `${element}[]`) : element
  const nullable = column.required ? type : `${type} | null`
  if (column.computed) return `GeneratedAlways<${nullable}>`
  return column.filled ? `Generated<${nullable}>` : nullable
}

const scalars = new Map([
  ...['text', 'uuid', 'character varying', 'character', 'date', 'inet', 'time without time zone', 'interval', 'tsvector'].map(
    (name) => [name, 'string'] as const,
  ),
  ...['smallint', 'integer', 'bigint', 'real', 'double precision'].map((name) => [name, 'number'] as const),
  ['boolean', 'boolean'],
  ['bytea', 'Buffer'],
  // The number of a transaction, as text.
  ['xid8', 'string'],
  ['jsonb', 'Json'],
  ['numeric', 'Numeric'],
  ['timestamp with time zone', 'Instant'],
])

const typeName = (table: Table): string =>
  `${table.schema}_${table.name}`.replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

const TYPES_HEAD = `// Written by scripts/generate-tables.ts from the migrated database. Do not edit.
import type { ColumnType } from 'kysely'

/** What a jsonb column may hold. */
export type JsonValue = string | number | boolean | null | { [key: string]: JsonValue | undefined } | JsonValue[]
/** jsonb is written as its text, because the driver would send a JavaScript array as a PostgreSQL array. */
export type Json = ColumnType<JsonValue, string, string>
export type Numeric = ColumnType<string, string | number, string | number>
export type Instant = ColumnType<Date, Date | string, Date | string>
/** Filled by the database where it is not given. */
export type Generated<T> = T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>
/** Always filled by the database. */
export type GeneratedAlways<T> = T extends ColumnType<infer S, unknown, unknown> ? ColumnType<S, never, never> : ColumnType<T, never, never>
`

function schemaText(catalog: Catalog): string {
  const tables = catalog.tables.map((table) => {
    const width = Math.max(...table.columns.map((column) => column.name.length))
    const lines = [
      ...table.columns.map((column) => `  ${column.name.padEnd(width)} ${column.definition}`),
      ...table.constraints.map((constraint) => `  constraint ${constraint.name} ${constraint.definition}`),
    ]
    const kind = table.kind === 'view' ? '-- a view, with these columns:\n' : ''
    const indexes = table.indexes.map((index) => `${index};\n`).join('')
    return `${kind}create table ${table.schema}.${table.name} (\n${lines.join(',\n')}\n);\n${indexes}`
  })
  const functions = catalog.functions.map((definition) => `${definition.trim()};\n`)
  return `-- Written by scripts/generate-tables.ts from the migrated database, to be read and reviewed. Do not edit, do not run.\n\n${[...functions, ...tables].join('\n')}`
}

if (import.meta.main) {
  const server = await startScratchServer()
  try {
    const database = await testDatabase({ server: server.url })
    const catalog = await readCatalog(database.db)
    const stale = await staleFiles(catalog)
    await database.close()
    if (process.argv.includes('--check')) {
      for (const path of stale) console.error(`${path} is stale: run node scripts/generate-tables.ts.`)
      process.exitCode = stale.length === 0 ? 0 : 1
    } else {
      for (const [path, text] of generatedFiles(catalog)) await writeFile(join(root, path), text)
      console.log(stale.length === 0 ? 'Nothing has changed.' : `Written: ${stale.join(', ')}.`)
    }
  } finally {
    await server.stop()
  }
}
