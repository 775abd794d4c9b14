import type { MiddlewareHandler } from 'hono'
import { refuse } from '../refusal.ts'
import { bearerOf } from './bearer.ts'

/** Headers that keep other sites out: nothing may be loaded from elsewhere, framed or guessed. */
export const securityHeaders = (secure: boolean): MiddlewareHandler => {
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
  return async (c, next) => {
    await next()
    // Set on the answer itself: each `c.header` after the answer is made would copy the whole of it.
    const { headers } = c.res
    if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', policy)
    headers.set('X-Content-Type-Options', 'nosniff')
    headers.set('Referrer-Policy', 'same-origin')
    // Who may frame is said by the policy; the older header can only say nobody.
    if (!/frame-ancestors (?!'none')/.test(headers.get('Content-Security-Policy') ?? '')) headers.set('X-Frame-Options', 'DENY')
    headers.set('Cross-Origin-Opener-Policy', 'same-origin')
    headers.set('Permissions-Policy', 'camera=(), geolocation=(), microphone=()')
    if (secure) headers.set('Strict-Transport-Security', 'max-age=31536000')
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
