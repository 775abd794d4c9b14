/**
 * Everything that proves the product: types, form, tests, and that the tests of the formulas notice a flipped operator; with words, the test files whose path has one of them and nothing else. Ends with one
 * line, `N passed, N failed`.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

/** What vitest writes about a run, as far as it is counted here. */
interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly { readonly status: string }[] }[]
}

const checks = [
  ['Types of the server', ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json']],
  ['Types of the browser part', ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.web.json']],
  ['Form', ['node_modules/@biomejs/biome/bin/biome', 'check', '--diagnostic-level=warn']],
] as const

let failed = 0
const filters = process.argv.slice(2)
// Side by side: each keeps one processor busy.
await Promise.all(
  (filters.length === 0 ? checks : []).map(async ([name, words]) => {
    const good = (await run(words)) === 0
    console.log(`${good ? '✓' : '✗'} ${name}`)
    if (!good) failed++
  }),
)
const tests = await runTests(filters)
if (filters.length === 0) {
  const noticed = (await run(['scripts/flip-operators.ts'])) === 0
  console.log(`${noticed ? '✓' : '✗'} Flipped operators are noticed`)
  if (!noticed) failed++
}
console.log(`${tests.passed} passed, ${tests.failed + failed} failed`)
process.exitCode = tests.failed + failed === 0 ? 0 : 1

async function runTests(filters: readonly string[]): Promise<{ passed: number; failed: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'patron-report-'))
  try {
    const file = join(folder, 'report.json')
    const code = await run([
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
      ...filters,
    ])
    const report: Report | null = await readFile(file, 'utf8').then(JSON.parse, () => null)
    if (report === null) return { passed: 0, failed: 1 }
    // A file that cannot even be loaded has no failed test in it, and must not pass for that; nor may a failure outside of all tests.
    const broken = report.testResults.filter(
      (result) => result.status === 'failed' && result.assertionResults.every((test) => test.status !== 'failed'),
    )
    const counted = report.numFailedTests + broken.length
    return { passed: report.numPassedTests, failed: code !== 0 && counted === 0 ? 1 : counted }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function run(words: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...words], { cwd: root, stdio: 'inherit' })
    child.once('error', () => resolve(1))
    child.once('close', (code) => resolve(code ?? 1))
  })
}
