/** A JSON schema as zod writes it, as far as it is looked at here. */
type Schema = Record<string, unknown>
type Random = () => number

/**
 * Makes inputs of a schema: mostly what it asks for, often with one thing that nobody would send by mistake. `known` holds ids that lead somewhere and cursors of lists; it may grow.
 */
export function inputMaker(random: Random, known: { readonly ids: readonly string[]; readonly cursors: readonly string[] }) {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!
  const chance = (share: number) => random() < share
  const between = (low: number, high: number) => low + Math.floor(random() * (high - low + 1))

  const text = (schema: Schema): string => {
    const {
      format,
      pattern,
      maxLength = 40,
      minLength = 0,
    } = schema as { format?: string; pattern?: string; maxLength?: number; minLength?: number }
    if (format === 'uuid') return chance(0.9) ? pick(known.ids) : '0198c0de-0000-7000-8000-000000000000'
    if (format === 'date') return chance(0.9) ? `${between(2020, 2027)}-0${between(1, 9)}-1${between(0, 9)}` : pick(days)
    if (format === 'date-time') return chance(0.9) ? `${between(2020, 2027)}-0${between(1, 9)}-1${between(0, 9)}T10:00:00Z` : pick(moments)
    if (pattern?.includes('A-Z')) return pick(['USD', 'EUR', 'JPY', 'ZZZ', 'XAU'])
    if (pattern?.includes('\\d'))
      return chance(0.7) ? String(between(0, 200)) : pick(['-1', '0', '999999999', '-999999999', '0.000001', '9999999999.999999', '1e5'])
    const words = chance(0.7) ? pick(plainWords) : pick(oddWords)
    return words.slice(0, maxLength).padEnd(Math.min(minLength, 10), 'x')
  }

  const value = (schema: Schema, name: string, depth: number): unknown => {
    if (name === 'cursor') return chance(0.3) ? undefined : pick(known.cursors)
    if ('const' in schema) return schema.const
    if (Array.isArray(schema.enum)) return pick(schema.enum as unknown[])
    const options = (schema.anyOf ?? schema.oneOf) as readonly Schema[] | undefined
    if (options) return value(pick(options), name, depth)
    if (schema.type === 'string') return text(schema)
    if (schema.type === 'boolean') return chance(0.5)
    if (schema.type === 'integer' || schema.type === 'number') return numberOf(schema)
    if (schema.type === 'array')
      return Array.from({ length: between(Number(schema.minItems ?? 0), 3) }, () => value((schema.items ?? {}) as Schema, name, depth + 1))
    if (schema.type === 'object') return object(schema, depth)
    return schema.type === 'null' ? null : pick(odd)
  }

  const numberOf = ({ minimum = -1000, maximum = 1000 }: { minimum?: number; maximum?: number }): number => {
    if (chance(0.15)) return pick([minimum, maximum, 0, -1, 2 ** 31, 2 ** 53 - 1, 1e308])
    return between(Math.max(minimum, -1000), Math.min(maximum, 1000))
  }

  const object = (schema: Schema, depth: number): Record<string, unknown> => {
    const required = (schema.required ?? []) as readonly string[]
    const made: Record<string, unknown> = {}
    for (const [name, part] of Object.entries((schema.properties ?? {}) as Record<string, Schema>))
      if (required.includes(name) ? chance(0.98) : chance(0.4)) made[name] = value(part, name, depth + 1)
    if (typeof schema.additionalProperties === 'object')
      for (let i = between(0, 3); i > 0; i--)
        made[pick([...plainWords, ...oddWords])] = value(schema.additionalProperties as Schema, '', depth + 1)
    return made
  }

  /** Puts something odd at one place. */
  const spoil = (made: Record<string, unknown>): Record<string, unknown> => {
    const names = Object.keys(made)
    if (names.length === 0 || chance(0.1))
      return JSON.parse(`{"__proto__":{"can":true},"constructor":1,${JSON.stringify(made).slice(1)}`.replace(',}', '}'))
    const name = pick(names)
    const there = made[name]
    if (Array.isArray(there) && there.length > 0 && chance(0.7)) {
      const at = between(0, there.length - 1)
      const inside = there[at]
      return { ...made, [name]: there.with(at, isObject(inside) ? spoil(inside) : pick(odd)) }
    }
    return { ...made, [name]: isObject(there) && chance(0.8) ? spoil(there) : pick(odd) }
  }

  return (schema: Schema): Record<string, unknown> => {
    const made = value(schema, '', 0) as Record<string, unknown>
    return chance(0.35) ? spoil(made) : made
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const days = ['0000-01-01', '0001-01-01', '9999-12-31', '1969-12-31', '2024-02-29', '2023-02-29']
const moments = ['0000-01-01T00:00:00+14:00', '9999-12-31T23:59:59-12:00', '1582-10-10T00:00:00Z', '2026-03-29T02:30:00+01:00']
const plainWords = [
  'Ada',
  'name',
  'orders',
  'customers',
  'value.tiers',
  'organization.profile',
  'gold',
  'P1',
  'x',
  'en',
  'agent',
  'Europe/Berlin',
  'customers.read',
]
const oddWords = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udc00y',
  '\u{10ffff}',
  '\ufeff',
  '%',
  '%00',
  '_',
  "'; drop table customers.customer; --",
  '" or "1"="1',
  '=cmd|"/c calc"!A1',
  '<script>alert(1)</script>',
  'javascript:alert(1)',
  '../../etc/passwd',
  'a\r\nSet-Cookie: x=y',
  '__proto__',
  'constructor',
  'toString',
  '王',
  '𠮷',
  'x'.repeat(200),
  'a b c d e f g h i j k l m n o p q r s t u v w x y z '.repeat(4),
  'NaN',
  'null',
]
const odd: readonly unknown[] = [
  ...oddWords,
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 53,
  -(2 ** 63),
  1e308,
  '@infinity@',
  [],
  [[]],
  {},
  { length: 1e9 },
  ['a', 1, null],
  { toString: 'x', __proto__: null },
  JSON.parse('{"__proto__":{"roles":["administrator"]}}'),
  'y'.repeat(100_000),
  Array(500).fill(0),
]
