import { z } from 'zod'
import type { Endpoint } from '#platform/contract.ts'

type Schema = Readonly<Record<string, unknown>>

/** Fields of an input that take an id: typed as one, or, where people are named by their user id, called like one. `a.b` lies in an object, `a[]` is one of a list. */
export function idFieldsOf({ input }: Endpoint): readonly string[] {
  return [...new Set(fieldsIn(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Schema, ''))]
}

function fieldsIn(schema: Schema, at: string): string[] {
  const options = (schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []) as readonly Schema[]
  const properties = Object.entries((schema.properties ?? {}) as Readonly<Record<string, Schema>>)
  return [
    ...options.flatMap((option) => fieldsIn(option, at)),
    ...(schema.type === 'string' && (schema.format === 'uuid' || (!schema.enum && namesSomebody.test(at))) ? [at] : []),
    ...properties.flatMap(([name, part]) => fieldsIn(part, at === '' ? name : `${at}.${name}`)),
    ...(schema.type === 'array' ? fieldsIn((schema.items ?? {}) as Schema, `${at}[]`) : []),
  ]
}
const namesSomebody = /(^|\.)(owner|ours|mentions|tell|delayedBy|\w+Ids?)(\[\])?$/

/** An input that holds an id in such a field. */
export function withId(field: string, id: string): Record<string, unknown> {
  const [first = '', ...rest] = field.split('.')
  const value = rest.length === 0 ? id : withId(rest.join('.'), id)
  return first.endsWith('[]') ? { [first.slice(0, -2)]: [value] } : { [first]: value }
}
