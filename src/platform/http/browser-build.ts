import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, posix, sep } from 'node:path'
import { promisify } from 'node:util'

export interface BrowserBuild {
  /** The folder of the product itself, with `src/web.tsx`. */
  readonly root: string
  /** Where it is built when the product's folder may not be written to. */
  readonly dataFolder: string
  /** Told once, before the building begins. */
  say(line: string): void
  /** Ends the building when the product does not come up after all. */
  readonly stopping?: AbortSignal
}

const stampName = '.patron-inputs'
const productFolder = join(import.meta.dirname, '../../..')

/**
 * The folder with the browser part, built first where it is missing or was made from something else than what lies here now. The stamp is written last, so that a
 * build that was interrupted is done again. Times of files are not looked at: copying a folder changes them.
 */
export async function ensureBrowserBuilt(build: Omit<BrowserBuild, 'root'> & Partial<BrowserBuild>): Promise<string> {
  const root = build.root ?? productFolder
  const inputs = hashOfInputs(root)
  const own = join(root, 'dist')
  const folders = [own, join(build.dataFolder, 'dist')]
  const ready = folders.find((folder) => stampOf(folder) === inputs)
  if (ready) return ready
  const folder = mayWrite(root) ? own : folders[1]!
  build.say('Building the browser part (once) …')
  mkdirSync(folder, { recursive: true })
  rmSync(join(folder, stampName), { force: true })
  await runBuild(root, folder, build.stopping)
  writeFileSync(join(folder, stampName), inputs)
  return folder
}

/** In a process of its own, which gives its memory back when it has ended. The configuration is loaded as it is: bundling it would write into the product's folder. */
async function runBuild(root: string, folder: string, stopping: AbortSignal | undefined): Promise<void> {
  const vite = join(dirname(createRequire(join(root, 'package.json')).resolve('vite/package.json')), 'bin', 'vite.js')
  const words = [vite, 'build', '--configLoader', 'native', '--logLevel', 'error', '--outDir', folder, '--emptyOutDir']
  await promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', ...words], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1', FORCE_COLOR: '0' },
    maxBuffer: 1 << 26,
    ...(stopping ? { signal: stopping } : {}),
  }).catch((error: Error & { stderr?: string }) => {
    throw new Error(`The browser part could not be built: ${firstLines(error.stderr?.trim() || error.message)}`)
  })
}

/** What went wrong and where; the rest of a bundler's complaint is about itself. */
const firstLines = (text: string): string =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 12)
    .join('\n')

const stampOf = (folder: string): string | null =>
  existsSync(join(folder, 'index.html')) && existsSync(join(folder, stampName)) ? readFileSync(join(folder, stampName), 'utf8') : null

function mayWrite(root: string): boolean {
  const folder = existsSync(join(root, 'dist')) ? join(root, 'dist') : root
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** What the browser part is made of: the files that are reached from its entries, the words of all modules, and what builds them. */
export function hashOfInputs(root: string): string {
  const texts = globSync(['src/**/texts/*.json', 'seeds/texts/*.json'], { cwd: root }).map((path) => path.split(sep).join('/'))
  const files = new Set(['index.html', 'vite.config.ts', 'package-lock.json', ...texts])
  const hash = createHash('sha256')
  const open = ['src/web.tsx', 'src/light/light.ts', 'src/light/widget.ts']
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (files.has(path) || !existsSync(join(root, path))) continue
    files.add(path)
    if (/\.[mc]?tsx?$/.test(path)) open.push(...importsOf(path, readFileSync(join(root, path), 'utf8')))
  }
  for (const path of [...files].sort()) {
    if (!existsSync(join(root, path))) continue
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0')
  }
  return hash.digest('hex')
}

/** Files of the product that a file names in its imports, as paths from the root; packages are held by the lock file. */
function importsOf(path: string, text: string): string[] {
  const named = [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"]([#.][^'"]+)['"]/g)].map((match) => match[1] ?? '')
  return named.map((name) => {
    if (name.startsWith('#seeds/')) return name.slice(1)
    return name.startsWith('#') ? `src/${name.slice(1)}` : posix.join(posix.dirname(path), name)
  })
}
