/** `{ gold: { days: 30 } }` as `{ 'gold.days': 30 }`, and back: a form has one level. Lists stay whole. */
export const flatValue = (value: unknown): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value as Record<string, unknown>).flatMap(([name, part]) =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? Object.entries(part).map(([inner, held]) => [`${name}.${inner}`, held] as const)
        : [[name, part] as const],
    ),
  )
export function nestedValue(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const value: Record<string, unknown> = {}
  for (const [name, held] of Object.entries(values)) {
    const [outer = '', inner] = name.split('.')
    value[outer] = inner === undefined ? held : { ...(value[outer] as Record<string, unknown> | undefined), [inner]: held }
  }
  return value
}
