import type { Duplex } from 'node:stream'
import pg from 'pg'
import type { Db } from './connection.ts'
import { isPassing } from './passing.ts'

/** A statement that every connection knows by its name. */
export interface NamedStatement {
  readonly name: string
  readonly text: string
}

/**
 * One connection over which reads are sent without waiting for the answers to those before them. What many people read at the same moment goes to the server in one message and wakes it once; each by itself over
 * a connection of its own, sending a read costs more than half of what answering it does. For short reads by a key only: each waits for those before it.
 */
export interface SharedReads {
  /** The rows; null where the connection is not there yet, was lost, or is held up: then the read takes the ordinary way. */
  rows(statement: NamedStatement, values: readonly unknown[]): Promise<readonly unknown[] | null> | null
  close(): Promise<void>
}

/** In milliseconds. */
export interface ReadLimits {
  /** Whoever hears nothing of any read for so long takes another way: a table may be locked. */
  readonly patience: number
  /** Between attempts to connect. */
  readonly pause: number
  /** A connection that nobody has used for so long may have been forgotten on the way to the server. */
  readonly idle: number
}

export function sharedReads(config: pg.ClientConfig, { patience, pause, idle }: ReadLimits, onLost: (error: Error) => void): SharedReads {
  let ready: pg.Client | null = null
  let opening: Promise<void> | null = null
  let triedAt = Number.NEGATIVE_INFINITY
  let isClosed = false
  /** How many reads the server has not answered, and when it was last heard of. */
  let unanswered = 0
  let heardAt = 0
  /** Sends those who wait another way. */
  const waiting = new Set<() => void>()
  let isWatched = false

  function open(): void {
    const now = performance.now()
    if (isClosed || opening !== null || now - triedAt < pause) return
    triedAt = now
    const client = new pg.Client({ ...config, pipeline: true })
    client.on('end', () => leave(client))
    // Without a listener a connection that dies would end the process.
    client.on('error', (error) => {
      if (leave(client)) onLost(error)
    })
    opening = client
      .connect()
      .then(
        () => {
          ready = client
          unanswered = 0
          heardAt = performance.now()
        },
        // The ordinary way says what is wrong, where it is wrong there too.
        () => {},
      )
      .finally(() => {
        opening = null
      })
  }

  /** Whether it was the one that is used. */
  function leave(client: pg.Client): boolean {
    if (ready !== client) return false
    ready = null
    client.end().catch(() => {})
    return true
  }

  const silent = () => performance.now() - heardAt
  function watch(): void {
    if (isWatched || waiting.size === 0) return
    isWatched = true
    setTimeout(() => {
      isWatched = false
      if (silent() >= patience) for (const away of waiting) away()
      watch()
    }, patience)
  }

  function ask(client: pg.Client, { name, text }: NamedStatement, values: readonly unknown[]): Promise<readonly unknown[] | null> {
    sendTogether(streamOf(client))
    const answer = client.query({ name, text, values: [...values] })
    if (unanswered === 0) heardAt = performance.now()
    unanswered++
    return new Promise((resolve, reject) => {
      const away = () => {
        waiting.delete(away)
        resolve(null)
      }
      waiting.add(away)
      watch()
      const heard = () => {
        waiting.delete(away)
        if (ready !== client) return
        unanswered--
        heardAt = performance.now()
      }
      answer.then(
        ({ rows }) => {
          heard()
          resolve(rows)
        },
        (error) => {
          heard()
          // What was lost on the way is only read, and can be read again.
          if (isPassing(error)) resolve(null)
          else reject(error)
        },
      )
    })
  }

  return {
    rows(statement, values) {
      if (ready !== null && unanswered === 0 && silent() > idle) leave(ready)
      if (ready === null) {
        open()
        return null
      }
      return unanswered > 0 && silent() > patience ? null : ask(ready, statement, values)
    },
    async close() {
      isClosed = true
      await opening
      const client = ready
      ready = null
      await client?.end()
    },
  }
}

const streamOf = (client: pg.Client): Duplex =>
  (client as unknown as { readonly connection: { readonly stream: Duplex } }).connection.stream

const held = new WeakSet<Duplex>()

/** Holds back what is written until everybody has been heard who is ready to be at this moment. */
function sendTogether(stream: Duplex): void {
  if (held.has(stream)) return
  held.add(stream)
  stream.cork()
  setImmediate(() => {
    held.delete(stream)
    stream.uncork()
  })
}

const known = new WeakMap<Db, SharedReads>()

/** Makes the reads of `db`, outside of transactions, go over `reads`. */
export const shareReads = (db: Db, reads: SharedReads): void => void known.set(db, reads)

/** The reads of a pool; undefined in a transaction, which has a connection of its own. */
export const sharedReadsOf = (db: Db): SharedReads | undefined => known.get(db)
