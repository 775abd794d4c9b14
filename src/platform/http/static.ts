import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import type { Context, Handler } from 'hono'

interface StoredFile {
  readonly content: Uint8Array<ArrayBuffer>
  readonly type: string
  readonly etag: string
  /** The same content, smaller; made by the build. */
  readonly packed: Readonly<Partial<Record<'br' | 'gzip', Uint8Array<ArrayBuffer>>>>
}

/**
 * Serves the built browser part from memory: `app.get('*', serveBrowser('dist'))`, after all other routes.
 * Only what lay in the folder when it was read can be asked for, so no path leads out of it. Files with a hash in their name may be kept for ever;
 * the page itself is asked for every time, and stands for every address that is not a file, because the browser's router knows the rest.
 */
export function serveBrowser(folder: string): Handler {
  const files = readBuild(folder)
  const page = files.get('/index.html')
  if (!page) throw new Error(`There is no built browser part in ${folder}`)
  return (c) => {
    const path = c.req.path
    const file = files.get(path)
    if (file && path !== '/index.html')
      return answer(c, file, path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
    // A missing script must not be answered with a page: an old page after an update would fail with a riddle instead of asking to load again.
    if (path.startsWith('/assets/') || path.startsWith('/api/')) return c.notFound()
    return answer(c, page, 'no-cache')
  }
}

function answer(c: Context, file: StoredFile, caching: string): Response {
  const headers = { 'cache-control': caching, etag: file.etag, vary: 'accept-encoding' }
  if (c.req.header('if-none-match') === file.etag) return c.body(null, 304, headers)
  const accepted = c.req.header('accept-encoding') ?? ''
  const encoding = (['br', 'gzip'] as const).find((name) => file.packed[name] && accepts(accepted, name))
  const content = (encoding && file.packed[encoding]) || file.content
  return c.body(content, 200, { ...headers, 'content-type': file.type, ...(encoding ? { 'content-encoding': encoding } : {}) })
}

/** Whether an Accept-Encoding header names the encoding and does not refuse it with q=0. */
const accepts = (header: string, encoding: string) =>
  header.split(',').some((part) => {
    const [name, ...parameters] = part.trim().split(/\s*;\s*/)
    return name === encoding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))
  })

function readBuild(folder: string): ReadonlyMap<string, StoredFile> {
  const all = new Map<string, Uint8Array<ArrayBuffer>>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    // The build's own notes (.vite) are no part of the product.
    if (entry.isFile() && !relative(folder, path).startsWith('.'))
      all.set(`/${relative(folder, path).split(sep).join('/')}`, new Uint8Array(readFileSync(path)))
  }
  const files = new Map<string, StoredFile>()
  for (const [path, content] of all) {
    const type = types[extname(path)]
    if (!type) continue
    const br = all.get(`${path}.br`)
    const gzip = all.get(`${path}.gz`)
    const etag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`
    files.set(path, { content, type, etag, packed: { ...(br ? { br } : {}), ...(gzip ? { gzip } : {}) } })
  }
  return files
}

/** What a build can contain. Anything else is not served. */
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}
