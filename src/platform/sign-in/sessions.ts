import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Actor } from '../context.ts'
import type { Db } from '../database/connection.ts'
import { actorOf, type GrantsOf } from './actors.ts'
import type { LastUse } from './last-use.ts'
import { memoryOf } from './memory.ts'

/**
 * How far somebody with a session has come. Only a full one opens anything; with the others there is one thing to do: give the second factor, or set up
 * the one that a role asks for.
 */
export type Standing = 'full' | 'awaits-second-factor' | 'must-set-up'

/** Whoever holds a session, whatever it is worth. */
export interface Visitor {
  readonly sessionId: string
  readonly token: string
  readonly startedAt: Date
  readonly standing: Standing
  readonly actor: Actor
}

export interface Sessions {
  visitorOf(request: Request): Promise<Visitor | null>
  /** Whoever holds the session with this token, read afresh. */
  visitorWith(token: string): Promise<Visitor | null>
  /** Forgets what this process remembers, so that a change made here holds here at once. */
  forget(): void
}

/** A session ends after a week without use, and after ninety days in any case. */
export const idleDays = 7
export const longestDays = 90
const renewAfter = 86_400_000
const mostRemembered = 20_000

export interface SessionParts {
  readonly db: Db
  readonly cookie: string
  readonly secret: string
  readonly grantsOf: GrantsOf
  /** Whether somebody with these roles must have a second factor. */
  readonly needsSecondFactor: (roles: readonly string[]) => Promise<boolean>
  readonly lastUse: LastUse
  readonly now: () => Date
  readonly onProblem: (error: unknown) => void
}

/**
 * Reads sessions without the sign-in library: its own reading costs ten times a row read and writes. Here a session costs one HMAC and two statements
 * every few seconds. The signature is the library's: HMAC-SHA-256 of the token, base64, behind the last dot of the cookie.
 */
export function readSessions({ db, cookie, secret, grantsOf, needsSecondFactor, lastUse, now, onProblem }: SessionParts): Sessions {
  const remembered = memoryOf<Visitor>(mostRemembered)

  async function load(token: string, at: Date): Promise<Visitor | null> {
    const session = await db
      .selectFrom('platform.session as s')
      .innerJoin('platform.user as u', 'u.id', 's.user_id')
      .leftJoin('platform.second_factor as f', 'f.user_id', 's.user_id')
      .select(['s.id as session_id', 's.updated_at', 's.created_at', 's.awaits_second_factor', 'f.confirmed_at', 'u.id', 'u.name'])
      .where('s.token', '=', token)
      .where('s.expires_at', '>', at)
      .where('s.created_at', '>', new Date(at.getTime() - longestDays * 86_400_000))
      .where('u.disabled_at', 'is', null)
      .executeTakeFirst()
    if (!session) return null
    const actor = actorOf(session, await grantsOf(db, session.id), { kind: 'session', id: session.session_id })
    const visitor = { sessionId: session.session_id, token, startedAt: session.created_at, actor }
    if (session.awaits_second_factor) return { ...visitor, standing: 'awaits-second-factor' }
    if (session.confirmed_at === null && (await needsSecondFactor(actor.roles))) return { ...visitor, standing: 'must-set-up' }
    lastUse.note('session', session.session_id, at)
    if (at.getTime() - session.updated_at.getTime() > renewAfter) void renew(token, at).catch(onProblem)
    return { ...visitor, standing: 'full' }
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
    async visitorOf(request) {
      const signed = cookieOf(request.headers.get('cookie'), cookie)
      if (!signed) return null
      const at = now()
      // What is remembered was signed by us, so the very same text needs no second look. Who is still on the way in is read every time: the next step holds at once.
      return remembered.get(
        signed,
        at,
        async () => {
          const token = tokenIn(signed, secret)
          return token === null ? null : load(token, at)
        },
        ({ standing }) => standing === 'full',
      )
    },
    visitorWith: (token) => load(token, now()),
    forget: () => remembered.forget(),
  }
}

/** The token of a session cookie whose signature is ours. */
export function signedToken(header: string | null, cookie: string, secret: string): string | null {
  const value = cookieOf(header, cookie)
  return value ? tokenIn(value, secret) : null
}

function tokenIn(value: string, secret: string): string | null {
  if (value.length > 500) return null
  let text: string
  try {
    text = decodeURIComponent(value)
  } catch {
    return null
  }
  const dot = text.lastIndexOf('.')
  if (dot < 1) return null
  const given = Buffer.from(text.slice(dot + 1))
  const right = Buffer.from(signatureOf(text.slice(0, dot), secret))
  return given.length === right.length && timingSafeEqual(given, right) ? text.slice(0, dot) : null
}

/** The value of a session cookie, as `signedToken` reads it. */
export const signToken = (token: string, secret: string): string => encodeURIComponent(`${token}.${signatureOf(token, secret)}`)

const signatureOf = (token: string, secret: string) => createHmac('sha256', secret).update(token).digest('base64')

export const cookieOf = (header: string | null, name: string): string | undefined =>
  header
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(name.length + 1)
