import type { Endpoint } from '../contract.ts'
import type { Db } from '../database/connection.ts'
import type { Module } from '../module.ts'

type Input = Readonly<Record<string, unknown>>

/**
 * The input with the ids of today in the place of those that were given up, such as the id of a customer who was merged into another; null where the input names none. Only asked where an
 * action found nothing, so that nobody else pays for the look.
 */
export async function withSuccessors(db: Db, modules: readonly Module[], { about }: Endpoint, input: Input): Promise<Input | null> {
  if (typeof about === 'string') return null
  let renewed: Input | null = null
  for (const { thing, field } of about) {
    const find = modules.map((module) => module.successors?.[thing]).find((found) => found !== undefined)
    const ids = [...textsAt(input, field.split('.'))]
    if (!find || ids.length === 0) continue
    const successors = await find(db, ids)
    if (successors.size > 0) renewed = changedAt(renewed ?? input, field.split('.'), (id) => successors.get(id) ?? id) as Input
  }
  return renewed
}

function* textsAt(value: unknown, path: readonly string[]): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* textsAt(item, path)
  else if (path.length === 0) {
    if (typeof value === 'string') yield value
  } else if (typeof value === 'object' && value !== null) yield* textsAt((value as Input)[path[0]!], path.slice(1))
}

function changedAt(value: unknown, path: readonly string[], change: (text: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => changedAt(item, path, change))
  if (path.length === 0) return typeof value === 'string' ? change(value) : value
  if (typeof value !== 'object' || value === null) return value
  const [name = '', ...rest] = path
  return name in value ? { ...value, [name]: changedAt((value as Input)[name], rest, change) } : value
}
