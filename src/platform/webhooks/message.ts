import { createHmac, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Fact } from '../fact.ts'

/** What is told to other systems, and how it is signed: Standard Webhooks 1.0. Pure but for the making of a secret. */

export interface Message {
  readonly type: string
  readonly timestamp: string
  readonly data: unknown
}

/** The secret of a webhook, as both sides keep it. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`

/** The three headers by which the other side sees who sent a message, when, and that nobody changed it; the id stays the same when it is sent again. */
export function signed(id: string, at: Date, body: string, secret: string): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
}

/**
 * What of a fact leaves the house: ids, numbers, days, moments, yes and no, words of a fixed list, and names of parts of the product (`code`). Free text may be about a person, such as a name or a reason, and stays; whoever needs
 * it asks for it by its id, with a key.
 */
export function shareable(fact: Fact, values: unknown): unknown {
  const schema = shapes.get(fact.payload) ?? (z.toJSONSchema(fact.payload, { io: 'output', unrepresentable: 'any' }) as Shape)
  shapes.set(fact.payload, schema)
  return kept(schema, values) ?? {}
}

interface Shape {
  readonly type?: string
  readonly format?: string
  readonly code?: boolean
  readonly personal?: boolean
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Shape[]
  readonly items?: Shape
  readonly properties?: Readonly<Record<string, Shape>>
}
const shapes = new WeakMap<z.ZodType, Shape>()
const harmlessFormats = new Set(['uuid', 'date', 'date-time', 'time', 'duration'])

function kept(shape: Shape, value: unknown): unknown {
  if (shape.personal) return undefined
  if (value === null) return null
  if (shape.anyOf) return shape.anyOf.map((one) => kept(one, value)).find((one) => one !== undefined)
  if (typeof value === 'number' || typeof value === 'boolean') return shape.type === undefined && shape.const !== value ? undefined : value
  if (typeof value === 'string') {
    if (shape.enum) return shape.enum.includes(value) ? value : undefined
    return shape.code || shape.const === value || harmlessFormats.has(shape.format ?? '') ? value : undefined
  }
  if (Array.isArray(value)) {
    const items = shape.items ? value.map((item) => kept(shape.items!, item)) : []
    return value.length > 0 && items.every((item) => item === undefined) ? undefined : items.filter((item) => item !== undefined)
  }
  if (typeof value !== 'object' || !shape.properties) return undefined
  const entries = Object.entries(shape.properties).map(([name, inner]) => [name, kept(inner, (value as Record<string, unknown>)[name])])
  return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined))
}

/** How long is waited after each failure of a message: ten attempts over three days. */
const waits = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400] as const
/** A webhook at which everything failed for so long is switched off. */
export const failingDays = 3

/** When a message that failed so many times is tried again, or null for never. */
export const nextAttempt = (attempts: number, now: Date): Date | null => {
  const seconds = waits[attempts - 1]
  return seconds === undefined ? null : new Date(now.getTime() + seconds * 1000)
}
