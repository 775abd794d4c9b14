import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Actor, Reach } from '../context.ts'
import type { Db } from '../database/connection.ts'

/** What somebody may do, as the organization keeps it. */
export interface Grants {
  readonly roles: readonly string[]
  readonly permissions: ReadonlyMap<string, Reach>
}
export type GrantsOf = (db: Db, userId: string) => Promise<Grants>

export interface Sessions {
  /** Who sent the request, or null for nobody. */
  actorOf(request: Request): Promise<Actor | null>
  /** Forgets what this process remembers, so that a change made here holds here at once. */
  forget(): void
}

/** A session ends after a week without use, and after ninety days in any case. */
export const idleDays = 7
export const longestDays = 90
const renewAfter = 86_400_000
/** How long an answer may be reused; a revocation anywhere holds after this time. */
const memory = 4000
const mostRemembered = 20_000

export interface SessionParts {
  readonly db: Db
  readonly cookie: string
  readonly secret: string
  readonly grantsOf: GrantsOf
  readonly now: () => Date
  readonly onProblem: (error: unknown) => void
}

/**
 * Reads sessions without the sign-in library: its own reading costs ten times a row read and writes. Here a session costs one HMAC and two statements
 * every few seconds. The signature is the library's: HMAC-SHA-256 of the token, base64, behind the last dot of the cookie.
 */
export function readSessions({ db, cookie, secret, grantsOf, now, onProblem }: SessionParts): Sessions {
  const remembered = new Map<string, { readonly at: number; readonly actor: Promise<Actor | null> }>()

  async function load(token: string, at: Date): Promise<Actor | null> {
    const session = await db
      .selectFrom('platform.session as s')
      .innerJoin('platform.user as u', 'u.id', 's.user_id')
      .select(['s.updated_at', 'u.id', 'u.name'])
      .where('s.token', '=', token)
      .where('s.expires_at', '>', at)
      .where('s.created_at', '>', new Date(at.getTime() - longestDays * 86_400_000))
      .where('u.disabled_at', 'is', null)
      .executeTakeFirst()
    if (!session) return null
    if (at.getTime() - session.updated_at.getTime() > renewAfter) void renew(token, at).catch(onProblem)
    const { roles, permissions } = await grantsOf(db, session.id)
    return {
      kind: 'person',
      id: session.id,
      name: session.name,
      roles,
      can: (permission) => permissions.has(permission),
      reach: (permission) => permissions.get(permission) ?? [],
    }
  }

  /** Once a day, outside every transaction of a request. */
  const renew = (token: string, at: Date) =>
    db
      .updateTable('platform.session')
      .set({ updated_at: at, expires_at: new Date(at.getTime() + idleDays * 86_400_000) })
      .where('token', '=', token)
      .where('expires_at', '>', at)
      .execute()

  return {
    async actorOf(request) {
      const signed = cookieValue(request.headers.get('cookie'), cookie)
      if (signed === null) return null
      const at = now()
      // What is remembered was signed by us, so the very same text needs no second look.
      const known = remembered.get(signed)
      if (known && Math.abs(at.getTime() - known.at) < memory) return known.actor
      const token = signedToken(signed, secret)
      if (!token) return null
      const actor = load(token, at)
      if (remembered.size >= mostRemembered) remembered.clear()
      remembered.set(signed, { at: at.getTime(), actor })
      // Neither a failure nor nobody is remembered.
      actor.then(
        (found) => found ?? remembered.delete(signed),
        () => remembered.delete(signed),
      )
      return actor
    },
    forget: () => remembered.clear(),
  }
}

/** What a cookie of this name holds, as it was sent. */
function cookieValue(header: string | null, cookie: string): string | null {
  const value = header
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${cookie}=`))
    ?.slice(cookie.length + 1)
  return value && value.length <= 500 ? value : null
}

/** The token of a session cookie whose signature is ours. */
function signedToken(value: string, secret: string): string | null {
  let text: string
  try {
    text = decodeURIComponent(value)
  } catch {
    return null
  }
  const dot = text.lastIndexOf('.')
  if (dot < 1) return null
  const given = Buffer.from(text.slice(dot + 1))
  const right = Buffer.from(createHmac('sha256', secret).update(text.slice(0, dot)).digest('base64'))
  return given.length === right.length && timingSafeEqual(given, right) ? text.slice(0, dot) : null
}
