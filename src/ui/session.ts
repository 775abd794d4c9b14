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
import { api as organization } from '#modules/organization/api.ts'
import type { ResultOf } from './client.ts'
import { forgetNames } from './names.ts'
import { keyOf, useRead } from './use-endpoint.ts'

const sessionEndpoint = organization.session
type SessionAnswer = ResultOf<typeof sessionEndpoint>
export type Profile = SessionAnswer['profile']

export interface Session {
  readonly user: NonNullable<SessionAnswer['user']>
  readonly profile: Profile
  /** What the person chose on any device; null before the first choice. */
  readonly preference: SessionAnswer['preference']
  readonly permissions: ReadonlySet<string>
  may(permission: string): boolean
  /** Whether the person may, and as far as all customers. */
  mayAll(permission: string): boolean
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
  const answer = useRead(sessionEndpoint, {}, { keepPrevious: false })
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
    forgetNames()
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
  const session: Session = {
    user: answer.user,
    profile: answer.profile,
    preference: answer.preference,
    permissions,
    may: (permission) => permissions.has(permission),
    mayAll: (permission) => permissions.has(permission) && !answer.limited.includes(permission),
  }
  known.set(answer, session)
  return session
}
