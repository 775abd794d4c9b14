import type { Context as HttpContext } from 'hono'
import type { z } from 'zod'
import type { Actor } from '../context.ts'
import { type Database, type Db, withTransaction } from '../database/connection.ts'
import type { Publish } from '../fact.ts'
import { publisher } from '../facts.ts'
import { jsonObject } from '../http/body.ts'
import { invalidInput } from '../http/problem.ts'
import type { JobQueue } from '../jobs.ts'
import { refuse } from '../refusal.ts'
import type { Sealing } from '../sealing.ts'
import type { GrantsOf } from './actors.ts'
import { signedIn } from './facts.ts'
import { longestDays, type Sessions, type Standing, signToken, type Visitor } from './sessions.ts'
import type { SingleSignOn } from './single-sign-on.ts'

/** What the organization says about those who come in. */
export interface DoorRules {
  /** What somebody may do. */
  readonly grantsOf: GrantsOf
  /** The roles whose holders must have a second factor. */
  secondFactorRoles(db: Db): Promise<readonly string[]>
  /** What the company is called, for the list in somebody's authenticator app. */
  nameOf(db: Db): Promise<string>
  /** The company's own provider, or null where none is in use. */
  singleSignOn(db: Db, sealing: Sealing): Promise<SingleSignOn | null>
  /** Receives somebody who came by the provider for the first time. */
  welcome(db: Db, publish: Publish, userId: string, role: string): Promise<void>
}

/** What the routes of the door share. */
export interface Entrance {
  readonly database: Database
  readonly queue: JobQueue
  readonly sealing: Sealing
  readonly sessions: Sessions
  readonly rules: DoorRules
  needsSecondFactor(roles: readonly string[]): Promise<boolean>
  now(): Date
  /** Who sent the request, as far as it can be believed. */
  sender(c: HttpContext): string
  /** Hands the browser the cookie of a session. */
  setSession(c: HttpContext, token: string): void
}

export function sessionCookieOf(name: string, secret: string, secure: boolean): Entrance['setSession'] {
  const more = `Max-Age=${longestDays * 86_400}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  return (c, token) => c.header('Set-Cookie', `${name}=${signToken(token, secret)}; ${more}`, { append: true })
}

/** The visitor of a request, where they have come as far as the route asks for. */
export async function visitorIn({ sessions }: Pick<Entrance, 'sessions'>, c: HttpContext, ...standings: Standing[]): Promise<Visitor> {
  const visitor = await sessions.visitorOf(c.req.raw)
  if (!visitor || !standings.includes(visitor.standing)) throw refuse('unauthenticated', 'sign-in-needed', 'Please sign in')
  return visitor
}

export async function bodyOf<S extends z.ZodType>(c: HttpContext, schema: S): Promise<z.output<S>> {
  const parsed = schema.safeParse(await jsonObject(c, 10_000))
  if (!parsed.success) throw invalidInput(parsed.error)
  return parsed.data
}

/** One transaction in somebody's name. */
export const inNameOf = <T>(
  { database, queue, now }: Pick<Entrance, 'database' | 'queue' | 'now'>,
  actor: Actor,
  work: (db: Db, publish: Publish) => Promise<T>,
): Promise<T> => withTransaction(database, (db) => work(db, publisher(db, now(), actor, queue)))

/** What is still to be done before a session opens anything. */
export const nextStep = ({ standing }: Visitor): 'second-factor' | 'set-up' | null =>
  standing === 'awaits-second-factor' ? 'second-factor' : standing === 'must-set-up' ? 'set-up' : null

export const tellSignedIn = (entrance: Entrance, actor: Actor, from: string) =>
  inNameOf(entrance, actor, (_, publish) => publish(signedIn, { userId: actor.id, from }))
