import { createConnection, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { serve } from '@hono/node-server'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { customerLook } from '#modules/organization/public.ts'
import { connect, type Database, withTransaction } from '#platform/database/connection.ts'
import { type TestDatabase, testDatabase } from '#platform/database/testing.ts'
import { silentQueue } from '#platform/jobs.ts'
import { createLog } from '#platform/log.ts'
import { createMetrics } from '#platform/metrics.ts'
import { newContext } from '#platform/new-context.ts'
import { makeLink, revokeLinks } from '#platform/private-link.ts'
import { tellStream } from '#platform/stream.ts'
import { noteReads } from '#platform/trail/note-reads.ts'
import { type DoorApp, startDoor } from '#test/door.ts'
import { type Hearing, hear } from '#test/hear.ts'
import { topicOf, trial } from '#test/trial-pages.ts'
import { modules } from '../../modules.ts'
import { type HttpServer, httpServer } from './server.ts'

/** As many processes as are wanted, each with connections of its own, on one database. */
interface Process {
  readonly http: HttpServer
  readonly database: Database
  hear(path: string, headers?: Record<string, string>): Promise<Hearing>
  ask(path: string, headers?: Record<string, string>): Promise<Response>
}

const thing = '0198c0de-0000-7000-8000-0000000000a1'
let scratch: TestDatabase
const started: Process[] = []
const listening: Hearing[] = []
beforeAll(async () => {
  scratch = await testDatabase()
})
afterEach(async () => {
  for (const one of listening.splice(0)) await one.stop().catch(() => {})
})
afterAll(async () => {
  for (const { http, database } of started) {
    await http.stop()
    await database.close()
  }
  await scratch.close()
})

function start(): Process {
  const database = connect(scratch.url, { poolSize: 6 })
  const log = createLog('silent')
  const http = httpServer([...modules, trial], {
    database,
    queue: silentQueue,
    log,
    reads: noteReads(database.db, log),
    metrics: createMetrics(),
    now: () => new Date(),
    actorOf: async () => null,
    sender: (c) => c.req.header('x-test-sender') ?? '127.0.0.1',
    customerLook,
    origins: [],
    secure: false,
    uploadLimit: 1 << 20,
  })
  const ask = async (path: string, headers: Record<string, string> = {}) => http.app.request(path, { headers })
  const self: Process = {
    http,
    database,
    ask,
    async hear(path, headers = {}) {
      const response = await ask(path, { accept: 'text/event-stream', ...headers })
      if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)
      const hearing = hear(response)
      listening.push(hearing)
      return hearing
    },
  }
  started.push(self)
  return self
}

const inTransaction = <T>(work: (context: ReturnType<typeof newContext>) => Promise<T>) =>
  withTransaction(scratch.database, (db) =>
    work(newContext({ db, now: new Date(), actor: { id: 'test' } as never, queue: silentQueue, house: { modules: [] } })),
  )
const link = async (thingId = thing) => {
  const { token } = await inTransaction((context) => makeLink(context, { purpose: 'trial.see', thingId, customerId: null, days: 1 }))
  return `/api/v1/trial/${token}/events`
}
const say = (...numbers: number[]) =>
  inTransaction((context) =>
    tellStream(
      context,
      numbers.map((number) => ({ topic: topicOf(thing), kind: 'said', payload: { number, secret: 'x' } })),
    ),
  )
const numbersOf = (told: readonly { payload: Record<string, unknown> }[]) => told.map(({ payload }) => payload.number)

describe('a stream', () => {
  test('tells what happens as soon as it is true, with the fields of its contract alone, and nothing may hold it back', async () => {
    const one = start()
    const path = await link()
    const response = await one.ask(path, { accept: 'text/event-stream' })
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(response.headers.get('x-accel-buffering')).toBe('no')
    expect(response.headers.get('cache-control')).toBe('no-store, no-transform')
    const heard = hear(response)
    listening.push(heard)
    expect(await heard.next()).toMatchObject({ event: 'here' })
    // By its hint, and not by the look that would come later.
    const begun = performance.now()
    await inTransaction((context) =>
      tellStream(context, [
        { topic: topicOf(thing), kind: 'said', payload: { number: 1, secret: 'x' } },
        { topic: topicOf(thing), kind: 'unknown' },
        { topic: topicOf('0198c0de-0000-7000-8000-0000000000ff'), kind: 'said', payload: { number: 9 } },
        { topic: topicOf(thing), kind: 'ended' },
      ]),
    )
    expect(await heard.told(2, 1500)).toEqual([
      { kind: 'said', payload: { number: 1 } },
      { kind: 'ended', payload: {} },
    ])
    expect(performance.now() - begun).toBeLessThan(1500)
  })

  test('goes on where it broke off: nothing is lost and nothing comes twice, also in another process', async () => {
    const [one, two] = [start(), start()]
    const path = await link()
    const first = await one.hear(path)
    await first.next()
    await say(1)
    expect(numbersOf(await first.told(1))).toEqual([1])
    const { place } = first
    await first.stop()
    await say(2, 3)
    const second = await two.hear(path, { 'last-event-id': place })
    expect(numbersOf(await second.told(2))).toEqual([2, 3])
    await say(4)
    expect(numbersOf(await second.told(1))).toEqual([4])
    // As a program of ours comes again: by the address.
    const third = await one.hear(`${path}?since=${encodeURIComponent(second.place)}`)
    await say(5)
    expect([numbersOf(await third.told(1)), numbersOf(await second.told(1))]).toEqual([[5], [5]])
  })

  test('that says nonsense, or comes from a time that is gone, is told to look at everything anew', async () => {
    const one = start()
    const path = await link()
    for (const place of ['nonsense', `${crypto.randomUUID()}~1~1:2:`, "'; drop table platform.fact"]) {
      const heard = await one.hear(path, { 'last-event-id': place })
      expect([(await heard.next())?.event, (await heard.next())?.event]).toEqual(['lost', 'here'])
      await say(7)
      expect(numbersOf(await heard.told(1))).toEqual([7])
      await heard.stop()
    }
  })

  test('is heard without hints as well, only a little later, and the connection that listens is opened again', {
    timeout: 30_000,
  }, async () => {
    const one = start()
    const heard = await one.hear(await link())
    await heard.next()
    await say(1)
    await heard.told(1)
    const kill = () =>
      sql`select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %' and datname = current_database()`.execute(
        scratch.db,
      )
    await kill()
    await say(2)
    expect(numbersOf(await heard.told(1, 6000))).toEqual([2])
    const isListening = async () =>
      (await sql`select from pg_stat_activity where query like 'listen %' and datname = current_database()`.execute(scratch.db)).rows
        .length > 0
    await expect.poll(isListening, { timeout: 6000 }).toBe(true)
    await say(3)
    expect(numbersOf(await heard.told(1, 1500))).toEqual([3])
  })

  test('answers whoever does not listen with what was told since, and ends', async () => {
    const one = start()
    const path = await link()
    const begin = (await (await one.ask(path)).json()) as { since: string }
    expect(begin).toMatchObject({ events: [], more: false, lost: false })
    await say(1, 2)
    const after = (await (await one.ask(`${path}?since=${encodeURIComponent(begin.since)}`)).json()) as {
      events: { payload: Record<string, unknown> }[]
    }
    expect(numbersOf(after.events)).toEqual([1, 2])
  })

  test('is open so often at most for one link and from one address', async () => {
    const one = start()
    const path = await link()
    for (let i = 0; i < 12; i++) await one.hear(path)
    const refused = await one.ask(path, { accept: 'text/event-stream' })
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30'])
    // Whoever leaves makes room.
    await listening.at(-1)!.stop()
    await one.hear(path)
    for (const other of [await link(), await link(), await link()])
      for (let i = 0; i < 12 && listening.length < 41; i++) await one.hear(other)
    expect((await one.ask(await link(), { accept: 'text/event-stream' })).status).toBe(429)
    await one.hear(await link(), { 'x-test-sender': '198.51.100.1' })
  })
})

describe('a stream closes', () => {
  test('within five seconds after its private link was revoked, in every process, and others stay open', { timeout: 20_000 }, async () => {
    const [one, two] = [start(), start()]
    const other = '0198c0de-0000-7000-8000-0000000000a2'
    const [mine, theirs] = [await link(other), await link()]
    const closing = [await one.hear(mine), await two.hear(mine)]
    const staying = await two.hear(theirs)
    for (const heard of [...closing, staying]) await heard.next()
    const begun = performance.now()
    await inTransaction((context) => revokeLinks(context, 'trial.see', other))
    for (const heard of closing) {
      expect(await heard.next()).toMatchObject({ event: 'end', data: { reason: 'no-such-link' } })
      expect(await heard.next()).toBe(null)
    }
    expect(performance.now() - begun).toBeLessThan(5000)
    await say(8)
    expect(numbersOf(await staying.told(1))).toEqual([8])
    expect((await one.ask(mine, { accept: 'text/event-stream' })).status).toBe(404)
  })

  describe('of somebody who is signed in', () => {
    const path = '/api/v1/organization/notifications/events'
    let door: DoorApp
    let admin: string
    beforeAll(async () => {
      door = await startDoor()
      admin = await door.firstAdministrator()
    })
    afterAll(() => door.close())
    const hearAs = async (cookie: string) => {
      const response = await door.request(path, { cookie, headers: { accept: 'text/event-stream' } })
      expect(response.status).toBe(200)
      const heard = hear(response)
      listening.push(heard)
      expect(await heard.next()).toMatchObject({ event: 'here' })
      return heard
    }
    const closesWith = async (heard: Hearing, reason: string, begun: number) => {
      expect(await heard.next(5000)).toMatchObject({ event: 'end', data: { reason } })
      expect(performance.now() - begun).toBeLessThan(5000)
    }
    let number = 0
    const somebody = () => door.colleague(`listener-${++number}@example.com`, ['agent'])

    test('is refused to whoever is not', async () => {
      expect((await door.request(path, { headers: { accept: 'text/event-stream' } })).status).toBe(401)
    })
    test('when they sign out', async () => {
      const { cookie } = await somebody()
      const heard = await hearAs(cookie)
      const begun = performance.now()
      await door.call('POST', '/api/auth/sign-out', {}, { cookie, headers: { origin: 'http://patron.test' } })
      await closesWith(heard, 'sign-in-needed', begun)
    })
    test('when they are kept from signing in', async () => {
      const { id, cookie } = await somebody()
      const heard = await hearAs(cookie)
      const begun = performance.now()
      const answer = await door.call('PUT', `/api/v1/organization/users/${id}/access`, { enabled: false }, { cookie: admin })
      expect(answer.status, JSON.stringify(answer.body)).toBe(200)
      await closesWith(heard, 'sign-in-needed', begun)
    })
    test('when their roles are taken from them', async () => {
      const { id, cookie } = await somebody()
      const heard = await hearAs(cookie)
      const begun = performance.now()
      const answer = await door.call('PUT', `/api/v1/organization/users/${id}/roles`, { before: ['agent'], roles: [] }, { cookie: admin })
      expect(answer.status, JSON.stringify(answer.body)).toBe(200)
      await closesWith(heard, 'permission-missing', begun)
    })
    test('and not when something else happens', async () => {
      const heard = await hearAs(admin)
      await door.call('PATCH', '/api/v1/organization/session', { name: 'Ada L.' }, { cookie: admin })
      await sleep(3000)
      const { id } = (await door.call('GET', '/api/v1/organization/session', null, { cookie: admin })).body.user as { id: string }
      await door.transaction((context) => tellStream(context, [{ topic: `organization.notifications/${id}`, kind: 'changed' }]))
      expect(await heard.told(1)).toEqual([{ kind: 'changed', payload: {} }])
    })
  })

  test('when the process stops, and its listener goes on elsewhere', async () => {
    const [one, two] = [start(), start()]
    const path = await link()
    const heard = await one.hear(path)
    await heard.next()
    await one.http.stop()
    expect(await heard.next()).toMatchObject({ event: 'end', data: { reason: 'restart' } })
    await say(11)
    const again = await two.hear(path, { 'last-event-id': heard.place })
    expect(numbersOf(await again.told(1))).toEqual([11])
  })
})

test('two hundred streams that wait cost little memory and one connection, and all hear', { timeout: 60_000 }, async () => {
  const one = start()
  const server = serve({ fetch: one.http.app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise<void>((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  const paths = await Promise.all(Array.from({ length: 20 }, () => link()))
  const heard: string[] = Array.from({ length: 200 }, () => '')
  const open = (i: number) =>
    new Promise<Socket>((resolve, reject) => {
      const socket = createConnection(port, '127.0.0.1', () => {
        socket.write(`GET ${paths[i % 20]} HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\nx-test-sender: 198.51.100.${i % 10}\r\n\r\n`)
      })
      socket.on('data', (piece) => {
        heard[i] += piece.toString('utf8')
        if (heard[i]!.includes('event: here')) resolve(socket)
      })
      socket.on('error', reject)
    })
  setFlagsFromString('--expose_gc')
  const collect = runInNewContext('gc') as () => void
  const memory = async () => {
    await sleep(100)
    collect()
    return process.memoryUsage().heapUsed + process.memoryUsage().external
  }
  const first = await open(0)
  const before = await memory()
  const sockets = [first, ...(await Promise.all(Array.from({ length: 199 }, (_, i) => open(i + 1))))]
  // The other end of each connection lies in this process, too, so this is more than what the server needs.
  const perStream = ((await memory()) - before) / 199
  expect(perStream, `${Math.round(perStream / 1024)} kB for each stream`).toBeLessThan(64 * 1024)
  const listeners = await sql<{ n: number }>`
    select count(*)::int as n from pg_stat_activity where datname = current_database() and query like 'listen %'`.execute(scratch.db)
  // One for each process that is up, however many streams it has.
  expect(listeners.rows[0]!.n).toBeLessThanOrEqual(started.length)
  const begun = performance.now()
  await say(42)
  await expect.poll(() => heard.filter((text) => text.includes('"number":42')).length, { timeout: 10_000 }).toBe(200)
  expect(performance.now() - begun).toBeLessThan(5000)
  for (const socket of sockets) socket.destroy()
  // Whoever goes away makes room: from one address no more than so many may be open.
  await expect.poll(() => one.http.openStreams(), { timeout: 5000 }).toBe(0)
  await new Promise<void>((resolve) => server.close(() => resolve()))
})
