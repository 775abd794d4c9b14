import { createReadStream } from 'node:fs'
import { sql } from 'kysely'
import { type Database, type Db, withTransaction } from '../database/connection.ts'
import { fileById, readFile } from '../files.ts'
import { refuse } from '../refusal.ts'
import { type AheadLimits, readAhead } from './read-ahead.ts'

type Streamed = AsyncIterable<Uint8Array>
type Made =
  | { readonly fileId: string }
  // A file on the disk of this machine, such as a backup: no transaction stays open for it.
  | { readonly path: string; readonly fileName: string; readonly mediaType: string }
  | { readonly fileName: string; readonly mediaType: string; readonly content: string | Uint8Array | Streamed }

/**
 * A list that is streamed shows one moment: its transaction stays open until it has been read. Such a transaction holds up a valuation that wants to put new figures in place, so
 * the list is read ahead into a file, which takes seconds, while whoever takes it may take as long as the connection needs; nobody may pause for longer than a minute.
 */
const limits: AheadLimits = { pause: 60_000, whole: 240_000 }

/** Each of them keeps a connection for a while and a file for longer, and everybody else needs some, too. */
const atOnce = 3
/** Who takes one now; null: nobody in particular. Each person takes one at a time, so that nobody keeps the others from theirs. */
const takers: (string | null)[] = []
/** A place is free again a moment after its content was taken: whoever takes one after the other must not be refused for that. */
const patience = 1000
const between = 25

/** Waits for a moment where there is no place, then says why and when to come again. */
async function takePlace(who: string | null): Promise<() => void> {
  for (let waited = 0; ; waited += between) {
    const own = who !== null && takers.includes(who)
    if (!own && takers.length < atOnce) break
    if (waited < patience) await new Promise((resolve) => setTimeout(resolve, between))
    else if (own)
      throw refuse('too many', 'download-under-way', 'A download of yours is under way; try again when it has ended', { retryAfter: 10 })
    else throw refuse('unavailable', 'downloads-busy', 'Several downloads are under way; try again when one has ended', { retryAfter: 30 })
  }
  takers.push(who)
  return () => takers.splice(takers.indexOf(who), 1)
}

/** The result of a download's action, in a read-only transaction that lasts until what it streams has been read. `who` takes it. */
export async function readForDownload(
  database: Database,
  who: string | null,
  run: (db: Db) => Promise<unknown>,
  { pause, whole }: AheadLimits = limits,
): Promise<unknown> {
  const handed = Promise.withResolvers<unknown>()
  const leave = await takePlace(who)
  let done = Promise.resolve()
  withTransaction(
    database,
    async (db) => {
      await sql`set local idle_in_transaction_session_timeout = ${sql.lit(pause)}`.execute(db)
      const made = (await run(db)) as Made
      if (!isStreamed(made)) return handed.resolve(made)
      const ahead = readAhead(made.content, { pause, whole })
      done = ahead.done
      handed.resolve({ ...made, content: ahead.content })
      await ahead.read
    },
    { isolation: 'repeatable read', readOnly: true },
  )
    .finally(() => done)
    .catch(handed.reject)
    .finally(leave)
  return handed.promise
}

const isStreamed = (made: Made): made is Made & { content: Streamed } =>
  typeof made === 'object' && made !== null && 'content' in made && typeof made.content === 'object' && Symbol.asyncIterator in made.content

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
