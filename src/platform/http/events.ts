import type { Context as HttpContext } from 'hono'
import { z } from 'zod'
import type { Endpoint } from '../contract.ts'
import type { Database } from '../database/connection.ts'
import type { Log } from '../log.ts'
import { Refusal, refuse } from '../refusal.ts'
import { type Heard, type Place, placeIn, placeText, readStream, standingTopic } from '../stream.ts'
import { limitOf } from './limit.ts'
import type { StreamHub } from './stream-hub.ts'

/** What somebody may hear now, worked out anew each time: it is asked for again while the connection is open. */
export interface Listener {
  readonly topics: readonly string[]
  /** Whose connection it is: a session, a key, or a private link. */
  readonly holder: string
  /** From where it comes, as far as that can be believed. */
  readonly sender: string
  readonly isPublic: boolean
}

export interface EventServer {
  /** Answers an endpoint of the kind `events`: whoever accepts a stream gets one that stays open, everybody else what has been told since, as JSON. */
  serve(c: HttpContext, endpoint: Endpoint, listener: () => Promise<Listener>): Promise<Response>
  /** How many streams are open. */
  count(): number
  stop(): void
}

export interface EventParts {
  readonly database: Database
  readonly hub: StreamHub
  readonly log: Log
  readonly now: () => Date
  /** Forgets who senders of requests are known to be, so that the next look is a fresh one. */
  readonly forgetActors: () => void
  readonly heartbeatMilliseconds?: number
}

const heartbeat = 20_000
/** This often it is asked again what may be heard, for what changes without being told, such as the end of a session; in milliseconds. */
const askedEvery = 60_000
/** So long a browser waits before it comes again, in milliseconds. */
const comeAgain = 3000
const mostPerHolder = 12
/** So many may be opened within a minute from one address by whoever need not sign in. */
const mostOpened = 240
const mostPerSender = { signedIn: 500, public: 40 }
/** Each kind has its own: visitors, however many, take no bell away from those who work here. */
const mostOpen = { signedIn: 3000, public: 1000 }
/** So many bytes may wait for a slow connection before it is given up; the browser comes again and hears the rest. */
const mostWaiting = 1 << 18
/** So many streams ask the database at the same moment. */
const readersAtOnce = 4

type Opener = Pick<Listener, 'holder' | 'sender' | 'isPublic'>

/** Whether one more stream would be too many beside those that are open: of one holder, from one address, or of all who are signed in or of all who are not. */
export function isTooManyStreams(open: readonly Opener[], { holder, sender, isPublic }: Opener): boolean {
  const kind = isPublic ? 'public' : 'signedIn'
  const alike = open.filter((one) => one.isPublic === isPublic)
  return (
    open.filter((one) => one.holder === holder).length >= mostPerHolder ||
    alike.filter((one) => one.sender === sender).length >= mostPerSender[kind] ||
    alike.length >= mostOpen[kind]
  )
}

export function eventServer({ database, hub, log, now, forgetActors, heartbeatMilliseconds = heartbeat }: EventParts): EventServer {
  const open = new Set<Stream>()
  const inTurn = turns(readersAtOnce)
  const read = (topics: readonly string[], place: Place | null) => inTurn(() => readStream(database.db, topics, place, now()))
  const opened = limitOf(mostOpened, 60, now, 'Too many connections were opened from here; try again in a minute')
  let leaveStanding: (() => void) | null = null

  async function lookAgainAtAll(): Promise<void> {
    forgetActors()
    await Promise.all([...open].map((stream) => inTurn(() => stream.lookAgain())))
  }

  function refuseTooMany({ holder, sender, isPublic }: Listener): void {
    if (isTooManyStreams([...open], { holder, sender, isPublic }))
      throw refuse('too many', 'too-many-streams', 'Too many connections are open from here; close some and try again', { retryAfter: 30 })
  }

  function openStream(endpoint: Endpoint, listener: () => Promise<Listener>, first: Listener, since: Since): Response {
    let place = since.place
    let controller: ReadableStreamDefaultController<Uint8Array> | null = null
    let isTold = true
    let wakeUp: (() => void) | null = null
    const leave = hub.join(first.topics, () => {
      isTold = true
      wakeUp?.()
    })
    const stream: Stream = { ...first, end, lookAgain }

    function write(text: string): void {
      if (controller === null) return
      controller.enqueue(encoder.encode(text))
      if ((controller.desiredSize ?? 0) < -mostWaiting) end()
    }
    function end(reason?: string): void {
      if (controller === null) return
      if (reason !== undefined) controller.enqueue(encoder.encode(`event: end\ndata: ${JSON.stringify({ reason })}\n\n`))
      controller.close()
      gone()
    }
    function gone(): void {
      controller = null
      open.delete(stream)
      leave()
      wakeUp?.()
    }
    async function lookAgain(): Promise<void> {
      if (controller === null) return
      try {
        const { topics } = await listener()
        if (topics.join('\n') !== first.topics.join('\n')) end('changed')
      } catch (error) {
        if (error instanceof Refusal) return end(error.reason)
        log.warn({ err: error }, 'What somebody may hear could not be looked at; the connection is closed')
        end()
      }
    }
    async function follow(): Promise<void> {
      write(`retry: ${comeAgain}\n\n`)
      let isFirst = true
      for (let asked = performance.now(); controller !== null; ) {
        isTold = false
        const heard = await read(first.topics, place)
        place = heard.place
        write(messageOf(endpoint, heard, { isFirst, isLost: heard.isLost || (isFirst && since.isLost) }))
        isFirst = false
        if (heard.isMore || isTold) continue
        await toldOrHeartbeat()
        if (performance.now() - asked < askedEvery) continue
        await inTurn(lookAgain)
        asked = performance.now()
      }
    }
    /** Waits until something may have been told, at most as long as from one heartbeat to the next. */
    async function toldOrHeartbeat(): Promise<void> {
      const waited = Promise.withResolvers<void>()
      const timer = setTimeout(waited.resolve, heartbeatMilliseconds)
      timer.unref()
      wakeUp = waited.resolve
      await waited.promise
      clearTimeout(timer)
      wakeUp = null
    }

    open.add(stream)
    const source = {
      start(to: ReadableStreamDefaultController<Uint8Array>) {
        controller = to
        follow().catch((error) => {
          log.warn({ err: error }, 'What was told could not be read; the connection is closed and comes again')
          end()
        })
      },
      cancel: gone,
    }
    const body = new ReadableStream(source, new ByteLengthQueuingStrategy({ highWaterMark: 0 }))
    return new Response(body, {
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        // Nothing on the way may hold it back, or pack it.
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
      },
    })
  }

  return {
    count: () => open.size,
    async serve(c, endpoint, listener) {
      const first = await listener()
      if (first.isPublic) opened.claim(first.sender)
      const since = sinceOf(c)
      if (c.req.method === 'HEAD' || !(c.req.header('accept') ?? '').includes('text/event-stream')) {
        const heard = await read(first.topics, since.place)
        const answer = {
          events: toldOf(endpoint, heard),
          since: placeText(heard.place),
          more: heard.isMore,
          lost: since.isLost || heard.isLost,
        }
        return c.json(answer, 200, { 'cache-control': 'private, no-store' })
      }
      refuseTooMany(first)
      leaveStanding ??= hub.join([standingTopic], () => {
        lookAgainAtAll().catch((error) => log.error({ err: error }, 'Open connections could not be looked at again'))
      })
      return openStream(endpoint, listener, first, since)
    },
    stop() {
      leaveStanding?.()
      for (const stream of [...open]) stream.end('restart')
    },
  }
}

interface Stream extends Listener {
  end(reason?: string): void
  lookAgain(): Promise<void>
}

const encoder = new TextEncoder()

interface Since {
  readonly place: Place | null
  /** Something was said to have been heard that cannot be found again. */
  readonly isLost: boolean
}

/** What was heard last: browsers say it when they come again by themselves, programs of ours in the address. */
function sinceOf(c: HttpContext): Since {
  const text = c.req.header('last-event-id') || c.req.query('since')
  const place = text ? placeIn(text) : null
  return { place, isLost: Boolean(text) && place === null }
}

/** What leaves of what was told: the kinds and fields that the contract names. */
const toldOf = ({ events = {} }: Endpoint, heard: Heard) =>
  heard.events.flatMap(({ kind, payload = {} }) => {
    const schema = Object.hasOwn(events, kind) ? events[kind] : undefined
    const parsed = schema?.safeParse(payload)
    return schema && parsed?.success ? [{ kind, payload: z.encode(schema, parsed.data) }] : []
  })

/**
 * One message for everything that was read together, so that what was heard and the place behind it come together or not at all. The first also says that the connection works; one without
 * data is a heartbeat, which moves the place on.
 */
function messageOf(endpoint: Endpoint, heard: Heard, { isFirst, isLost }: { readonly isFirst: boolean; readonly isLost: boolean }): string {
  const told = toldOf(endpoint, heard)
  const id = `id: ${placeText(heard.place)}\n`
  const message = isLost ? `event: lost\n${id}data: {}\n\n` : told.length > 0 ? `${id}data: ${JSON.stringify(told)}\n\n` : `${id}\n`
  return isFirst ? `${message}event: here\ndata: {}\n\n` : message
}

/** Lets so many do their work at the same time, in the order in which they came. */
function turns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let atWork = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (atWork >= most) await new Promise<void>((resolve) => waiting.push(resolve))
    else atWork += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else atWork -= 1
    }
  }
}
