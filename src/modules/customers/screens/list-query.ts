import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { z } from 'zod'
import type { InputOf } from '#ui/client.ts'
import { api } from '../api.ts'

export type ListInput = Omit<InputOf<typeof api.list>, 'cursor' | 'limit' | 'count'>

/** The list's search, filters and sort. They live in the address, so that a list can be kept, sent and gone back to; what the address says wrongly is left out. */
export function useListQuery(): {
  readonly input: ListInput
  readonly wire: Readonly<Record<string, string>>
  change(patch: Partial<ListInput>): void
  replace(wire: Readonly<Record<string, string>>): void
} {
  const [params, setParams] = useSearchParams()
  const input = useMemo(() => readable(Object.fromEntries(params)), [params])
  const wire = useMemo(() => wireOf(input), [input])
  const replace = useCallback((next: Readonly<Record<string, string>>) => setParams(next, { replace: true }), [setParams])
  const change = useCallback((patch: Partial<ListInput>) => replace(wireOf({ ...input, ...patch })), [input, replace])
  return { input, wire, change, replace }
}

const fields = api.list.input.omit({ cursor: true, limit: true, count: true })

function readable(raw: Readonly<Record<string, string>>): ListInput {
  const known = Object.entries(raw).filter(([key, value]) => key in fields.shape && value !== '')
  const right = known.filter(([key, value]) => fields.safeParse({ [key]: value }).success)
  return fields.parse(Object.fromEntries(right))
}

/** As it stands in the address and in saved views: only what was chosen. */
function wireOf(input: ListInput): Record<string, string> {
  const chosen = Object.entries(input).filter(
    ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
  )
  return z.encode(fields, Object.fromEntries(chosen)) as Record<string, string>
}
