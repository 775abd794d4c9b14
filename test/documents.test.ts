import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { inspectFile } from '#platform/imports/inspect.ts'
import { fileSource } from '#platform/tabular/byte-source.ts'
import { ownCommands } from '../src/command-line.ts'
import { modules } from '../src/modules.ts'

const documents = globSync(['*.md', 'docs/**/*.md'])
const text = (path: string) => readFileSync(path, 'utf8')

describe('links', () => {
  test.each(documents)('%s links only to what exists', (path) => {
    const targets = [...text(path).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map((m) => m[1]!).filter((target) => !/^[a-z]+:/.test(target))
    const missing = targets.filter((target) => !existsSync(join(dirname(path), target)))
    expect(missing).toEqual([])
  })
})

describe('the architecture page', () => {
  const page = text('ARCHITECTURE.md')
  test('names every module, and no folder that is not there', () => {
    for (const folder of globSync('src/modules/*')) expect(page).toContain(`${folder.split('/').at(-1)}/`)
    const named = [...page.matchAll(/^ {4}([a-z]+)\/ /gm)].map((m) => m[1]!)
    expect(named.filter((name) => !existsSync(join('src/modules', name)) && !existsSync(join('src/platform', name)))).toEqual([])
  })
})

describe('the guides', () => {
  const guides = ['docs/guide.en.md', 'docs/guide.zh-CN.md', 'docs/guide.zh-TW.md']
  const variables = [...text('src/platform/configuration.ts').matchAll(/^ {4}([A-Z][A-Z_]+): /gm)].map((m) => m[1]!)
  test('there are variables to document', () => expect(variables).toContain('DATABASE_URL'))
  test.each(guides)('%s names every variable of the configuration, and no other', (path) => {
    const named = [...text(path).matchAll(/`([A-Z][A-Z_]+)`/g)].map((m) => m[1]!)
    const inRows = [...text(path).matchAll(/^\| (`[A-Z_]+`[^|]*)\|/gm)].flatMap((m) =>
      [...m[1]!.matchAll(/`([A-Z_]+)`/g)].map((n) => n[1]!),
    )
    expect([...new Set(inRows)].sort()).toEqual([...new Set(variables)].sort())
    expect(named.length).toBeGreaterThan(0)
  })
  test('the three have the same headings in number and depth', () => {
    const shape = (path: string) => [...text(path).matchAll(/^(#+) /gm)].map((m) => m[1])
    expect(shape(guides[1]!)).toEqual(shape(guides[0]!))
    expect(shape(guides[2]!)).toEqual(shape(guides[0]!))
  })
})

test('every command that a document shows exists', () => {
  const names = new Set([
    ...modules.flatMap((m) => m.commands ?? []).map((c) => c.name.split(' ')[0]!),
    ...ownCommands.map(([usage]) => usage.split(' ')[0]!),
    'help',
  ])
  for (const path of documents)
    for (const [, name] of text(path).matchAll(/\.\/patron ([a-z]+)/g)) expect(names, `${path} shows ./patron ${name}`).toContain(name)
})

test('every decision record stands in the list', () => {
  const list = text('docs/decisions/README.md')
  for (const path of globSync('docs/decisions/0*.md')) expect(list).toContain(path.split('/').at(-1))
})

test('every kind of import has a template whose columns are all recognised', async () => {
  for (const importer of modules.flatMap((m) => m.importers ?? [])) {
    const { headers, suggested } = await inspectFile(await fileSource(`docs/templates/${importer.kind}.csv`), importer, [])
    const taken = new Set(Object.values(suggested.columns))
    expect(
      headers.filter((_, column) => !taken.has(column)),
      `${importer.kind}: columns that no field takes`,
    ).toEqual([])
    expect(
      importer.fields.filter((f) => f.required && suggested.columns[f.name] === undefined).map((f) => f.name),
      importer.kind,
    ).toEqual([])
  }
})

test('the project speaks of itself alone', () => {
  // Put together here so that this file does not name what it forbids.
  const forbidden = new RegExp([['\\.\\.', 'shared\\b'].join('/'), ['sub', 'agent'].join(''), ['farm', '-'].join('')].join('|'))
  const excused = new Set(['test/documents.test.ts'])
  const files = globSync(['*.md', 'docs/**/*', 'src/**/*.{ts,tsx}', 'seeds/**/*.ts', 'scripts/**/*', 'bench/**/*']).filter(
    (p) => /\.(md|ts|tsx|csv)$/.test(p) && !excused.has(p),
  )
  expect(files.filter((path) => forbidden.test(text(path).replaceAll(/PATRON_FIXTURES[^\n]*/g, '')))).toEqual([])
})
