import type { Duplex } from 'node:stream'
import pg from 'pg'
import type { Db } from './connection.ts'

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
  rows(statement: NamedStatement, values: readonly unknown[]): Promise<readonly unknown[]> | null
  close(): Promise<void>
}

/** Who waits longer than this for the read before theirs takes another way, in milliseconds: a table may be locked. */
const patience = 300
/** Between attempts to connect, in milliseconds. */
const pause = 1000

export function sharedReads(config: pg.ClientConfig, onLost: (error: Error) => void): SharedReads {
  let ready: pg.Client | null = null
  let opening: Promise<void> | null = null
  let triedAt = Number.NEGATIVE_INFINITY
  let isClosed = false
  /** How many reads wait for their answer, and since when nothing was heard of any. */
  let waiting = 0
  let heardAt = 0

  function open(): void {
    const now = performance.now()
    if (isClosed || opening !== null || now - triedAt < pause) return
    triedAt = now
    const client = new pg.Client({ ...config, pipeline: true })
    // Without a listener a connection that dies would end the process. What waits is refused by the driver itself.
    client.on('error', (error) => {
      if (ready === client) ready = null
      onLost(error)
    })
    client.on('end', () => {
      if (ready === client) ready = null
    })
    opening = client
      .connect()
      .then(
        () => {
          ready = client
        },
        // The ordinary way says what is wrong, where it is wrong there too.
        () => {},
      )
      .finally(() => {
        opening = null
      })
  }

  const heard = () => {
    waiting--
    heardAt = performance.now()
  }

  return {
    rows({ name, text }, values) {
      if (ready === null) {
        open()
        return null
      }
      if (waiting === 0) heardAt = performance.now()
      else if (performance.now() - heardAt > patience) return null
      waiting++
      sendTogether(streamOf(ready))
      return ready.query({ name, text, values: [...values] }).then(
        ({ rows }) => {
          heard()
          return rows
        },
        (error) => {
          heard()
          throw error
        },
      )
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
