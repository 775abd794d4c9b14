import { useMutation } from '@tanstack/react-query'
import { z } from 'zod'
import { Problem } from '#ui/client.ts'

/** The routes of the sign-in library stand beside the API: no contract of ours, but our one shape of an error. */
export type Door = '/sign-in/email' | '/sign-out' | '/change-password' | '/request-password-reset' | '/reset-password'

const said = z.object({
  reason: z.string(),
  detail: z.string(),
  fields: z.array(z.object({ field: z.string(), reason: z.string(), detail: z.string() })).default([]),
  values: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
})

export async function knock(door: Door, body: object): Promise<void> {
  const response = await fetch(`/api/auth${door}`, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => null)
  if (response?.ok) return
  const problem = said.safeParse(await response?.json().catch(() => null))
  const status = response?.status ?? 0
  if (problem.success) throw new Problem({ status, module: 'organization', ...problem.data }, problem.data)
  throw new Problem({
    status,
    module: 'organization',
    reason: status === 0 ? 'network-away' : 'no-answer',
    detail: 'The server gave no usable answer',
  })
}

export function useDoor(door: Door) {
  const mutation = useMutation<void, Problem, object>({ mutationFn: (body) => knock(door, body) })
  return { send: mutation.mutateAsync, pending: mutation.isPending, problem: mutation.error, done: mutation.isSuccess }
}

/** Ends the session on the server, then starts over with nothing in memory. */
export async function leave(): Promise<void> {
  await knock('/sign-out', {})
  location.assign('/sign-in')
}

/** Where to go after signing in: only a place of our own. */
export function ownPath(next: string | null): string {
  if (!next?.startsWith('/')) return '/'
  const url = new URL(next, location.origin)
  return url.origin === location.origin ? url.pathname + url.search : '/'
}
