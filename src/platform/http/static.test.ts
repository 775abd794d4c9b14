import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { afterAll, expect, test } from 'vitest'
import { serveBrowser } from './static.ts'

const folder = mkdtempSync(join(tmpdir(), 'patron-static-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const script = 'export const much = 1\n'.repeat(200)
mkdirSync(join(folder, 'dist', 'assets'), { recursive: true })
mkdirSync(join(folder, 'dist', '.vite'))
writeFileSync(join(folder, 'secret.js'), 'secret')
writeFileSync(join(folder, 'dist', 'index.html'), '<!doctype html><title>Patron</title>')
writeFileSync(join(folder, 'dist', '.vite', 'manifest.json'), '{}')
writeFileSync(join(folder, 'dist', 'assets', 'shell-1a2b.js'), script)
writeFileSync(join(folder, 'dist', 'assets', 'shell-1a2b.js.br'), brotliCompressSync(script))
writeFileSync(join(folder, 'dist', 'assets', 'shell-1a2b.js.gz'), gzipSync(script))

const app = new Hono().get('*', serveBrowser(join(folder, 'dist')))
const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers })

test('a file with a hash in its name may be kept for ever, and comes in the smallest form that is accepted', async () => {
  const plain = await get('/assets/shell-1a2b.js')
  expect(plain.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(plain.headers.get('content-encoding')).toBeNull()
  expect(await plain.text()).toBe(script)
  const brotli = await get('/assets/shell-1a2b.js', { 'accept-encoding': 'gzip, deflate, br' })
  expect(brotli.headers.get('content-encoding')).toBe('br')
  expect(brotli.headers.get('vary')).toBe('accept-encoding')
  expect(brotliDecompressSync(Buffer.from(await brotli.arrayBuffer())).toString()).toBe(script)
  const gzip = await get('/assets/shell-1a2b.js', { 'accept-encoding': 'gzip, br;q=0' })
  expect(gzip.headers.get('content-encoding')).toBe('gzip')
})

test('every address of the browser’s router answers with the page, which is asked for every time', async () => {
  for (const path of ['/', '/customers/0192', '/sign-in?next=%2F', '/index.html']) {
    const page = await get(path)
    expect([path, page.status, page.headers.get('cache-control')]).toEqual([path, 200, 'no-cache'])
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await page.text()).toContain('Patron')
  }
})

test('what the browser already has is not sent again', async () => {
  const etag = (await get('/')).headers.get('etag') ?? ''
  expect(etag).not.toBe('')
  expect((await get('/', { 'if-none-match': etag })).status).toBe(304)
  expect((await get('/', { 'if-none-match': '"other"' })).status).toBe(200)
})

test('a script or an endpoint that does not exist is missing, not a page', async () => {
  expect((await get('/assets/old-9z.js')).status).toBe(404)
  expect((await get('/api/v1/nothing')).status).toBe(404)
})

test('nothing outside the build and none of its notes can be asked for', async () => {
  for (const path of [
    '/../secret.js',
    '/..%2fsecret.js',
    '/assets/..%2f..%2fsecret.js',
    '/assets/%2e%2e/%2e%2e/secret.js',
    '/.vite/manifest.json',
  ])
    expect(await (await get(path)).text()).not.toMatch(/secret|\{\}/)
})

test('a folder without a build is refused at once', () => {
  expect(() => serveBrowser(join(folder, 'dist', 'assets'))).toThrow('no built browser part')
})
