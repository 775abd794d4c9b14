import type { z } from 'zod'
import type { Actor } from '../context.ts'

/** Makes fields null, in place, that the actor may not see; answers with the same object. */
export type Blanker = (result: unknown, actor: Pick<Actor, 'can'>) => unknown

/**
 * What a contract marks as personal (`z.string().nullable().meta({ personal: 'customers.read-personal' })`) is null for whoever lacks that permission. Where the marks stand is worked out once, at
 * start: null for a contract without marks, which costs nothing then; and where the actor holds the permissions nothing is walked. A mark on something that cannot be null is a mistake of the contract.
 */
export function blankerOf(schema: z.ZodType): Blanker | null {
  const marks = marksOf(schema, [], new Set())
  if (marks.length === 0) return null
  const byPermission = [...Map.groupBy(marks, ({ permission }) => permission)]
  return (result, actor) => {
    for (const [permission, places] of byPermission) if (!actor.can(permission)) for (const { path } of places) blankAt(result, path, 0)
    return result
  }
}

/** A step of a path: a field's name, or each entry of a list or record. */
type Step = string | typeof each
const each = Symbol('each entry')
interface Mark {
  readonly permission: string
  readonly path: readonly Step[]
}

interface Inside {
  readonly type: string
  readonly shape?: Readonly<Record<string, z.ZodType>>
  readonly element?: z.ZodType
  readonly valueType?: z.ZodType
  readonly innerType?: z.ZodType
  readonly in?: z.ZodType
  readonly options?: readonly z.ZodType[]
  readonly items?: readonly z.ZodType[]
}

function marksOf(schema: z.ZodType, path: readonly Step[], above: ReadonlySet<z.ZodType>): readonly Mark[] {
  if (above.has(schema)) return []
  const permission = schema.meta()?.personal
  if (typeof permission === 'string') {
    if (!schema.safeParse(null).success) throw new Error(`${path.map(String).join('.')} is marked as personal and cannot be null`)
    return [{ permission, path }]
  }
  const { shape, element, valueType, innerType, in: wire, options, items } = schema.def as unknown as Inside
  const within = (inside: z.ZodType, ...steps: readonly Step[]) => marksOf(inside, [...path, ...steps], new Set([...above, schema]))
  return [
    ...Object.entries(shape ?? {}).flatMap(([name, inside]) => within(inside, name)),
    ...[element, valueType].flatMap((inside) => (isSchema(inside) ? within(inside, each) : [])),
    ...(items ?? []).flatMap((inside) => within(inside, each)),
    ...[innerType, wire, ...(options ?? [])].flatMap((inside) => (isSchema(inside) ? within(inside) : [])),
  ]
}

const isSchema = (value: unknown): value is z.ZodType => typeof value === 'object' && value !== null && 'def' in value

function blankAt(value: unknown, path: readonly Step[], at: number): void {
  if (typeof value !== 'object' || value === null) return
  const step = path[at]!
  const last = at === path.length - 1
  const holder = value as Record<string, unknown>
  const names = step === each ? Object.keys(holder) : step in holder ? [step] : []
  for (const name of names) {
    if (last) holder[name] = null
    else blankAt(holder[name], path, at + 1)
  }
}
