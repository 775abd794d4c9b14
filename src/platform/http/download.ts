import { createReadStream } from 'node:fs'
import { sql } from 'kysely'
import { type Database, type Db, withTransaction } from '../database/connection.ts'
import { fileById, readFile } from '../files.ts'
import { refuse } from '../refusal.ts'

type Streamed = AsyncIterable<Uint8Array>
type Made =
  | { readonly fileId: string }
  // A file on the disk of this machine, such as a backup: no transaction stays open for it.
  | { readonly path: string; readonly fileName: string; readonly mediaType: string }
  | { readonly fileName: string; readonly mediaType: string; readonly content: string | Uint8Array | Streamed }

/**
 * A list that is streamed shows one moment, however long it takes: its transaction stays open until the stream has ended or nobody takes it any more. Such a transaction holds up a valuation that wants
 * to put new figures in place, so a reader may pause for a minute, and all of it may take four; a download that takes longer breaks off.
 */
const limits = { pause: 60_000, whole: 240_000 }
type Limits = typeof limits

/** Each of them keeps a connection, and everybody else needs some, too. */
const atOnce = 3
let open = 0

/** The result of a download's action, in a read-only transaction that lasts as long as what it streams. */
export async function readForDownload(
  database: Database,
  run: (db: Db) => Promise<unknown>,
  { pause, whole }: Limits = limits,
): Promise<unknown> {
  const handed = Promise.withResolvers<unknown>()
  if (open >= atOnce) throw refuse('unavailable', 'downloads-busy', 'Several downloads are under way; try again when one has ended')
  open++
  withTransaction(
    database,
    async (db) => {
      await sql`set local idle_in_transaction_session_timeout = ${sql.lit(pause)}`.execute(db)
      const made = (await run(db)) as Made
      if (!isStreamed(made)) return handed.resolve(made)
      const { content, ended } = watched(made.content, { pause, whole })
      handed.resolve({ ...made, content })
      await ended
    },
    { isolation: 'repeatable read', readOnly: true },
  )
    .catch(handed.reject)
    .finally(() => {
      open--
    })
  return handed.promise
}

const isStreamed = (made: Made): made is Made & { content: Streamed } =>
  typeof made === 'object' && made !== null && 'content' in made && typeof made.content === 'object' && Symbol.asyncIterator in made.content

/** The same content, and when it ended: read to its end, given up (even before its first piece), failed, or out of time, of which nobody reading is a part. */
function watched(source: Streamed, { pause, whole }: Limits): { content: Streamed; ended: Promise<void> } {
  const { promise: ended, resolve: end } = Promise.withResolvers<void>()
  let late = false
  let reading = false
  const breakOff = () => {
    late = true
    end()
  }
  const wholeTimer = setTimeout(breakOff, whole)
  const pauseTimer = setTimeout(() => (reading ? pauseTimer.refresh() : breakOff()), pause)
  void ended.then(() => {
    clearTimeout(wholeTimer)
    clearTimeout(pauseTimer)
  })
  const pieces = source[Symbol.asyncIterator]()
  const content: AsyncIterableIterator<Uint8Array> = {
    [Symbol.asyncIterator]: () => content,
    async next() {
      try {
        if (late) throw new Error('The download took too long and was broken off')
        reading = true
        const piece = await pieces.next()
        reading = false
        if (piece.done) end()
        else pauseTimer.refresh()
        return piece
      } catch (error) {
        end()
        throw error
      }
    },
    async return() {
      end()
      await pieces.return?.()
      return { done: true, value: undefined }
    },
  }
  return { content, ended }
}

/** What a download's action made, as a file for the browser to keep. */
export async function download(result: unknown, db: Db): Promise<Response> {
  const made = result as Made
  if ('path' in made) return attachment(made.fileName, made.mediaType, createReadStream(made.path))
  if (!('fileId' in made)) return attachment(made.fileName, made.mediaType, made.content)
  const file = await fileById(db, made.fileId)
  if (!file) throw refuse('missing', 'no-such-file', 'There is no such file')
  return attachment(file.name, file.mediaType, readFile(db, file.id))
}

function attachment(name: string, mediaType: string, content: string | Uint8Array | Streamed): Response {
  const plain = name.replace(/[^\x20-\x7e]|["\\]/g, '_')
  const body = typeof content === 'string' || content instanceof Uint8Array ? content : ReadableStream.from(content)
  return new Response(body as ReadableStream<Uint8Array>, {
    headers: {
      'content-type': mediaType,
      'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'no-store',
    },
  })
}
