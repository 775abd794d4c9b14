import type { Context as HttpContext, MiddlewareHandler } from 'hono'
import type { Endpoint } from '../contract.ts'
import { refuse } from '../refusal.ts'
import { boundedBytes } from './body.ts'

const largestMessage = 2 << 20
/** So many addresses are counted at a time; whoever makes up more of them only makes all counts begin anew. */
const mostCounted = 10_000

/** Lets so many messages a minute come to one address, whether there is anything at it or not. Counted in this process, so that a flood writes nothing. */
export function limitArrivals(perMinute: number, now: () => Date): MiddlewareHandler {
  const counts = new Map<string, { minute: number; arrived: number }>()
  return async (c, next) => {
    const minute = Math.floor(now().getTime() / 60_000)
    const before = counts.get(c.req.path)
    const arrived = before?.minute === minute ? before.arrived + 1 : 1
    if (counts.size >= mostCounted && before === undefined) counts.clear()
    counts.set(c.req.path, { minute, arrived })
    if (arrived > perMinute)
      throw refuse('too many', 'too-many-messages', 'Too many messages within a minute; send it again later', { retryAfter: 60 })
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
