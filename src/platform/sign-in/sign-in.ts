import { setTimeout as sleep } from 'node:timers/promises'
import { Hono, type Context as HttpContext } from 'hono'
import { z } from 'zod'
import type { Configuration } from '../configuration.ts'
import { type Actor, system } from '../context.ts'
import { type Database, withTransaction } from '../database/connection.ts'
import { publisher } from '../facts.ts'
import { jsonObject } from '../http/body.ts'
import { invalidInput } from '../http/problem.ts'
import { socketOf } from '../http/socket.ts'
import type { JobQueue } from '../jobs.ts'
import type { Log } from '../log.ts'
import { refuse } from '../refusal.ts'
import { longestPassword, normalEmail } from './credentials.ts'
import { passwordChanged, passwordLinkRequested, signedIn, signedOut, signInRefused } from './facts.ts'
import { senderHeader, signInLibrary } from './library.ts'
import { sessionSecret } from './secret.ts'
import { senderBehind } from './sender.ts'
import { type GrantsOf, longestDays, readSessions } from './sessions.ts'
import { type Allowance, claimAttempt, forgetOldAttempts, giveBack } from './throttle.ts'
import { checkPassword, markPasswordOwn, userByEmail, userById } from './users.ts'

export interface Door {
  /** Who sent the request, or null for nobody. A change of rights or a revocation anywhere holds within five seconds. */
  actorOf(request: Request): Promise<Actor | null>
  /** The routes under /api/auth; to be mounted behind the shell's check of origins. */
  readonly routes: Hono
}

export interface DoorParts {
  readonly configuration: Configuration
  readonly database: Database
  readonly queue: JobQueue
  readonly log: Log
  readonly now: () => Date
  /** What somebody may do. */
  readonly grantsOf: GrantsOf
}

/** Sign-in with address and password. All routes are ours: each counts attempts, takes only the fields it names, and hands the work to the library. */
export async function signIn({ configuration, database, queue, log, now, grantsOf }: DoorParts): Promise<Door> {
  const secure = configuration.publicUrl?.startsWith('https:') ?? false
  const secret = await sessionSecret(configuration.dataFolder)
  const address = configuration.publicUrl ?? `http://${configuration.host}:${configuration.port}`
  const library = signInLibrary({ database, secret, address, secure, log, onPasswordReset: chosen })
  const cookie = `${secure ? '__Secure-' : ''}patron.session_token`
  const onProblem = (error: unknown) => log.warn({ err: error }, 'A session could not be renewed')
  const sessions = readSessions({ db: database.db, cookie, secret, grantsOf, now, onProblem })
  const senderOf = senderBehind(configuration.trustedProxies)
  const sender = (c: HttpContext) => senderOf({ socket: socketOf(c), forwarded: c.req.header('x-forwarded-for') ?? null })

  /** Hands a request to the library: our own address, only the fields we name, and its answer without a body, because the body would show the session's token. */
  async function hand(c: HttpContext, path: string, body: object): Promise<Response> {
    const headers = new Headers({ 'content-type': 'application/json', origin: address, [senderHeader]: sender(c) })
    for (const name of ['cookie', 'user-agent']) if (c.req.header(name)) headers.set(name, c.req.header(name)!)
    const answer = await library.handler(
      new Request(`${new URL(address).origin}/api/auth${path}`, { method: 'POST', headers, body: JSON.stringify(body) }),
    )
    if (!answer.ok) throw await refusalOf(answer)
    if (path !== '/sign-in/email') sessions.forget()
    for (const line of answer.headers.getSetCookie()) c.header('Set-Cookie', lasting(line, cookie), { append: true })
    return c.json({})
  }

  const routes = new Hono().basePath('/api/auth')
  routes.use(async (c, next) => {
    await next()
    c.header('Cache-Control', 'no-store')
  })

  routes.post('/sign-in/email', async (c) => {
    const { email, password } = await bodyOf(c, z.object({ email: address_, password: z.string().max(longestPassword * 4) }))
    const attempts = signInAllowances(sender(c), email)
    await claimAttempt(database.db, attempts, now())
    const from = sender(c)
    const answer = await hand(c, '/sign-in/email', { email, password, rememberMe: true }).catch((error) => {
      // Beside the answer, which must take no longer where the account exists.
      void tell(email, signInRefused, from).catch((problem) => log.warn({ err: problem }, 'A refused sign-in could not be noted'))
      throw error
    })
    await giveBack(database.db, attempts)
    await tell(email, signedIn, from)
    return answer
  })

  routes.post('/sign-out', async (c) => {
    const actor = await sessions.actorOf(c.req.raw)
    const answer = await hand(c, '/sign-out', {})
    if (actor) await withTransaction(database, (db) => publisher(db, now(), actor, queue)(signedOut, { userId: actor.id }))
    return answer
  })

  routes.post('/change-password', async (c) => {
    const actor = await sessionsActor(c)
    const input = await bodyOf(c, z.object({ currentPassword: z.string().max(longestPassword * 4), newPassword: z.string() }))
    const user = (await userById(database.db, actor.id))!
    checkPassword(input.newPassword, [user.name, user.email, ...user.email.split('@')], 'newPassword')
    await claimAttempt(database.db, [{ of: `change of password by ${actor.id}`, attempts: 8, minutes: 10 }], now())
    const answer = await hand(c, '/change-password', { ...input, revokeOtherSessions: true })
    await chosen(actor.id)
    return answer
  })

  routes.post('/request-password-reset', async (c) => {
    const { email } = await bodyOf(c, z.object({ email: address_ }))
    if (!configuration.mail)
      throw refuse('conflict', 'mail-not-set-up', 'No outgoing mail is set up here; ask an administrator for a new password')
    const attempts = [
      { of: `links asked for by ${sender(c)}`, attempts: 20, minutes: 60 },
      { of: `links for ${email}`, attempts: 3, minutes: 60 },
    ]
    await claimAttempt(database.db, attempts, now())
    // Known or unknown, the answer is the same and takes the same time.
    await Promise.all([requestLink(email), sleep(250)])
    return c.json({})
  })

  routes.post('/reset-password', async (c) => {
    const { token, newPassword } = await bodyOf(c, z.object({ token: z.string().max(200), newPassword: z.string() }))
    await claimAttempt(database.db, [{ of: `links used by ${sender(c)}`, attempts: 20, minutes: 10 }], now())
    checkPassword(newPassword, [], 'newPassword')
    return hand(c, '/reset-password', { token, newPassword })
  })

  async function chosen(userId: string): Promise<void> {
    await withTransaction(database, async (db) => {
      await markPasswordOwn(db, userId)
      await publisher(db, now(), { ...system, kind: 'person', id: userId }, queue)(passwordChanged, { userId })
    })
  }

  async function tell(email: string, what: typeof signedIn | typeof signInRefused, from: string): Promise<void> {
    const user = await userByEmail(database.db, email)
    const actor = user && { ...system, ...(what === signedIn ? { kind: 'person' as const, id: user.id } : {}) }
    if (actor) await withTransaction(database, (db) => publisher(db, now(), actor, queue)(what, { userId: user.id, from }))
  }

  async function sessionsActor(c: HttpContext): Promise<Actor> {
    const actor = await sessions.actorOf(c.req.raw)
    if (!actor) throw refuse('unauthenticated', 'sign-in-needed', 'Please sign in')
    return actor
  }

  async function requestLink(email: string): Promise<void> {
    const user = await userByEmail(database.db, email)
    if (!user || user.disabledAt) return
    await withTransaction(database, (db) => publisher(db, now(), system, queue)(passwordLinkRequested, { userId: user.id }))
  }

  await forgetOldAttempts(database.db, now())
  return { actorOf: sessions.actorOf, routes }
}

const address_ = z.string().max(320).transform(normalEmail)

/** First the sender, so that somebody who is blocked cannot use up other people's attempts; last the account, from wherever it is tried. */
const signInAllowances = (sender: string, email: string): Allowance[] => [
  { of: `sign-in from ${sender}`, attempts: 60, minutes: 10 },
  { of: `sign-in from ${sender} to ${email}`, attempts: 8, minutes: 10 },
  { of: `sign-in to ${email}`, attempts: 30, minutes: 10 },
]

async function bodyOf<S extends z.ZodType>(c: HttpContext, schema: S): Promise<z.output<S>> {
  const parsed = schema.safeParse(await jsonObject(c, 10_000))
  if (!parsed.success) throw invalidInput(parsed.error)
  return parsed.data
}

/** What the library refuses, in our one shape. Whether an address is known never shows. */
async function refusalOf(answer: Response): Promise<Error> {
  const { code } = (await answer.json().catch(() => ({}))) as { code?: string }
  if (code && notRight.has(code)) return refuse('unauthenticated', 'wrong-credentials', 'The e-mail address or the password is wrong')
  if (code === 'ACCOUNT_DISABLED') return refuse('forbidden', 'account-disabled', 'This account is disabled; ask an administrator')
  if (code === 'INVALID_TOKEN')
    return refuse('invalid', 'link-used-or-expired', 'This link was used already or is too old; ask for a new one')
  if (code === 'INVALID_PASSWORD') {
    const detail = 'The current password is wrong'
    return refuse('invalid', 'wrong-password', detail, { fields: [{ field: 'currentPassword', reason: 'wrong-password', detail }] })
  }
  if (answer.status === 401) return refuse('unauthenticated', 'sign-in-needed', 'Please sign in')
  if (answer.status < 500) return refuse('invalid', 'not-accepted', 'This was not accepted')
  return new Error(`The sign-in library answered ${answer.status} ${code ?? ''}`)
}

const notRight = new Set(['INVALID_EMAIL_OR_PASSWORD', 'INVALID_EMAIL', 'PASSWORD_TOO_LONG'])

/** The browser keeps the cookie as long as a session can last; the server alone decides when it ends. */
const lasting = (line: string, cookie: string): string =>
  line.startsWith(`${cookie}=`) ? line.replace(/Max-Age=[1-9]\d*/, `Max-Age=${longestDays * 86_400}`) : line
