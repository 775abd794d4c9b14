/**
 * Everything that proves the product: types, form, tests, and that the tests of the formulas notice a flipped operator; with words, the test files whose path has one of them and nothing else. What
 * failed is said once more at the end, and then comes one line, `N passed, N failed`.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

const root = join(import.meta.dirname, '..')

/** What vitest writes about a run, as far as it is counted here. */
interface Report {
  readonly numPassedTests: number
  readonly testResults: readonly FileReport[]
}

interface FileReport {
  /** The file's whole path. */
  readonly name: string
  readonly status: string
  /** Why the file could not be loaded, or what failed outside of all its tests. */
  readonly message: string
  readonly assertionResults: readonly { readonly status: string; readonly fullName: string; readonly failureMessages: readonly string[] }[]
}

const checks = [
  ['Types of the server', ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json']],
  ['Types of the browser part', ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.web.json']],
  ['Form', ['node_modules/@biomejs/biome/bin/biome', 'check', '--diagnostic-level=warn']],
] as const

/** What failed, a short entry each; said once more at the end, because a log is read from there. */
const failures: string[] = []
const filters = process.argv.slice(2)
// Side by side: each keeps one processor busy.
await Promise.all(
  (filters.length === 0 ? checks : []).map(async ([name, words]) => {
    const good = (await run(words)) === 0
    tell(name, good)
  }),
)
const passed = await runTests(filters)
if (filters.length === 0) {
  const noticed = (await run(['scripts/flip-operators.ts'])) === 0
  tell('Flipped operators are noticed', noticed)
}
for (const failure of failures) console.log(failure)
console.log(`${passed} passed, ${failures.length} failed`)
process.exitCode = failures.length === 0 ? 0 : 1

function tell(name: string, good: boolean): void {
  console.log(`${good ? '✓' : '✗'} ${name}`)
  if (!good) failures.push(`✗ ${name}`)
}

/** Runs the tests; how many passed. */
async function runTests(filters: readonly string[]): Promise<number> {
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
    if (report === null) {
      failures.push('✗ The tests ended without a report')
      return 0
    }
    const found = report.testResults.flatMap(failuresOf)
    failures.push(...(found.length === 0 && code !== 0 ? [`✗ The tests ended with ${code}, though none of them failed`] : found))
    return report.numPassedTests
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What failed in one file. A file that cannot even be loaded has no failed test in it, and must not pass for that; nor may a failure outside of all tests. */
function failuresOf({ name, status, message, assertionResults }: FileReport): string[] {
  const file = relative(root, name)
  const start = (text: string) => text.split('\n').slice(0, 6).join('\n    ').slice(0, 600)
  const tests = assertionResults.filter((test) => test.status === 'failed')
  const outside = message !== '' || (status === 'failed' && tests.length === 0)
  return [
    ...(outside ? [`✗ ${file}\n    ${start(message || 'It failed outside of all its tests')}`] : []),
    ...tests.map((test) => `✗ ${file} > ${test.fullName}\n    ${start(test.failureMessages[0] ?? '')}`),
  ]
}

function run(words: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...words], { cwd: root, stdio: 'inherit' })
    child.once('error', () => resolve(1))
    child.once('close', (code) => resolve(code ?? 1))
  })
}
