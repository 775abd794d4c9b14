import type { Context as HttpContext, MiddlewareHandler } from 'hono'
import type { Endpoint } from '../contract.ts'
import { boundedBytes } from './body.ts'
import { limitOf } from './limit.ts'

const largestMessage = 2 << 20

/** Lets so many messages a minute come to one address, whether there is anything at it or not. */
export function limitArrivals(perMinute: number, now: () => Date): MiddlewareHandler {
  const arrivals = limitOf(perMinute, 60, now, 'Too many messages within a minute; send it again later')
  return async (c, next) => {
    arrivals.claim(c.req.path)
    await next()
  }
}

/** The message as it came. A header that is missing is left out, one that came twice holds both. */
export async function signedInput(c: HttpContext, { signed }: Endpoint): Promise<Record<string, unknown>> {
  const headers = (signed?.headers ?? []).flatMap((name) => {
    const value = c.req.header(name)
    return value === undefined ? [] : [[name, value.slice(0, 4000)]]
  })
  return { body: (await boundedBytes(c, largestMessage)).toString('base64'), headers: Object.fromEntries(headers) }
}
