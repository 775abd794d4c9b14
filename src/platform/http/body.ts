import type { Context as HttpContext } from 'hono'
import { refuse } from '../refusal.ts'

/** How deep an input may be nested; what comes after reading walks it by recursion. */
const deepest = 50

/**
 * The body of a request as a JSON object of at most `limit` bytes; no body is an empty object. Whatever length was declared, no more than that is kept in memory. Texts that
 * are not well-formed Unicode cannot be stored and are refused here, once for all.
 */
export async function jsonObject(c: HttpContext, limit: number): Promise<Record<string, unknown>> {
  const text = await boundedText(c, limit)
  if (text === '') return {}
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) throw malformed('Send the body as application/json')
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw malformed('The body is not valid JSON')
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw malformed('The body must be a JSON object')
  checkTexts(body, 0)
  return body as Record<string, unknown>
}

async function boundedText(c: HttpContext, limit: number): Promise<string> {
  const declared = c.req.header('content-length')
  if (Number(declared ?? 0) > limit) throw tooLarge(limit)
  // The server for Node holds a sender to the length that was declared.
  if (declared !== undefined) return c.req.text()
  return (await boundedBytes(c, limit)).toString('utf8')
}

function checkTexts(value: unknown, depth: number): void {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw malformed('A text contains half a character')
  } else if (typeof value === 'object' && value !== null) {
    if (depth === deepest) throw malformed(`The body is nested more than ${deepest} levels deep`)
    for (const [name, inside] of Object.entries(value)) {
      checkTexts(name, depth)
      checkTexts(inside, depth + 1)
    }
  }
}

/** The body as it came, of at most `limit` bytes. */
export async function boundedBytes(c: HttpContext, limit: number): Promise<Buffer> {
  if (Number(c.req.header('content-length') ?? 0) > limit) throw tooLarge(limit)
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of (c.req.raw.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += part.length
    if (bytes > limit) throw tooLarge(limit)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

const malformed = (detail: string) => refuse('invalid', 'bad-json', detail, { fields: [{ field: '(body)', reason: 'bad-json', detail }] })

function tooLarge(limit: number) {
  const kilobytes = Math.floor(limit / 1024)
  return refuse('too large', 'body-too-large', `The request is larger than ${kilobytes} kB`, { values: { kilobytes } })
}

/** Whether a text anywhere in an input, or a name in it, holds U+0000, which no text of the database can: a stream would break off in the middle of its answer. */
export function holdsNul(input: unknown): boolean {
  if (typeof input === 'string') return input.includes('\0')
  if (Array.isArray(input)) return input.some(holdsNul)
  if (typeof input === 'object' && input !== null)
    return Object.entries(input).some(([name, value]) => name.includes('\0') || holdsNul(value))
  return false
}
