import { useMutation } from '@tanstack/react-query'
import { z } from 'zod'
import { Problem } from '#ui/client.ts'

/** The routes of the sign-in library stand beside the API: no contract of ours, but our one shape of an error. */
export interface Doors {
  readonly '/sign-in/email': { readonly next: 'second-factor' | 'set-up' | null }
  readonly '/sign-in/second-factor': object
  readonly '/sign-out': object
  readonly '/change-password': object
  readonly '/request-password-reset': object
  readonly '/reset-password': object
  readonly '/second-factor': {
    readonly key: string
    readonly address: string
    readonly code: { readonly size: number; readonly path: string }
  }
  readonly '/second-factor/confirmation': { readonly recoveryCodes: readonly string[] }
  readonly '/second-factor/recovery-codes': { readonly recoveryCodes: readonly string[] }
  readonly '/second-factor/removal': object
  /** Where the provider waits for whoever connects their account with it. */
  readonly '/single-sign-on/connection': { readonly address: string }
}
export type Door = keyof Doors

const said = z.object({
  reason: z.string(),
  detail: z.string(),
  fields: z.array(z.object({ field: z.string(), reason: z.string(), detail: z.string() })).default([]),
  values: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
})

export async function knock<D extends Door>(door: D, body: object): Promise<Doors[D]> {
  const response = await fetch(`/api/auth${door}`, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => null)
  if (response?.ok) return (await response.json()) as Doors[D]
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

export function useDoor<D extends Door>(door: D) {
  const mutation = useMutation<Doors[D], Problem, object>({ mutationFn: (body) => knock(door, body) })
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
