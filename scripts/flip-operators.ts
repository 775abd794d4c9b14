/**
 * Proves that the tests of the formulas can fail: flips one operator at a time in a copy of `src/numerics`, `src/modules/value/domain` and
 * `src/modules/cases/domain/figures`, runs the test file that should notice, and ends with exit code 1 when a flip survives, a snippet is no longer found
 * exactly once, or the unchanged copy does not pass.
 *
 * All copies are tested in one run of vitest, without the folder of real data, so the golden numbers in the tests and simulated customers must be enough.
 * Usage: node scripts/flip-operators.ts
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, sep } from 'node:path'
import { type Flip, flips } from './flips.ts'

interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly { readonly status: string }[]
  }[]
}

const root = join(import.meta.dirname, '..')
const copied = [
  'package.json',
  'src/numerics',
  'src/modules/value/domain',
  'src/modules/cases/domain',
  'src/modules/orders/domain',
  'src/modules/customers/domain',
  'test/value-fixtures.ts',
]
const started = performance.now()
const folder = mkdtempSync(join(tmpdir(), 'flips-'))
try {
  process.exitCode = run(folder)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function run(into: string): number {
  const problems: string[] = []
  symlinkSync(join(root, 'node_modules'), join(into, 'node_modules'), 'dir')
  const tests = [...new Set(flips.map((flip) => flip.test))]
  const files = tests.map((test) => copyInto(join(into, 'unchanged'), test))
  flips.forEach((flip, i) => {
    const copy = join(into, nameOf(i))
    files.push(copyInto(copy, flip.test))
    const problem = apply(copy, flip)
    if (problem) problems.push(problem)
  })
  if (problems.length > 0) return fail(problems)
  const results = testAll(into, files)
  const survivors: string[] = []
  for (const test of tests) if (results.get(`unchanged/${test}`) !== 'passed') problems.push(`unchanged: ${test} does not pass`)
  flips.forEach((flip, i) => {
    const status = results.get(`${nameOf(i)}/${flip.test}`) ?? 'not run'
    const seen = status === 'failed'
    if (!seen) survivors.push(`${flip.file}: ${flip.from} → ${flip.to} (${status})`)
    process.stdout.write(`${seen ? 'seen    ' : 'SURVIVED'}  ${shortName(flip.file).padEnd(34)} ${flip.from}  →  ${flip.to}\n`)
  })
  process.stdout.write(
    `\n${flips.length - survivors.length} of ${flips.length} flips seen in ${Math.round((performance.now() - started) / 1000)} s\n`,
  )
  return fail([...problems, ...survivors])
}

function nameOf(i: number): string {
  return `flip-${String(i + 1).padStart(2, '0')}`
}

function shortName(file: string): string {
  return file.replace(/src\/modules\/(value|cases)\/domain\//, '').replace('src/', '')
}

function fail(problems: readonly string[]): number {
  for (const problem of problems) process.stderr.write(`${problem}\n`)
  return problems.length > 0 ? 1 : 0
}

/** Copies the sources; the test file's path in the copy. Other tests are left behind. */
function copyInto(target: string, test: string): string {
  mkdirSync(target, { recursive: true })
  for (const path of copied) {
    cpSync(join(root, path), join(target, path), { recursive: true, filter: (from) => !from.endsWith('.test.ts') })
  }
  cpSync(join(root, test), join(target, test))
  return join(target, test)
}

function apply(copy: string, flip: Flip): string | null {
  const path = join(copy, flip.file)
  const source = readFileSync(path, 'utf8')
  const found = source.split(flip.from).length - 1
  if (found !== 1) return `${flip.file}: "${flip.from}" is there ${found} times instead of once`
  writeFileSync(
    path,
    source.replace(flip.from, () => flip.to),
  )
  return null
}

/** Status per test file, by its path below the folder. */
function testAll(into: string, files: readonly string[]): Map<string, string> {
  const output = join(into, 'report.json')
  // Whoever looks for a counterexample here wants to know that there is one, not the smallest.
  writeFileSync(join(into, 'setup.ts'), "import fc from 'fast-check'\nfc.configureGlobal({ seed: 20260101, endOnFailure: true })\n")
  // Each copy has modules of its own, so what all of them share is loaded once.
  const test = { include: ['**/*.test.ts'], setupFiles: ['setup.ts'], isolate: false, testTimeout: 30_000 }
  writeFileSync(join(into, 'vitest.config.ts'), `export default ${JSON.stringify({ test })}\n`)
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  spawnSync(process.execPath, [vitest, 'run', '--root', into, '--reporter=json', `--outputFile=${output}`, ...new Set(files)], {
    cwd: into,
    env: { ...process.env, PATRON_FIXTURES: join(into, 'no-fixtures') },
    stdio: ['ignore', 'ignore', 'ignore'],
    timeout: 900_000,
  })
  const report = JSON.parse(readFileSync(output, 'utf8')) as Report
  return new Map(report.testResults.map((file) => [relative(into, file.name).split(sep).join('/'), statusOf(file)]))
}

/** A file that passes without a single test having run proves nothing. */
function statusOf(file: Report['testResults'][number]): string {
  if (file.status !== 'passed') return 'failed'
  return file.assertionResults.some((test) => test.status === 'passed') ? 'passed' : 'empty'
}
