/**
 * A list's search, filters and sort. They live in the address, so that a list can be kept, sent and gone back to; what the address says wrongly is left out.
 *
 *   const fields = casesApi.list.input.omit({ cursor: true, limit: true })      once, outside the component
 *   const { input, change } = useListQuery(fields)
 *   change({ late: true })
 */
import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { z } from 'zod'

export interface ListQuery<I> {
  readonly input: I
  /** As it stands in the address and in saved views: only what was chosen. */
  readonly wire: Readonly<Record<string, string>>
  change(patch: Partial<I>): void
  replace(wire: Readonly<Record<string, string>>): void
}

/** `fields`: what may be asked of the list, each of it optional. */
export function useListQuery<F extends z.ZodObject>(fields: F): ListQuery<z.output<F>> {
  const [params, setParams] = useSearchParams()
  const input = useMemo(() => readable(fields, Object.fromEntries(params)), [fields, params])
  const wire = useMemo(() => wireOf(fields, input), [fields, input])
  const replace = useCallback((next: Readonly<Record<string, string>>) => setParams(next, { replace: true }), [setParams])
  const change = useCallback((patch: Partial<z.output<F>>) => replace(wireOf(fields, { ...input, ...patch })), [fields, input, replace])
  return { input, wire, change, replace }
}

function readable<F extends z.ZodObject>(fields: F, raw: Readonly<Record<string, string>>): z.output<F> {
  const known = Object.entries(raw).filter(([key, value]) => key in fields.shape && value !== '')
  const right = known.filter(([key, value]) => fields.safeParse({ [key]: value }).success)
  return fields.parse(Object.fromEntries(right))
}

function wireOf<F extends z.ZodObject>(fields: F, input: z.output<F>): Record<string, string> {
  const chosen = Object.entries(input).filter(
    ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
  )
  return z.encode(fields, Object.fromEntries(chosen) as z.output<F>) as Record<string, string>
}
