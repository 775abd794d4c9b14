import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  foreignTables,
  importProblems,
  leansOn,
  lengthProblems,
  longFiles,
  moduleOf,
  purityProblems,
  type Source,
  strayQueries,
} from './architecture.ts'

const sources: Source[] = globSync(['src/**/*.{ts,tsx}', 'seeds/**/*.ts'])
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => !/\.(test|gen)\.tsx?$/.test(path))
  .map((path) => ({ path, text: readFileSync(path, 'utf8') }))

test('there is a house to look at', () => expect(sources.length).toBeGreaterThan(100))
test('every file imports only what its role may', () => expect(sources.flatMap(importProblems)).toEqual([]))
test('domain and numerics are pure', () => expect(sources.flatMap(purityProblems)).toEqual([]))
test('a store touches only its own tables', () => expect(sources.flatMap(foreignTables)).toEqual([]))
test('only stores ask the database', () => expect(sources.flatMap(strayQueries)).toEqual([]))
test('every file can be read in one sitting', () => expect(sources.flatMap(lengthProblems)).toEqual([]))
test('reasons for long files are still needed', () => {
  const long = sources.filter(({ text }) => text.split('\n').length > 301).map(({ path }) => path)
  expect(Object.keys(longFiles).filter((path) => !long.includes(path))).toEqual([])
})
test('the graph has no cycle and every module is in it', () => {
  const seen = new Set<string>()
  const visit = (module: string, path: readonly string[]): void => {
    expect(path, `${[...path, module].join(' → ')} is a cycle`).not.toContain(module)
    for (const next of leansOn[module] ?? []) visit(next, [...path, module])
    seen.add(module)
  }
  for (const module of Object.keys(leansOn)) visit(module, [])
  for (const { path } of sources) if (moduleOf(path)) expect(seen).toContain(moduleOf(path))
})
test('ARCHITECTURE.md prints the same graph', () => {
  const text = readFileSync('ARCHITECTURE.md', 'utf8')
  for (const module of new Set(sources.map(({ path }) => moduleOf(path)).filter((m) => m !== undefined))) {
    const line = `${module} → ${leansOn[module]!.join(', ') || 'nobody'}`
    expect(text, `ARCHITECTURE.md should say "${line}"`).toContain(line)
  }
})

describe('the rules bite', () => {
  const plant = (path: string, text: string) => ({ path, text })
  const everything = (s: Source) => [importProblems, purityProblems, foreignTables, strayQueries, lengthProblems].flatMap((rule) => rule(s))
  test.each([
    ["a domain that imports another module's public.ts", 'src/modules/value/domain/x.ts', "import { a } from '#modules/orders/public.ts'"],
    ['a domain on the domain of a module above it', 'src/modules/orders/domain/x.ts', "import { a } from '#modules/value/domain/rfm.ts'"],
    ['a domain that imports the platform', 'src/modules/value/domain/x.ts', "import { refuse } from '#platform/refusal.ts'"],
    ['a domain that reads the clock', 'src/modules/value/domain.ts', 'export const today = () => new Date()'],
    ['a domain that reads the clock another way', 'src/modules/value/domain.ts', 'export const t = Date.now()'],
    ['a domain that draws a random number', 'src/modules/value/domain/x.ts', 'export const r = () => Math.random()'],
    ['a domain that reads the environment', 'src/modules/value/domain/x.ts', 'export const e = process.env.HOME'],
    ['a domain that is async', 'src/modules/value/domain/x.ts', 'export async function f() {}'],
    ['a numeric that waits', 'src/numerics/x.ts', 'export const f = () => Promise.resolve(1)'],
    ['a dynamic import across modules', 'src/modules/value/actions.ts', "export const f = () => import('#modules/orders/public.ts')"],
    ['a side-effect import across modules', 'src/modules/value/actions.ts', "import '#modules/orders/public.ts'"],
    ['a relative way into another module', 'src/modules/value/actions.ts', "import { a } from '../orders/store.ts'"],
    ['SQL on a foreign schema in a builder call', 'src/modules/value/store.ts', "db.selectFrom('orders.purchase').selectAll()"],
    ['SQL on a foreign schema in a join', 'src/modules/value/store/a/b.ts', "q.innerJoin('customers.customer as c', 'c.id', 'x')"],
    ['SQL on a foreign schema in a template', 'src/modules/value/store/x.ts', 'sql`select 1 from customers.book`'],
    ['SQL on a foreign schema in a string', 'src/modules/value/store/x.ts', "client.query('select 1 from platform.run')"],
    ['a screen that imports a store', 'src/modules/value/screens/x.tsx', "import { a } from '../store.ts'"],
    ['a screen that imports the machine', 'src/modules/value/screens/x.tsx', "import fs from 'node:fs'"],
    ['an arrow against the graph', 'src/modules/orders/actions.ts', "import { a } from '#modules/value/public.ts'"],
    ['platform that knows a module', 'src/platform/x.ts', "import { a } from '#modules/orders/public.ts'"],
    ['a query in an action', 'src/modules/value/actions.ts', "export const f = (db) => db.selectFrom('value.spend')"],
    ['a role that nobody knows', 'src/modules/value/helpers.ts', "import { a } from './domain.ts'"],
    ['a file over 300 lines', 'src/modules/value/store.ts', '\n'.repeat(400)],
  ])('%s', (_what, path, text) => expect(everything(plant(path, text))).not.toEqual([]))

  test.each([
    [
      'a domain that uses the types of another module',
      'src/modules/value/domain/x.ts',
      "import type { A } from '#modules/orders/public.ts'",
    ],
    [
      'a domain on the domain of a module below it',
      'src/modules/value/domain/x.ts',
      "import { a } from '#modules/orders/domain/day-list.ts'",
    ],
    ['words in a comment', 'src/modules/value/domain/x.ts', '// never async, never Date.now()\nexport const a = 1'],
    ['an allowed arrow', 'src/modules/value/actions.ts', "import { a } from '#modules/orders/public.ts'"],
  ])('but not on %s', (_what, path, text) => expect(everything(plant(path, text))).toEqual([]))
})
