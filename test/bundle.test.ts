import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

/** Limits in bytes after gzip, a kilobyte being 1000. */
const limits = { shell: 480_000, charts: 230_000, screen: 60_000, words: 60_000 }

interface Chunk {
  readonly file: string
  readonly css?: readonly string[]
  readonly imports?: readonly string[]
  readonly dynamicImports?: readonly string[]
}

const root = join(import.meta.dirname, '..')
const out = mkdtempSync(join(tmpdir(), 'patron-bundle-'))
let manifest: Readonly<Record<string, Chunk>> = {}

beforeAll(async () => {
  // The test runner says `test` here, and React would come in its larger form for developers.
  vi.stubEnv('NODE_ENV', 'production')
  await build({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'error', build: { outDir: out, emptyOutDir: true } })
  manifest = JSON.parse(readFileSync(join(out, '.vite', 'manifest.json'), 'utf8'))
}, 180_000)
afterAll(() => rmSync(out, { recursive: true, force: true }))

test('shell and shared components stay within their limit', () => {
  const size = weigh(new Set([...shell(), ...shared()]))
  expect(size, `shell and shared components: ${kilobytes(size)}`).toBeLessThanOrEqual(limits.shell)
  // Less than this would mean that the measure has lost its object.
  expect(size).toBeGreaterThan(100_000)
})

test('charts stay within their limit with the first chart', () => {
  const charts = Object.keys(manifest).filter((key) => key.endsWith('src/ui/chart-canvas.tsx'))
  const size = weigh(without(new Set(charts.flatMap((key) => [...closure(key)])), shell(), shared()))
  expect(size, `charts: ${kilobytes(size)}`).toBeLessThanOrEqual(limits.charts)
})

test('the own code of every screen and panel stays within its limit', () => {
  const sizes = screens().map((key) => ({ key, size: weigh(without(closure(key), shell(), shared(), charts())) }))
  expect(sizes.filter(({ size }) => size > limits.screen).map(({ key, size }) => `${key}: ${kilobytes(size)}`)).toEqual([])
})

test('the words of one language stay within their limit, and are one file', () => {
  for (const language of ['en', 'zh-CN', 'zh-TW']) {
    const files = readdirSync(join(out, 'assets')).filter((name) => name.startsWith(`words-${language}-`) && name.endsWith('.js'))
    expect(files).toHaveLength(1)
    expect(gzipped(join('assets', files[0] ?? '')), language).toBeLessThanOrEqual(limits.words)
  }
})

test('charts, screens and words are not part of the first load', () => {
  const first = [...shell()].map((key) => manifest[key]?.file ?? '')
  expect(first.filter((file) => /charts-|words-/.test(file))).toEqual([])
  expect([...shell()].filter((key) => screens().includes(key))).toEqual([])
})

test('the page keeps to the security policy: every script is a file of its own', () => {
  const page = readFileSync(join(out, 'index.html'), 'utf8')
  const scripts = page.match(/<script[^>]*>[^<]*/g) ?? []
  expect(scripts.length).toBeGreaterThan(0)
  for (const script of scripts) expect(script).toMatch(/^<script [^>]*src="\/assets\/[^"]+"[^>]*>\s*$/)
  expect(page).not.toMatch(/\b(?:src|href)="(?:https?:)?\/\//)
})

test('web.tsx lists every module that has screens', () => {
  const listed = readFileSync(join(root, 'src/web.tsx'), 'utf8')
  const folders = ['modules', 'platform'].flatMap((part) =>
    readdirSync(join(root, 'src', part), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(join(root, 'src', part, entry.name, 'screens', 'index.ts')))
      .map((entry) => `#${part}/${entry.name}/screens/index.ts`),
  )
  expect(folders.filter((folder) => !listed.includes(`'${folder}'`))).toEqual([])
})

/** A chunk and everything that it cannot run without. */
function closure(key: string, into = new Set<string>()): Set<string> {
  if (into.has(key)) return into
  into.add(key)
  for (const next of manifest[key]?.imports ?? []) closure(next, into)
  return into
}
const shell = () => closure('index.html')
const screens = () => Object.keys(manifest).filter((key) => /^src\/(modules|platform)\/[\w-]+\/screens\//.test(key))
const charts = () => new Set(Object.keys(manifest).filter((key) => /charts/.test(manifest[key]?.file ?? '')))

/** What at least two screens need and the first load does not bring. */
function shared(): Set<string> {
  const users = new Map<string, number>()
  for (const screen of screens())
    for (const key of without(closure(screen), shell(), charts(), new Set(screens()))) users.set(key, (users.get(key) ?? 0) + 1)
  return new Set([...users].filter(([, count]) => count > 1).map(([key]) => key))
}

const without = (all: ReadonlySet<string>, ...less: readonly ReadonlySet<string>[]) =>
  new Set([...all].filter((key) => !less.some((set) => set.has(key))))

const weigh = (keys: ReadonlySet<string>) => {
  const files = new Set(
    [...keys].flatMap((key) => [manifest[key]?.file ?? '', ...(manifest[key]?.css ?? [])]).filter((file) => /\.(js|css)$/.test(file)),
  )
  return [...files].reduce((sum, file) => sum + gzipped(file), 0)
}
const gzipped = (file: string) => gzipSync(readFileSync(join(out, file)), { level: 9 }).length
const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`
