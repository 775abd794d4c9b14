import { Hono, type Context as HttpContext } from 'hono'
import { z } from 'zod'
import type { Actor, Context, House } from '../context.ts'
import { type Endpoint, placeholders } from '../contract.ts'
import { type Database, type Db, withTransaction } from '../database/connection.ts'
import { hasPublished } from '../facts.ts'
import { storeFile, uploadMediaType } from '../files.ts'
import { claimKey, keepOutcome } from '../idempotency.ts'
import { timeOrderedId } from '../identifier.ts'
import type { JobQueue } from '../jobs.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Module } from '../module.ts'
import { newContext } from '../new-context.ts'
import { Refusal, refuse } from '../refusal.ts'
import { writeCarriedOut } from '../trail/facts.ts'
import type { ReadNotes } from '../trail/note-reads.ts'
import { holdsNul, jsonObject } from './body.ts'
import { download, readForDownload } from './download.ts'
import { withSuccessors } from './former-ids.ts'
import { type Blanker, blankerOf } from './personal.ts'
import { invalidInput, problemOf, refusalOfDatabase } from './problem.ts'
import { refuseOutOfReach } from './reach.ts'
import { refuseForeignOrigin, securityHeaders } from './security.ts'
import { limitArrivals, signedInput } from './signed.ts'

export interface HttpShell {
  readonly database: Database
  readonly queue: JobQueue
  readonly log: Log
  readonly metrics: Metrics
  readonly now: () => Date
  /** Who sent the request, or null for nobody. */
  actorOf(request: Request): Promise<Actor | null>
  /** Origins besides the request's own host that our pages are served from. */
  readonly origins: readonly string[]
  readonly secure: boolean
  readonly uploadLimit: number
  /** Who looked at whom is noted here, after the answer is made. */
  readonly reads: ReadNotes
  /** What the house tells every action besides its modules. */
  readonly house?: Omit<House, 'modules'>
}

const bodyLimit = 5 << 20

/** HTTP in, HTTP out: who is it, may they, is the input right, one transaction for a write, the action, and the result in the shape that the contract promises. */
export function httpServer(modules: readonly Module[], shell: HttpShell): Hono {
  const app = new Hono()
  const house: House = { modules, ...shell.house }
  app.use(securityHeaders(shell.secure))
  app.onError((error, c) => answerError(error, c, shell))
  app.notFound((c) => answerError(refuse('missing', 'no-such-address', 'There is nothing at this address'), c, shell))
  app.all('/api/*', async (c, next) => {
    refuseForeignOrigin(c.req.raw, shell.origins)
    await next()
  })
  for (const module of modules)
    for (const [name, endpoint] of Object.entries(module.api)) {
      const action = module.actions[name]
      if (!action) throw new Error(`There is no action for ${module.name}.${name}`)
      const blank = blankerOf(endpoint.result)
      if (endpoint.signed) app.on(endpoint.method, `/api/v1${endpoint.path}`, limitArrivals(endpoint.signed.perMinute, shell.now))
      app.on(endpoint.method, `/api/v1${endpoint.path}`, (c) => serve(c, `${module.name}.${name}`, endpoint, blank, action, shell, house))
    }
  return app
}

type AnyAction = (context: Context, input: never) => Promise<unknown>

async function serve(
  c: HttpContext,
  name: string,
  endpoint: Endpoint,
  blank: Blanker | null,
  action: AnyAction,
  shell: HttpShell,
  house: House,
): Promise<Response> {
  const started = performance.now()
  const actor =
    endpoint.permission === 'public' ? ((await shell.actorOf(c.req.raw)) ?? anyone) : await permitted(c.req.raw, endpoint, shell)
  const now = shell.now()
  const reach = actor.reach(endpoint.permission)
  const contextOf = (db: Db): Context => newContext({ db, now, actor, queue: shell.queue, house, reach })
  const raw = await rawInput(c, endpoint, shell, actor, now)
  if (holdsNul(raw)) throw refuse('invalid', 'bad-text', 'The text contains a character that cannot be stored')
  const parsed = endpoint.input.safeParse(raw)
  if (!parsed.success) throw invalidInput(parsed.error)
  const answer = async (input: Readonly<Record<string, unknown>>) => {
    const run = async (db: Db) => {
      await refuseOutOfReach(db, house.modules, endpoint, input, reach)
      const context = contextOf(db)
      const result = await action(context, input as never)
      if (endpoint.method !== 'GET' && endpoint.kind !== 'signed' && !hasPublished(db))
        await context.publish(writeCarriedOut, writeOf(name, endpoint, raw))
      return result
    }
    return endpoint.method === 'GET' ? read(endpoint, actor, run, shell) : write(c, name, endpoint, raw, actor, now, run, shell)
  }
  const asked = parsed.data as Readonly<Record<string, unknown>>
  const whole = await answer(asked).catch(async (error: unknown) => {
    const renewed = isMissing(error) ? await withSuccessors(shell.database.db, house.modules, endpoint, asked) : null
    if (renewed === null) throw error
    return answer(renewed)
  })
  const result = blank ? blank(whole, actor) : whole
  const response =
    endpoint.kind === 'download'
      ? await download(result, shell.database.db)
      : c.json(result as object, 200, { 'cache-control': 'private, no-store' })
  // Whoever asks for the head alone reads no body, and nobody else would give it up.
  if (c.req.method === 'HEAD') await response.body?.cancel()
  shell.reads.note({ name, endpoint, actor, now, input: raw, result })
  shell.metrics.request(name, response.status, (performance.now() - started) / 1000)
  return response
}

const isMissing = (error: unknown) => error instanceof Refusal && error.kind === 'missing'

/** What is said of a write that announces nothing of its own. */
function writeOf(endpoint: string, { path }: Endpoint, raw: Readonly<Record<string, unknown>>) {
  const ids = Object.fromEntries(placeholders(path).map((field) => [field, String(raw[field]).slice(0, 200)]))
  const customerId = ids.customerId ?? (path.startsWith('/customers/:id') ? ids.id : undefined)
  return { endpoint, ids, ...(customerId === undefined ? {} : { customerId }) }
}

const anyone: Actor = { kind: 'person', id: 'anonymous', name: '', roles: [], can: () => false, reach: () => [] }

async function permitted(request: Request, endpoint: Endpoint, shell: HttpShell): Promise<Actor> {
  const actor = await shell.actorOf(request)
  if (!actor) throw refuse('unauthenticated', 'sign-in-needed', 'Please sign in')
  if (!actor.can(endpoint.permission))
    throw refuse('forbidden', 'permission-missing', `This needs the permission ${endpoint.permission}`, {
      values: { permission: endpoint.permission },
    })
  return actor
}

/** Path, query and body as one object, without prototypes. A field of the path cannot be overruled by the body. */
async function rawInput(c: HttpContext, endpoint: Endpoint, shell: HttpShell, actor: Actor, now: Date): Promise<Record<string, unknown>> {
  const inPath = c.req.param()
  if (endpoint.kind === 'upload') {
    const id = timeOrderedId(now)
    const query = c.req.query()
    const body = c.req.raw.body
    if (!body)
      throw refuse('invalid', 'file-missing', 'The request has no body', {
        fields: [{ field: '(body)', reason: 'required', detail: 'Send the file as the body' }],
      })
    const input = { ...query, ...inPath, fileId: id }
    const parsed = endpoint.input.safeParse(input)
    if (!parsed.success) throw invalidInput(parsed.error)
    await storeFile(
      shell.database.db,
      { id, name: query.fileName ?? 'file', mediaType: uploadMediaType, createdBy: actor.id, now, limit: shell.uploadLimit },
      body as unknown as AsyncIterable<Uint8Array>,
    )
    return input
  }
  if (endpoint.kind === 'signed') return { ...(await signedInput(c, endpoint)), ...inPath }
  if (endpoint.method === 'GET') return { ...c.req.query(), ...inPath }
  return { ...(await jsonObject(c, bodyLimit)), ...inPath }
}

async function read(endpoint: Endpoint, actor: Actor, run: (db: Db) => Promise<unknown>, shell: HttpShell): Promise<unknown> {
  // Who asks at a public address is nobody in particular.
  if (endpoint.kind === 'download') return readForDownload(shell.database, endpoint.permission === 'public' ? null : actor.id, run)
  const result = endpoint.timeLimit
    ? await withTransaction(shell.database, run, { readOnly: true, statementTimeout: endpoint.timeLimit })
    : await run(shell.database.db)
  return onTheWire(endpoint, result)
}

async function write(
  c: HttpContext,
  name: string,
  endpoint: Endpoint,
  raw: Record<string, unknown>,
  actor: Actor,
  now: Date,
  run: (db: Db) => Promise<unknown>,
  shell: HttpShell,
): Promise<unknown> {
  const key = endpoint.idempotency === 'none' ? undefined : c.req.header('idempotency-key')
  if (!key && endpoint.idempotency === 'required')
    throw refuse('invalid', 'key-missing', 'This write needs the header Idempotency-Key', {
      fields: [
        {
          field: 'Idempotency-Key',
          reason: 'required',
          detail: 'Send a new random key with every new request, the same key when you repeat one',
        },
      ],
    })
  if (key && key.length > 255) throw refuse('invalid', 'key-too-long', 'An Idempotency-Key has at most 255 characters')
  return withTransaction(
    shell.database,
    async (db) => {
      if (!key) return onTheWire(endpoint, await run(db))
      const first = await claimKey(db, { actor: actor.id, key, endpoint: name, input: raw, now })
      if (first) {
        c.header('Idempotent-Replayed', 'true')
        return first.replay
      }
      const outcome = onTheWire(endpoint, await run(db))
      await keepOutcome(db, actor.id, key, outcome)
      return outcome
    },
    { retries: 3 },
  )
}

/** The result in the shape of the contract; what the contract does not name does not leave. */
const onTheWire = (endpoint: Endpoint, result: unknown) =>
  endpoint.kind === 'download' ? result : z.encode(endpoint.result, result as never)

function answerError(error: unknown, c: HttpContext, shell: HttpShell): Response {
  const refusal = error instanceof Refusal ? error : refusalOfDatabase(error)
  const headers: Record<string, string> = { 'content-type': 'application/problem+json' }
  if (refusal) {
    if (refusal.retryAfter !== null) headers['retry-after'] = String(refusal.retryAfter)
    const problem = problemOf(refusal)
    shell.metrics.request('refused', problem.status, 0)
    return c.body(JSON.stringify(problem), problem.status as 400, headers)
  }
  shell.metrics.request('failed', 500, 0)
  const request = timeOrderedId(shell.now())
  shell.log.error({ err: error, request, method: c.req.method, path: c.req.path }, 'A request failed')
  const problem = {
    type: 'about:blank',
    title: 'Something went wrong',
    status: 500,
    reason: 'bug',
    detail: 'Something went wrong on our side; the log says what',
    request,
  }
  return c.body(JSON.stringify(problem), 500, headers)
}
