import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { customerLook } from '#modules/organization/public.ts'
import { readConfiguration } from '#platform/configuration.ts'
import { type Actor, type Context, system } from '#platform/context.ts'
import { type Api, type Endpoint, type InputOf, type ResultOf, requestOf } from '#platform/contract.ts'
import { type Database, type Db, withTransaction } from '#platform/database/connection.ts'
import { testDatabase } from '#platform/database/testing.ts'
import { describeHouse } from '#platform/http/house.ts'
import { httpServer } from '#platform/http/server.ts'
import { startJobQueue } from '#platform/jobs.ts'
import { createLog } from '#platform/log.ts'
import type { MailSettings } from '#platform/mail.ts'
import { createMetrics } from '#platform/metrics.ts'
import type { Module } from '#platform/module.ts'
import { startRunWorker } from '#platform/runs/worker.ts'
import { sealingIn } from '#platform/sealing.ts'
import { noteReads } from '#platform/trail/note-reads.ts'
import { modules as all } from '../src/modules.ts'
import { contextMaker, openDatabase } from '../src/product.ts'

/** Somebody who may do everything. */
export const everybody: Actor = {
  kind: 'person',
  id: 'tester',
  name: 'Tester',
  roles: ['administrator'],
  can: () => true,
  reach: () => 'all',
}

/** Somebody who holds just these permissions. */
export const holder = (...permissions: string[]): Actor => ({
  kind: 'person',
  id: `holder of ${permissions.join(' ')}`,
  name: 'Holder',
  roles: [],
  can: (p) => permissions.includes(p),
  reach: () => 'all',
})

interface CallOptions {
  readonly idempotencyKey?: string
  /** The raw body of an upload. */
  readonly file?: Uint8Array | string
}
type Client<A extends Api> = {
  readonly [K in keyof A]: (
    input: A[K]['kind'] extends 'upload' ? Partial<InputOf<A[K]>> : InputOf<A[K]>,
    options?: CallOptions,
  ) => Promise<ResultOf<A[K]>>
}

/** What a refused call throws: the problem that the server answered, with its HTTP status. */
export interface RefusedCall {
  readonly status: number
  readonly reason: string
  readonly detail: string
  readonly fields?: readonly { field: string; reason: string; detail: string }[]
}

export interface App {
  readonly database: Database
  readonly db: Db
  /** Of its database, for processes of their own. */
  readonly url: string
  /** Where its keys and what must outlive a restore lie. */
  readonly dataFolder: string
  /** The pretended clock; everything else is real. */
  now: Date
  /** Calls endpoints over HTTP as somebody, or as nobody. */
  as<A extends Api>(api: A, actor?: Actor | null): Client<A>
  request(path: string, init?: RequestInit, actor?: Actor | null): Promise<Response>
  /** Runs something in one transaction as the system. */
  transaction<T>(work: (context: Context) => Promise<T>): Promise<T>
  /** What jobs and listeners work with, in a transaction of theirs. */
  contextOf(db: Db, now: Date, actor: Actor): Context
  /** Writes down at once who looked at whom so far. */
  noteReads(): Promise<void>
  /** Writes down at once how often private links were opened so far. */
  noteLinks(): Promise<void>
  close(): Promise<void>
}

interface AppOptions {
  readonly work?: boolean
  readonly now?: Date
  readonly importFolders?: readonly string[]
  /** How mail goes out; without it none does. */
  readonly mail?: MailSettings
  /** Where people reach it, for links in mails. */
  readonly address?: string
  /** Modules beside those of the product, for what only a later one uses. */
  readonly further?: readonly Module[]
  /** Modules of the product that stay out of it, by name: such as those that take mails, where a test looks at what becomes of mails without them. */
  readonly without?: readonly string[]
}

/** The real application on a private copy of the migrated database, without a network. With `work` its jobs and runs are worked on too. */
export async function startApp(options: AppOptions = {}): Promise<App> {
  const modules = [...all.filter(({ name }) => !options.without?.includes(name)), ...(options.further ?? [])]
  // What a module leaves out is left out from the first start on.
  const scratch = await testDatabase({ holds: options.without ? 'tables' : 'opened' })
  const folder = await mkdtemp(join(tmpdir(), 'patron-test-'))
  const log = createLog('error')
  const database = await openDatabase(scratch.url, modules, log, { unsafeForTests: true })
  const queue = await startJobQueue(
    scratch.url,
    modules.flatMap((m) => m.jobs ?? []),
    log,
  )
  const outside = {
    sealing: sealingIn(folder),
    dataFolder: folder,
    importFolders: options.importFolders ?? [],
    mail: options.mail ?? null,
    ...(options.address ? { address: options.address } : {}),
  }
  const contextOf = contextMaker(modules, queue, outside)
  const clock = { now: options.now ?? new Date('2026-01-01T12:00:00Z') }
  const now = () => clock.now
  if (options.work) {
    await queue.schedule('UTC')
    await queue.work((work) => withTransaction(database, (db) => work(contextOf(db, now(), system)), { retries: 3 }))
  }
  const worker = options.work
    ? startRunWorker({ database, kinds: modules.flatMap((m) => m.runs ?? []), log, now: () => new Date(), folder, name: 'test', contextOf })
    : null
  const actors = new Map<string, Actor>()
  const metrics = createMetrics()
  const reads = noteReads(database.db, log)
  const http = httpServer(modules, {
    database,
    queue,
    log,
    metrics,
    now,
    actorOf: async (request) => actors.get(request.headers.get('x-test-actor') ?? '') ?? null,
    sender: (c) => c.req.header('x-test-sender') ?? '127.0.0.1',
    customerLook,
    origins: [],
    secure: false,
    uploadLimit: 1 << 30,
    reads,
    house: outside,
  })
  const server = http.app
  server.route('/', describeHouse(modules, { database, metrics, metricsToken: null }))
  const request = async (path: string, init: RequestInit = {}, actor: Actor | null = everybody) => {
    const headers = new Headers(init.headers)
    if (actor) {
      actors.set(actor.id, actor)
      headers.set('x-test-actor', actor.id)
    }
    return server.request(path, { ...init, headers }, { incoming: { socket: { remoteAddress: '127.0.0.1' } } })
  }
  const app: Omit<App, 'now'> = {
    database,
    db: database.db,
    url: scratch.url,
    dataFolder: folder,
    as: (api, actor = everybody) =>
      Object.fromEntries(
        Object.entries(api).map(([name, endpoint]) => [
          name,
          (input: never, callOptions?: CallOptions) => callAs(request, actor, endpoint, input, callOptions),
        ]),
      ) as never,
    request,
    contextOf,
    transaction: (work) => withTransaction(database, (db) => work(contextOf(db, now(), system))),
    noteReads: () => reads.flush(),
    noteLinks: () => http.noteLinks(),
    async close() {
      await worker?.stop()
      await http.stop()
      await reads.stop()
      await queue.stop()
      await database.close()
      await scratch.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
  return Object.defineProperty(app, 'now', { get: now, set: (value: Date) => (clock.now = value) }) as App
}

export const testConfiguration = (folder: string) => readConfiguration({ PATRON_DATA: folder, PORT: '0', PATRON_LOG: 'error' })

async function callAs(
  request: App['request'],
  actor: Actor | null,
  endpoint: Endpoint,
  input: never,
  { idempotencyKey, file }: CallOptions = {},
): Promise<unknown> {
  const { url, body } = requestOf(endpoint, input, endpoint.kind === 'upload')
  const headers = {
    ...(body ? { 'content-type': 'application/json' } : {}),
    ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
  }
  const content = file ?? (body ? JSON.stringify(body) : undefined)
  const response = await request(
    url,
    { method: endpoint.method, headers, ...(content === undefined ? {} : { body: content as string }) },
    actor,
  )
  if (!response.ok) throw (await response.json()) as RefusedCall
  if (endpoint.kind === 'events') return response.json()
  if (endpoint.kind === 'download') return { text: await response.text(), headers: response.headers }
  return z.decode(endpoint.result, (await response.json()) as never)
}
