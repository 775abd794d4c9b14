import { createHash } from 'node:crypto'
import type { Db } from './database/connection.ts'
import { refuse } from './refusal.ts'

export interface StoredFile {
  readonly id: string
  readonly name: string
  readonly mediaType: string
  readonly bytes: number
  readonly createdBy: string
  readonly createdAt: Date
}

/** What is said of files that people send, whatever they hold: they are only ever read as data and given back as attachments. */
export const uploadMediaType = 'application/octet-stream'

/** The same of a file that something holds on to. Uploads that nothing took are swept after some days. */
export const keptMediaType = 'binary/octet-stream'

/** The same of a file that came by mail and that nothing holds on to yet. It goes when the mail is forgotten. */
export const mailedMediaType = 'application/x-octet-stream'

/** Lets something of a module, such as a note, hold on to an upload or a file that came by mail, which then is no longer swept. False where the file is held already, not complete, or not there. */
export async function keepFile(db: Db, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('platform.file')
    .set({ media_type: keptMediaType })
    .where('id', '=', id)
    .where('complete', '=', true)
    .where('media_type', 'in', [uploadMediaType, mailedMediaType])
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

const chunkBytes = 1 << 20

/** The name of a file as people see it: no folders, no control characters, never empty, at most 200 characters. */
export const plainFileName = (name: string): string => {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  return (
    last
      .replace(/[\p{Cc}"<>|:*?]/gu, '_')
      .trim()
      .slice(0, 200) || 'file'
  )
}

/**
 * Streams a file into chunks of 1 MiB, each in its own short statement, so that no transaction grows with the file. It can be read once it is complete; where the
 * sender goes away before, nothing stays but what a crash leaves, which `sweepFiles` takes.
 * Refuses more than `limit` bytes.
 */
export async function storeFile(
  db: Db,
  file: { id: string; name: string; mediaType: string; createdBy: string; now: Date; limit: number },
  source: AsyncIterable<Uint8Array>,
): Promise<StoredFile> {
  const name = plainFileName(file.name)
  await db
    .insertInto('platform.file')
    .values({ id: file.id, name, media_type: file.mediaType, bytes: 0, created_by: file.createdBy, created_at: file.now })
    .execute()
  const hash = createHash('sha256')
  let bytes = 0
  let number = 0
  let pending: Uint8Array[] = []
  let pendingBytes = 0
  const flush = async () => {
    if (pendingBytes === 0) return
    await db
      .insertInto('platform.file_chunk')
      .values({ file_id: file.id, number, content: Buffer.concat(pending) })
      .execute()
    number += 1
    pending = []
    pendingBytes = 0
  }
  try {
    for await (const part of source) {
      bytes += part.length
      if (bytes > file.limit) throw tooLarge(Math.floor(file.limit / (1 << 20)))
      hash.update(part)
      pending.push(part)
      pendingBytes += part.length
      if (pendingBytes >= chunkBytes) await flush()
    }
    await flush()
  } catch (error) {
    await removeFile(db, file.id)
    throw error
  }
  await db.updateTable('platform.file').set({ bytes, sha256: hash.digest(), complete: true }).where('id', '=', file.id).execute()
  return { id: file.id, name, mediaType: file.mediaType, bytes, createdBy: file.createdBy, createdAt: file.now }
}

/** What is known of a complete file, or undefined. */
export async function fileById(db: Db, id: string): Promise<StoredFile | undefined> {
  const row = await db.selectFrom('platform.file').selectAll().where('id', '=', id).where('complete', '=', true).executeTakeFirst()
  return (
    row && {
      id: row.id,
      name: row.name,
      mediaType: row.media_type,
      bytes: row.bytes,
      createdBy: row.created_by,
      createdAt: row.created_at,
    }
  )
}

/** The content, chunk by chunk; at most one chunk in memory. */
export async function* readFile(db: Db, id: string): AsyncGenerator<Uint8Array> {
  for (let number = 0; ; number++) {
    const row = await db
      .selectFrom('platform.file_chunk')
      .select('content')
      .where('file_id', '=', id)
      .where('number', '=', number)
      .executeTakeFirst()
    if (!row) return
    yield row.content
  }
}

/** Takes away files that were begun before a moment and never completed. */
export async function sweepFiles(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('platform.file').where('complete', '=', false).where('created_at', '<', before).execute()
}

const tooLarge = (megabytes: number) =>
  refuse('too large', 'file-too-large', `The file is larger than ${megabytes} MB`, { values: { megabytes } })

export async function removeFile(db: Db, id: string): Promise<void> {
  await db.deleteFrom('platform.file').where('id', '=', id).execute()
}

/** Removes those of some files that came by mail and that nothing holds on to. */
export async function removeMailedFiles(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await db.deleteFrom('platform.file').where('id', 'in', ids).where('media_type', '=', mailedMediaType).execute()
}
