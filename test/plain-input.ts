import { z } from 'zod'
import type { Endpoint } from '#platform/contract.ts'

type Schema = Record<string, unknown>

/** The least that a contract takes: required fields only, each the plainest value of its kind; null where a value by itself cannot be guessed from the schema. */
export function plainInput(endpoint: Endpoint): Record<string, unknown> {
  return plain(z.toJSONSchema(endpoint.input, { io: 'input', unrepresentable: 'any' }) as Schema, '') as Record<string, unknown>
}

function plain(schema: Schema, name: string): unknown {
  if ('const' in schema) return schema.const
  if (Array.isArray(schema.enum)) return schema.enum[0]
  const options = (schema.anyOf ?? schema.oneOf) as readonly Schema[] | undefined
  if (options) return plain(options[0]!, name)
  switch (schema.type) {
    case 'string':
      return textOf(schema, name)
    case 'boolean':
      return true
    case 'integer':
    case 'number':
      return Math.max(1, Number(schema.minimum ?? 1))
    case 'array':
      return Array.from({ length: Number(schema.minItems ?? 0) }, () => plain((schema.items ?? {}) as Schema, name))
    case 'object': {
      const required = (schema.required ?? []) as readonly string[]
      const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>)
      return Object.fromEntries(
        properties.filter(([field]) => required.includes(field)).map(([field, part]) => [field, plain(part, field)]),
      )
    }
    default:
      return null
  }
}

function textOf({ format, pattern, minLength = 0 }: Schema, name: string): string {
  if (format === 'uuid') return '0198c0de-0000-7000-8000-000000000000'
  if (format === 'date') return '2026-01-01'
  if (format === 'date-time') return '2026-01-01T10:00:00Z'
  if (format === 'uri') return 'https://example.com/'
  if (/mail/i.test(name)) return 'somebody@example.com'
  if (typeof pattern === 'string' && pattern.includes('A-Z')) return 'USD'
  if (typeof pattern === 'string' && pattern.includes('\\d')) return '1'
  return 'x'.repeat(Math.max(1, Number(minLength)))
}
