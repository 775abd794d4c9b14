import type { MiddlewareHandler } from 'hono'
import { refuse } from '../refusal.ts'
import { bearerOf } from './bearer.ts'

/** Keeps other sites out: nothing may be loaded from elsewhere, framed or guessed. */
const policy = [
  "default-src 'self'",
  "script-src 'self'",
  // Ant Design writes its styles at run time; style text cannot run code.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** What every answer carries; pages with a policy of their own differ in the first and the last. */
const headersOf = (secure: boolean): Readonly<Record<string, string>> => ({
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  ...(secure ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
  'X-Frame-Options': 'DENY',
})

/** Answers that were made with them. */
const carrying = new WeakSet<Response>()

/** Gives every answer the headers that keep other sites out. */
export const securityHeaders = (secure: boolean): MiddlewareHandler => {
  const { 'Content-Security-Policy': _, 'X-Frame-Options': deny, ...always } = headersOf(secure)
  return async (c, next) => {
    await next()
    if (carrying.has(c.res)) return
    // Set on the answer itself: each `c.header` after the answer is made would copy the whole of it.
    const { headers } = c.res
    if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', policy)
    for (const name in always) headers.set(name, always[name]!)
    // Who may frame is said by the policy; the older header can only say nobody.
    if (!/frame-ancestors (?!'none')/.test(headers.get('Content-Security-Policy') ?? '')) headers.set('X-Frame-Options', deny!)
  }
}

/** Makes answers of data, which nobody keeps, with all their headers at once: to open an answer and set them one by one costs as much again as the rest of it. */
export function dataAnswers(secure: boolean): (data: unknown, more?: Readonly<Record<string, string>>) => Response {
  const usual = { ...headersOf(secure), 'Content-Type': 'application/json', 'Cache-Control': 'private, no-store' }
  return (data, more) => {
    const answer = new Response(JSON.stringify(data), { headers: more ? { ...usual, ...more } : usual })
    carrying.add(answer)
    return answer
  }
}

/**
 * A write by a browser must come from our own pages: browsers say where it comes from and cannot be made to lie about it.
 * Programs send neither header and are let through to the session or key check.
 */
export function refuseForeignOrigin(request: Request, ownOrigins: readonly string[]): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  // Who acts by a key needs no cookie, and no page of another site can know the key. Sign-in is always by cookie.
  if (bearerOf(request) !== null && new URL(request.url).pathname.startsWith('/api/v1/')) return
  const site = request.headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') throw foreign()
  const origin = request.headers.get('origin')
  if (origin !== null && !ownOrigins.includes(origin) && origin !== hostOrigin(request)) throw foreign()
}

const foreign = () => refuse('forbidden', 'foreign-origin', 'This request came from another site')

function hostOrigin(request: Request): string | null {
  const host = request.headers.get('host')
  return host ? `${new URL(request.url).protocol}//${host}` : null
}
