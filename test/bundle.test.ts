import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Script } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

/** Limits in bytes after gzip, a kilobyte being 1000. `words`: what the first page speaks with, in one language; `moduleWords`: what one module adds when it is first opened. */
const limits = { shell: 480_000, charts: 230_000, screen: 60_000, words: 78_000, moduleWords: 50_000, light: 25_000, widget: 6_000 }

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
  // The next file of this worker loads React as tests need it.
  vi.unstubAllEnvs()
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

describe.each(['en', 'zh-CN', 'zh-TW'])('words in %s', (language) => {
  const spoken = () =>
    new Map(
      readdirSync(join(out, 'assets')).flatMap((name) => {
        const module = new RegExp(`^words-([a-z]+)-${language}-[\\w-]{8}\\.js$`).exec(name)?.[1]
        return module ? [[module, gzipped(join('assets', name))] as const] : []
      }),
    )
  test('are one file for each module, and one with what is needed first', () => {
    const modules = ['modules', 'platform'].flatMap((part) => globSync(`*/texts/${language}.json`, { cwd: join(root, 'src', part) }))
    // Pages for customers are spoken by the server; the shell's words and the labels of all modules are the first file.
    const expected = [...modules.map((path) => path.split(/[\\/]/)[0]).filter((name) => name !== 'pages'), 'seeds', 'first']
    expect([...spoken().keys()].sort()).toEqual(expected.sort())
  })
  test('come with their module, within its limit', () => {
    expect([...spoken()].filter(([, size]) => size > limits.moduleWords).map(([name, size]) => `${name}: ${kilobytes(size)}`)).toEqual([])
  })
  test('of the first page stay within their limit: the shell, the home page and what every module shows there', () => {
    const atHome = ['modules', 'platform'].flatMap((part) =>
      globSync('*/screens/*.ts', { cwd: join(root, 'src', part) })
        .filter((path) => /slot: 'home'|path: '\/'/.test(readFileSync(join(root, 'src', part, path), 'utf8')))
        .map((path) => path.split(/[\\/]/)[0] ?? ''),
    )
    expect(atHome).toContain('insight')
    const size = ['first', ...new Set(atHome)].reduce((sum, name) => sum + (spoken().get(name) ?? Number.NaN), 0)
    expect(size, `words of the first page: ${kilobytes(size)}`).toBeLessThanOrEqual(limits.words)
    // Less would mean that the labels of the modules are not in the first file.
    expect(spoken().get('first')).toBeGreaterThan(4_000)
  })
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

describe('what pages for customers load', () => {
  const light = 'src/light/light.ts'
  const widget = 'src/light/widget.ts'
  test('stays within its limit, styles and scripts together, and shares with the product only how events are heard', () => {
    const files = closure(light)
    expect([...files].filter((key) => !/^_listen-/.test(key))).toEqual([light])
    const size = weigh(files)
    expect(size, `pages for customers: ${kilobytes(size)}`).toBeLessThanOrEqual(limits.light)
    expect(size).toBeGreaterThan(2_000)
    expect(manifest[light]?.css).toHaveLength(1)
  })
  test('on other sites is one small script that any page can run and that leaves no names behind', () => {
    expect([...closure(widget)]).toEqual([widget])
    const text = readFileSync(join(out, manifest[widget]?.file ?? ''), 'utf8')
    const size = gzipped(manifest[widget]?.file ?? '')
    expect(size, `widget: ${kilobytes(size)}`).toBeLessThanOrEqual(limits.widget)
    // A script and no module: nothing is imported, and everything stands within one function.
    expect(() => new Script(text)).not.toThrow()
    expect(text.trim()).toMatch(/^[;(!]/)
  })
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

/** Of which module a screen is. */
const homeOf = (screen: string) => /^src\/((?:modules|platform)\/[\w-]+)\//.exec(screen)?.[1] ?? ''

/** What screens of at least two modules need and the first load does not bring. What only the screens of one module share is their own: whoever never opens them never fetches it. */
function shared(): Set<string> {
  const users = new Map<string, Set<string>>()
  for (const screen of screens())
    for (const key of without(closure(screen), shell(), charts(), new Set(screens())))
      users.set(key, (users.get(key) ?? new Set()).add(homeOf(screen)))
  return new Set([...users].filter(([, homes]) => homes.size > 1).map(([key]) => key))
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
