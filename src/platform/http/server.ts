import { Hono, type Context as HttpContext } from 'hono'
import { z } from 'zod'
import type { Actor, Context, House } from '../context.ts'
import { type Endpoint, servedAt } from '../contract.ts'
import { type Db, withTransaction } from '../database/connection.ts'
import { hasPublished } from '../facts.ts'
import { storeFile, uploadMediaType } from '../files.ts'
import { claimKey, keepOutcome } from '../idempotency.ts'
import { timeOrderedId } from '../identifier.ts'
import type { Module } from '../module.ts'
import { newContext } from '../new-context.ts'
import { Refusal, refuse } from '../refusal.ts'
import { writeCarriedOut } from '../trail/facts.ts'
import { holdsNul, jsonObject } from './body.ts'
import { type AnyAction, answerOrSuccessors, callerOf } from './callers.ts'
import { customerPages } from './customer-pages.ts'
import { download, readForDownload } from './download.ts'
import { eventServer, type Listener } from './events.ts'
import { linkDoor, withoutTokens } from './links.ts'
import { type Blanker, blankerOf } from './personal.ts'
import { invalidInput, problemOf, refusalOfDatabase } from './problem.ts'
import { refuseOutOfReach } from './reach.ts'
import { dataAnswers, refuseForeignOrigin, securityHeaders } from './security.ts'
import { type HttpShell, type Parts, writeOf } from './shell.ts'
import { limitArrivals, signedInput } from './signed.ts'
import { openStreamHub } from './stream-hub.ts'

const bodyLimit = 5 << 20

export interface HttpServer {
  readonly app: Hono
  /** Writes down how often private links were opened; it does so by itself every few seconds. */
  noteLinks(): Promise<void>
  /** How many streams of events are open. */
  openStreams(): number
  /** Ends the connections that stay open, and writes down what is only noted. Before the database is closed. */
  stop(): Promise<void>
}

/** HTTP in, HTTP out: who is it, may they, is the input right, one transaction for a write, the action, and the result in the shape that the contract promises. */
export function httpServer(modules: readonly Module[], shell: HttpShell): HttpServer {
  const app = new Hono()
  const house: House = { modules, ...shell.house }
  const { database, log, now } = shell
  const links = linkDoor(database, modules, log, now)
  const hub = openStreamHub(database, log, now)
  const events = eventServer({ database, hub, log, now, forgetActors: shell.forgetActors ?? (() => {}) })
  const parts: Parts = { shell, house, links, answer: dataAnswers(shell.secure) }
  const pages = customerPages(parts)
  app.use(securityHeaders(shell.secure))
  app.onError((error, c) => (pages.isPage(c) ? pages.refused(error, c) : answerError(error, c, shell)))
  app.notFound((c) => {
    const error = refuse('missing', 'no-such-address', 'There is nothing at this address')
    return pages.isPage(c) ? pages.refused(error, c) : answerError(error, c, shell)
  })
  for (const protectedPart of ['/api/*', '/p/*'])
    app.all(protectedPart, async (c, next) => {
      refuseForeignOrigin(c.req.raw, shell.origins)
      await next()
    })
  for (const module of modules)
    for (const [name, endpoint] of Object.entries(module.api)) {
      const action = module.actions[name]
      if (!action) throw new Error(`There is no action for ${module.name}.${name}`)
      const path = servedAt(endpoint, endpoint.path)
      const called = `${module.name}.${name}`
      if (endpoint.kind === 'page') app.on(endpoint.method, path, pages.serve(module, name))
      else if (endpoint.kind === 'events')
        app.on('GET', path, async (c) => {
          shell.metrics.request(called, 200, 0)
          return events.serve(c, endpoint, () => listenerOf(c, endpoint, action, parts))
        })
      else {
        const blank = blankerOf(endpoint.result)
        if (endpoint.signed) app.on(endpoint.method, path, limitArrivals(endpoint.signed.perMinute, now))
        app.on(endpoint.method, path, (c) => serve(c, called, endpoint, blank, action, parts))
      }
    }
  app.route('/', pages.files)
  return {
    app,
    noteLinks: links.write,
    openStreams: events.count,
    async stop() {
      events.stop()
      await hub.stop()
      await links.stop()
    },
  }
}

async function serve(
  c: HttpContext,
  name: string,
  endpoint: Endpoint,
  blank: Blanker | null,
  action: AnyAction,
  { shell, house, links, answer }: Parts,
): Promise<Response> {
  const started = performance.now()
  const actor = await callerOf(c.req.raw, endpoint, shell.actorOf)
  const now = shell.now()
  const reach = actor.reach(endpoint.permission)
  const link = endpoint.link && (await links.open(endpoint.link, c.req.param('token') ?? '', { sender: shell.sender(c), isUse: true }))
  let looked: string | null = null
  const looksAt = (customerId: string) => {
    looked ??= customerId
  }
  const contextOf = (db: Db): Context => newContext({ db, now, actor, queue: shell.queue, house, reach, link: link || undefined, looksAt })
  const raw = await rawInput(c, endpoint, shell, actor, now)
  if (holdsNul(raw)) throw refuse('invalid', 'bad-text', 'The text contains a character that cannot be stored')
  const parsed = endpoint.input.safeParse(raw)
  if (!parsed.success) throw invalidInput(parsed.error)
  const asked = parsed.data as Readonly<Record<string, unknown>>
  const { whole, more } = await answerOrSuccessors(shell.database.db, house, endpoint, asked, async (input) => {
    const run = async (db: Db) => {
      await refuseOutOfReach(db, house.modules, endpoint, input, reach)
      const context = contextOf(db)
      const result = await action(context, input as never)
      if (endpoint.method !== 'GET' && endpoint.kind !== 'signed' && !hasPublished(db))
        await context.publish(writeCarriedOut, writeOf(name, endpoint, raw))
      return result
    }
    return endpoint.method === 'GET' ? read(endpoint, actor, run, shell) : write(c, name, endpoint, raw, actor, now, run, shell)
  })
  const result = blank ? blank(whole, actor) : whole
  const response = endpoint.kind === 'download' ? await download(result, shell.database.db) : answer(result, more)
  // Whoever asks for the head alone reads no body, and nobody else would give it up.
  if (c.req.method === 'HEAD') await response.body?.cancel()
  shell.reads.note({ name, endpoint, actor, now, input: raw, result, looked })
  shell.metrics.request(name, response.status, (performance.now() - started) / 1000)
  return response
}

/** What somebody may hear at this moment: who they are, what they may, and what their input names within their reach, as for any other endpoint. */
async function listenerOf(c: HttpContext, endpoint: Endpoint, action: AnyAction, { shell, house, links }: Parts): Promise<Listener> {
  const actor = await callerOf(c.req.raw, endpoint, shell.actorOf)
  const sender = shell.sender(c)
  const link = endpoint.link && (await links.open(endpoint.link, c.req.param('token') ?? '', { sender, isUse: false }))
  const reach = actor.reach(endpoint.permission)
  const parsed = endpoint.input.safeParse({ ...c.req.query(), ...c.req.param() })
  if (!parsed.success) throw invalidInput(parsed.error)
  const { db } = shell.database
  const answer = await answerOrSuccessors(db, house, endpoint, parsed.data as Readonly<Record<string, unknown>>, async (input) => {
    await refuseOutOfReach(db, house.modules, endpoint, input, reach)
    const context = newContext({ db, now: shell.now(), actor, queue: shell.queue, house, reach, link: link || undefined })
    return endpoint.result.parse(await action(context, input as never)) as Pick<Listener, 'topics'>
  })
  const holder = link ? link.id : (actor.through?.id ?? `${actor.id} ${sender}`)
  return { topics: answer.topics, holder, sender, isPublic: endpoint.permission === 'public' }
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

/** What an endpoint answers, and what more its headers say. */
interface Answered {
  readonly whole: unknown
  readonly more?: Readonly<Record<string, string>>
}

async function read(endpoint: Endpoint, actor: Actor, run: (db: Db) => Promise<unknown>, shell: HttpShell): Promise<Answered> {
  // Who asks at a public address is nobody in particular.
  if (endpoint.kind === 'download')
    return { whole: await readForDownload(shell.database, endpoint.permission === 'public' ? null : actor.id, run) }
  const result = endpoint.timeLimit
    ? await withTransaction(shell.database, run, { readOnly: true, statementTimeout: endpoint.timeLimit })
    : await run(shell.database.db)
  return { whole: onTheWire(endpoint, result) }
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
): Promise<Answered> {
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
      if (!key) return { whole: onTheWire(endpoint, await run(db)) }
      const first = await claimKey(db, { actor: actor.id, key, endpoint: name, input: raw, now })
      if (first) return { whole: first.replay, more: { 'Idempotent-Replayed': 'true' } }
      const outcome = onTheWire(endpoint, await run(db))
      await keepOutcome(db, actor.id, key, outcome)
      return { whole: outcome }
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
  shell.log.error({ err: error, request, method: c.req.method, path: withoutTokens(c.req.path) }, 'A request failed')
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
