/**
 * Who is signed in, what they may do, and how the organization writes money and time.
 *
 *   const { user, profile, may } = useSession()
 *   {may('customers.write') && <Button …/>}
 *
 * Inside a framed page there always is a session; a bare page such as sign-in uses `useSessionState()`.
 */
import { useQueryClient } from '@tanstack/react-query'
import { createContext, use } from 'react'
import { z } from 'zod'
import { endpoint } from '#platform/contract.ts'
import type { InputOf, ResultOf } from './client.ts'
import { keyOf, useRead } from './use-endpoint.ts'

/** What the shell needs to know before it can draw a page. */
export const sessionEndpoint = endpoint('GET /organization/session', {
  summary: 'Who is signed in, with permissions and the organization’s profile',
  permission: 'public',
  input: z.object({}),
  result: z.object({
    user: z.object({ id: z.string(), name: z.string(), email: z.string() }).nullable(),
    permissions: z.array(z.string()),
    profile: z.object({ name: z.string(), currency: z.string(), timeZone: z.string(), locale: z.string() }),
    languages: z.array(z.string()).optional(),
  }),
})
type SessionAnswer = ResultOf<typeof sessionEndpoint>
export type Profile = SessionAnswer['profile']

export interface Session {
  readonly user: { readonly id: string; readonly name: string; readonly email: string }
  readonly profile: Profile
  readonly permissions: ReadonlySet<string>
  may(permission: string): boolean
}

const SessionContext = createContext<Session | null>(null)
export const SessionProvider = SessionContext

export function useSession(): Session {
  const session = use(SessionContext)
  if (!session) throw new Error('useSession outside of a framed page')
  return session
}

/** The session or null for nobody, as far as it is known; for bare pages and the shell itself. */
export function useSessionState(): { session: Session | null; isPending: boolean; problem: Error | null; again(): void } {
  const answer = useRead(sessionEndpoint, {} as InputOf<typeof sessionEndpoint>, { keepPrevious: false })
  const signedOut = answer.error?.status === 401
  return {
    session: answer.data && !signedOut ? sessionOf(answer.data) : null,
    isPending: answer.isPending,
    problem: signedOut ? null : answer.error,
    again: () => void answer.refetch(),
  }
}

/** After signing in or out: forgets every answer, so that nobody sees what another person was allowed to see. */
export function useForgetSession(): () => Promise<void> {
  const cache = useQueryClient()
  return async () => {
    cache.removeQueries({ predicate: (query) => query.queryKey[1] !== sessionKey[1] })
    await cache.invalidateQueries({ queryKey: sessionKey })
  }
}
export const sessionKey = keyOf(sessionEndpoint, {}).slice(0, 2)

const known = new WeakMap<SessionAnswer, Session>()
function sessionOf(answer: SessionAnswer): Session | null {
  if (!answer.user) return null
  const before = known.get(answer)
  if (before) return before
  const permissions = new Set(answer.permissions)
  const session: Session = { user: answer.user, profile: answer.profile, permissions, may: (permission) => permissions.has(permission) }
  known.set(answer, session)
  return session
}
