import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ensureBrowserBuilt, hashOfInputs } from './browser-build.ts'

let root: string
let data: string
const said: string[] = []
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'patron-build-'))
  data = mkdtempSync(join(tmpdir(), 'patron-build-data-'))
  said.length = 0
  put('package.json', '{"type":"module"}')
  put('package-lock.json', '{}')
  put('index.html', '<!doctype html><script type="module" src="/src/web.tsx"></script>')
  put('vite.config.ts', 'export default {}')
  put('src/web.tsx', "import { greeting } from './greeting.ts'\ndocument.title = greeting\n")
  put('src/greeting.ts', "export const greeting = 'hello'\n")
  put('src/server-only.ts', "export const secret = 'server'\n")
  symlinkSync(join(import.meta.dirname, '../../../node_modules'), join(root, 'node_modules'))
})
afterEach(() => {
  for (const folder of [root, data]) rmSync(folder, { recursive: true, force: true })
})

function put(path: string, text: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true })
  writeFileSync(join(root, path), text)
}
const ensure = () => ensureBrowserBuilt({ root, dataFolder: data, say: (line) => said.push(line) })

test('it is built once, and again when something that it is made of has changed', async () => {
  expect(await ensure()).toBe(join(root, 'dist'))
  expect(readFileSync(join(root, 'dist/index.html'), 'utf8')).toContain('/assets/')
  await ensure()
  expect(said).toEqual(['Building the browser part (once) …'])
  put('src/greeting.ts', "export const greeting = 'good morning'\n")
  await ensure()
  expect(said).toHaveLength(2)
}, 60_000)

test('an interrupted build is done again, a copied one is not', async () => {
  await ensure()
  cpSync(join(root, 'dist'), join(data, 'dist'), { recursive: true })
  rmSync(join(root, 'dist/.patron-inputs'))
  expect(await ensure()).toBe(join(data, 'dist'))
  rmSync(join(data, 'dist'), { recursive: true })
  expect(await ensure()).toBe(join(root, 'dist'))
  expect(said).toHaveLength(2)
}, 60_000)

test('what does not compile is said in one error and leaves no stamp', async () => {
  put('src/greeting.ts', 'export const = 1\n')
  await expect(ensure()).rejects.toThrow(/could not be built: .*/)
  expect(existsSync(join(root, 'dist/.patron-inputs'))).toBe(false)
}, 60_000)

test('files of the server do not count, words and the lock do', () => {
  const before = hashOfInputs(root)
  put('src/server-only.ts', "export const secret = 'another'\n")
  expect(hashOfInputs(root)).toBe(before)
  put('src/modules/orders/texts/en.json', '{}')
  const withWords = hashOfInputs(root)
  expect(withWords).not.toBe(before)
  put('package-lock.json', '{"name":"x"}')
  expect(hashOfInputs(root)).not.toBe(withWords)
})
