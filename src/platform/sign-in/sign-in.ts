import { setTimeout as sleep } from 'node:timers/promises'
import { Hono, type Context as HttpContext } from 'hono'
import { z } from 'zod'
import type { Configuration } from '../configuration.ts'
import { type Actor, system } from '../context.ts'
import type { Database } from '../database/connection.ts'
import { bearerOf } from '../http/bearer.ts'
import { socketOf } from '../http/socket.ts'
import type { JobQueue } from '../jobs.ts'
import type { Log } from '../log.ts'
import { refuse } from '../refusal.ts'
import { sealingIn } from '../sealing.ts'
import { longestPassword, normalEmail } from './credentials.ts'
import { bodyOf, type DoorRules, type Entrance, inNameOf, nextStep, sessionCookieOf, tellSignedIn, visitorIn } from './entrance.ts'
import { passwordChanged, passwordLinkRequested, signedOut, signInRefused } from './facts.ts'
import { readKeys } from './keys.ts'
import { noteLastUse } from './last-use.ts'
import { senderHeader, signInLibrary } from './library.ts'
import { memoryOf } from './memory.ts'
import { secondFactorRoutes } from './second-factor-routes.ts'
import { sessionSecret } from './secret.ts'
import { senderBehind } from './sender.ts'
import { longestDays, readSessions, signedToken, type Visitor } from './sessions.ts'
import { singleSignOnRoutes } from './single-sign-on.ts'
import { type Allowance, claimAttempt, forgetOldAttempts, giveBack } from './throttle.ts'
import { checkPassword, markPasswordOwn, userByEmail, userById } from './users.ts'

export interface Door {
  /** Who sent the request, by session or key, or null for nobody. A change of rights or a revocation anywhere holds within five seconds. */
  actorOf(request: Request): Promise<Actor | null>
  /** Forgets who senders were found to be, so that the next look is a fresh one. */
  forget(): void
  /** Who sent a request, as far as it can be believed: an address. */
  sender(c: HttpContext): string
  /** The routes under /api/auth; to be mounted behind the shell's check of origins. */
  readonly routes: Hono
  /** Writes down when sessions and keys were last used; it does so by itself every half minute. */
  noteUses(): Promise<void>
  close(): Promise<void>
}

export interface DoorParts {
  readonly configuration: Configuration
  readonly database: Database
  readonly queue: JobQueue
  readonly log: Log
  readonly now: () => Date
  readonly rules: DoorRules
}

/** Sign-in with address and password. All routes are ours: each counts attempts, takes only the fields it names, and hands the work to the library. */
export async function signIn({ configuration, database, queue, log, now, rules }: DoorParts): Promise<Door> {
  const secure = configuration.publicUrl?.startsWith('https:') ?? false
  const secret = await sessionSecret(configuration.dataFolder)
  const address = configuration.publicUrl ?? `http://${configuration.host}:${configuration.port}`
  const library = signInLibrary({ database, secret, address, secure, log, now, onPasswordReset: chosen })
  const cookie = `${secure ? '__Secure-' : ''}patron.session_token`
  const onProblem = (error: unknown) => log.warn({ err: error }, 'The use of a session or key could not be noted')
  const lastUse = noteLastUse(database.db, onProblem)
  const strictRoles = memoryOf<readonly string[]>(1)
  const needsSecondFactor = async (roles: readonly string[]) => {
    const strict = await strictRoles.get('', now(), () => rules.secondFactorRoles(database.db))
    return roles.some((role) => strict?.includes(role))
  }
  const reading = { db: database.db, grantsOf: rules.grantsOf, needsSecondFactor, lastUse, now }
  const sessions = readSessions({ ...reading, cookie, secret, onProblem })
  const keys = readKeys(reading)
  const senderOf = senderBehind(configuration.trustedProxies)
  const sender = (c: HttpContext) => senderOf({ socket: socketOf(c), forwarded: c.req.header('x-forwarded-for') ?? null })
  const setSession = sessionCookieOf(cookie, secret, secure)
  const sealing = sealingIn(configuration.dataFolder)
  const entrance: Entrance = { database, queue, sealing, sessions, rules, needsSecondFactor, now, sender, setSession }

  /** Hands a request to the library: our own address, only the fields we name, and its answer without a body, because the body would show the session's token. */
  async function hand(c: HttpContext, path: string, body: object): Promise<string[]> {
    const headers = new Headers({ 'content-type': 'application/json', origin: address, [senderHeader]: sender(c) })
    for (const name of ['cookie', 'user-agent']) if (c.req.header(name)) headers.set(name, c.req.header(name)!)
    const answer = await library.handler(
      new Request(`${new URL(address).origin}/api/auth${path}`, { method: 'POST', headers, body: JSON.stringify(body) }),
    )
    if (!answer.ok) throw await refusalOf(answer)
    if (path !== '/sign-in/email') sessions.forget()
    const cookies = answer.headers.getSetCookie()
    for (const line of cookies) c.header('Set-Cookie', lasting(line, cookie), { append: true })
    return cookies
  }

  /** Whoever holds the session that was just begun. */
  async function begun(cookies: readonly string[]): Promise<Visitor | null> {
    const token = cookies.map((line) => signedToken(line, cookie, secret)).find((one) => one !== null)
    return token ? sessions.visitorWith(token) : null
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
    const cookies = await hand(c, '/sign-in/email', { email, password, rememberMe: true }).catch((error) => {
      // Beside the answer, which must take no longer where the account exists.
      void tellRefused(email, from).catch((problem) => log.warn({ err: problem }, 'A refused sign-in could not be noted'))
      throw error
    })
    await giveBack(database.db, attempts)
    const visitor = await begun(cookies)
    // Who still has to give the second factor is not in yet.
    if (visitor && visitor.standing !== 'awaits-second-factor') await tellSignedIn(entrance, visitor.actor, from)
    return c.json({ next: visitor ? nextStep(visitor) : null })
  })

  routes.post('/sign-out', async (c) => {
    const visitor = await sessions.visitorOf(c.req.raw)
    await hand(c, '/sign-out', {})
    const { actor } = visitor?.standing === 'full' ? visitor : {}
    if (actor) await inNameOf(entrance, actor, (_, publish) => publish(signedOut, { userId: actor.id }))
    return c.json({})
  })

  routes.post('/change-password', async (c) => {
    const { actor } = await visitorIn(entrance, c, 'full')
    const input = await bodyOf(c, z.object({ currentPassword: z.string().max(longestPassword * 4), newPassword: z.string() }))
    const user = (await userById(database.db, actor.id))!
    checkPassword(input.newPassword, [user.name, user.email, ...user.email.split('@')], 'newPassword')
    await claimAttempt(database.db, [{ of: `change of password by ${actor.id}`, attempts: 8, minutes: 10 }], now())
    await hand(c, '/change-password', { ...input, revokeOtherSessions: true })
    await chosen(actor.id)
    return c.json({})
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
    await hand(c, '/reset-password', { token, newPassword })
    return c.json({})
  })

  routes.route('/', secondFactorRoutes(entrance))
  routes.route('/', singleSignOnRoutes({ entrance, log, address, secure }))

  async function tellRefused(email: string, from: string): Promise<void> {
    const user = await userByEmail(database.db, email)
    if (user) await inNameOf(entrance, system, (_, publish) => publish(signInRefused, { userId: user.id, from }))
  }

  async function chosen(userId: string): Promise<void> {
    await inNameOf(entrance, { ...system, kind: 'person', id: userId }, async (db, publish) => {
      await markPasswordOwn(db, userId)
      await publish(passwordChanged, { userId })
    })
  }

  async function requestLink(email: string): Promise<void> {
    const user = await userByEmail(database.db, email)
    if (!user || user.disabledAt) return
    await inNameOf(entrance, system, (_, publish) => publish(passwordLinkRequested, { userId: user.id }))
  }

  /** A request that carries a key is the key's alone; what the browser adds on its own counts for nothing then. */
  async function actorOf(request: Request): Promise<Actor | null> {
    const key = bearerOf(request)
    if (key !== null) return keys.actorWith(key)
    const visitor = await sessions.visitorOf(request)
    return visitor?.standing === 'full' ? visitor.actor : null
  }

  const forget = () => {
    sessions.forget()
    keys.forget()
  }
  await forgetOldAttempts(database.db, now())
  return { actorOf, forget, sender, routes, noteUses: lastUse.write, close: lastUse.stop }
}

const address_ = z.string().max(320).transform(normalEmail)

/** First the sender, so that somebody who is blocked cannot use up other people's attempts; last the account, from wherever it is tried. */
const signInAllowances = (sender: string, email: string): Allowance[] => [
  { of: `sign-in from ${sender}`, attempts: 60, minutes: 10 },
  { of: `sign-in from ${sender} to ${email}`, attempts: 8, minutes: 10 },
  { of: `sign-in to ${email}`, attempts: 30, minutes: 10 },
]

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
