import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createUser, customerLook, doorRules, firstAdministratorToken, seedRoles } from '#modules/organization/public.ts'
import { readConfiguration } from '#platform/configuration.ts'
import { type Actor, type Context, system } from '#platform/context.ts'
import { type Database, withTransaction } from '#platform/database/connection.ts'
import { testDatabase } from '#platform/database/testing.ts'
import { httpServer } from '#platform/http/server.ts'
import { silentQueue } from '#platform/jobs.ts'
import { createLog } from '#platform/log.ts'
import { createMetrics } from '#platform/metrics.ts'
import { sealingIn } from '#platform/sealing.ts'
import { signIn } from '#platform/sign-in/sign-in.ts'
import { noteReads } from '#platform/trail/note-reads.ts'
import { modules } from '../src/modules.ts'
import { contextMaker } from '../src/product.ts'

export interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
  /** The cookies that were set, as a browser would send them back. */
  readonly cookie: string
  readonly setCookie: readonly string[]
  /** Where a redirect leads. */
  readonly location: string | null
  /** Seconds after which a refused request may be tried again. */
  readonly retryAfter: number | null
}

export interface CallAs {
  readonly cookie?: string
  readonly headers?: Readonly<Record<string, string>>
  /** The other end of the socket. */
  readonly socket?: string
}

export interface DoorApp {
  readonly database: Database
  /** The routes that sign somebody in, as method and address. */
  readonly signInRoutes: readonly string[]
  /** A moment before the pretended present. */
  now(): Date
  /** Moves the clock of sessions, throttle and caches. */
  forward(milliseconds: number): void
  call(method: string, path: string, body?: object | null, as?: CallAs): Promise<Answer>
  /** The answer itself, such as one that stays open. */
  request(path: string, as?: CallAs): Promise<Response>
  signIn(email: string, password: string, as?: CallAs): Promise<Answer>
  /** Makes the first administrator and signs in; answers the cookie. */
  firstAdministrator(): Promise<string>
  /** Adds somebody with a password of their own; answers id and cookie. */
  colleague(email: string, roles: readonly string[]): Promise<{ id: string; cookie: string; password: string }>
  /** Writes down when sessions and keys were last used, as happens every half minute. */
  noteUses(): Promise<void>
  transaction<T>(work: (context: Context) => Promise<T>, actor?: Actor): Promise<T>
  close(): Promise<void>
}

export const administrator = { name: 'Ada Lovelace', email: 'ada@example.com', password: 'seven green otters swim' }
export const company = { name: 'Otter & Co', currency: 'EUR', timeZone: 'Europe/Berlin', locale: 'en' as const }

/** The real application with its real sign-in on a private database, without a network. */
export async function startDoor(variables: Readonly<Record<string, string>> = {}): Promise<DoorApp> {
  const scratch = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'patron-door-'))
  const configuration = readConfiguration({ PATRON_DATA: folder, PATRON_LOG: 'error', ...variables })
  const log = createLog('error')
  const { database } = scratch
  await withTransaction(database, (db) => seedRoles(db, modules))
  let ahead = 0
  const now = () => new Date(Date.now() + ahead)
  const door = await signIn({ configuration, database, queue: silentQueue, log, now, rules: doorRules })
  const house = { mail: configuration.mail, sealing: sealingIn(folder), address: configuration.publicUrl ?? 'http://127.0.0.1:3000' }
  const reads = noteReads(database.db, log)
  const http = httpServer(modules, {
    database,
    queue: silentQueue,
    log,
    metrics: createMetrics(),
    now,
    actorOf: door.actorOf,
    forgetActors: door.forget,
    sender: door.sender,
    customerLook,
    origins: configuration.publicUrl ? [configuration.publicUrl] : [],
    secure: false,
    uploadLimit: 1 << 20,
    reads,
    house,
  })
  const { app } = http
  app.route('/', door.routes)
  const contextOf = contextMaker(modules, silentQueue, house)

  const call: DoorApp['call'] = async (method, path, body = null, as = {}) => {
    const headers = new Headers({ host: 'patron.test', ...(body ? { 'content-type': 'application/json' } : {}), ...as.headers })
    if (as.cookie) headers.set('cookie', as.cookie)
    const response = await app.request(
      `http://patron.test${path}`,
      { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) },
      { incoming: { socket: { remoteAddress: as.socket ?? '203.0.113.7' } } },
    )
    const setCookie = response.headers.getSetCookie()
    return {
      status: response.status,
      body: (await response.json().catch(() => ({}))) as Record<string, unknown>,
      setCookie,
      location: response.headers.get('location'),
      retryAfter: response.headers.has('retry-after') ? Number(response.headers.get('retry-after')) : null,
      cookie: setCookie.map((line) => line.split(';')[0]).join('; '),
    }
  }
  const signInRoutes = door.routes.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`)
  const self: DoorApp = {
    database,
    signInRoutes,
    now: () => new Date(now().getTime() - 60_000),
    forward: (milliseconds) => {
      ahead += milliseconds
    },
    call,
    request: async (path, as = {}) =>
      app.request(
        `http://patron.test${path}`,
        { headers: { host: 'patron.test', ...(as.cookie ? { cookie: as.cookie } : {}), ...as.headers } },
        { incoming: { socket: { remoteAddress: as.socket ?? '203.0.113.7' } } },
      ),
    signIn: (email, password, as) => call('POST', '/api/auth/sign-in/email', { email, password }, as),
    async firstAdministrator() {
      const token = await firstAdministratorToken(database, now())
      await call('POST', '/api/v1/organization/first-administrator', { token, ...administrator, organization: company })
      return (await self.signIn(administrator.email, administrator.password)).cookie
    },
    async colleague(email, roles) {
      const { user, password } = await self.transaction((context) => createUser(context, { name: 'Grace Hopper', email, roles }))
      return { id: user.id, password, cookie: (await self.signIn(email, password)).cookie }
    },
    noteUses: () => door.noteUses(),
    transaction: (work, actor = system) => withTransaction(database, (db) => work(contextOf(db, now(), actor))),
    async close() {
      await http.stop()
      await door.close()
      await scratch.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
  return self
}
