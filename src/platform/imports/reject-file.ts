import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Database, Db } from '../database/connection.ts'
import { withTransaction } from '../database/connection.ts'
import { derivedId } from '../identifier.ts'
import { fileSource } from '../tabular/byte-source.ts'
import { csvLine } from '../tabular/csv-writer.ts'
import { unguardText } from '../tabular/guard-text.ts'
import type { ImportRows, Reject, Rejects } from './importer.ts'

export interface RejectFile extends Rejects {
  add(rows: ImportRows, index: number, reject: Omit<Reject, 'line'>): void
  /** A reject whose cells are not at hand. */
  addLine(reject: Reject): void
  /** Moves what was gathered out of memory; between batches. */
  rest(): Promise<void>
}

/** The rejects of one run. Everything gathered is in memory or, when it grows, in the run's folder, until `keep` makes it part of the stored file. */
export function rejectFile(run: {
  readonly id: string
  readonly folder: string
  readonly requestedBy: string
  readonly now: () => Date
  readonly headers: readonly string[]
  /** How many an earlier process has kept already. */
  readonly kept: { readonly count: number; readonly first: readonly Reject[] }
}): RejectFile {
  const path = join(run.folder, 'rejects.csv')
  const first = [...run.kept.first]
  let count = run.kept.count
  let text = ''
  let spooled = 0
  const note = (reject: Reject, cells: readonly string[]) => {
    count++
    if (first.length < 20) first.push(reject)
    text += csvLine([reject.line, reject.field, reject.detail, ...cells.map(unguardText)])
  }
  return {
    get count() {
      return count
    },
    get first() {
      return first
    },
    add(rows, index, reject) {
      const { batch } = rows
      const cells = Array.from({ length: batch.fieldCount(index) }, (_, column) => batch.text(index, column))
      note({ line: batch.line(index), ...reject }, cells)
    },
    addLine: (reject) => note(reject, []),
    async rest() {
      if (text.length < 1 << 20) return
      await appendFile(path, text)
      spooled += 1
      text = ''
    },
    async keep(db) {
      if (text === '' && spooled === 0) return
      const chunks = spooled === 0 ? [Buffer.from(text)] : await spooledChunks(path, text)
      await append(db, run, chunks)
    },
  }

  async function append(db: Db, of: typeof run, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> {
    const id = rejectsFileId(of.id)
    const head = Buffer.from(`\ufeff${csvLine(['line', 'field', 'reason', ...of.headers])}`)
    await sql`
      insert into platform.file (id, name, media_type, bytes, complete, created_by, created_at)
      values (${id}::uuid, 'rejected.csv', 'text/csv', 0, true, ${of.requestedBy}, ${of.now()}) on conflict (id) do nothing`.execute(db)
    const { rows } = await sql<{
      next: number
    }>`select coalesce(max(number), -1)::int + 1 as next from platform.file_chunk where file_id = ${id}::uuid`.execute(db)
    let number = rows[0]!.next
    let bytes = 0
    const write = async (content: Uint8Array) => {
      await db
        .insertInto('platform.file_chunk')
        .values({ file_id: id, number: number++, content: Buffer.from(content) })
        .execute()
      bytes += content.length
    }
    if (number === 0) await write(head)
    for await (const chunk of chunks) await write(chunk)
    await sql`update platform.file set bytes = bytes + ${bytes} where id = ${id}::uuid`.execute(db)
    text = ''
    spooled = 0
  }
}

async function* spooledChunks(path: string, rest: string): AsyncGenerator<Uint8Array> {
  const source = await fileSource(path)
  yield* source.read(0, source.size)
  if (rest !== '') yield Buffer.from(rest)
}

/** The file of a run's rejects; it exists where there are any. */
export const rejectsFileId = (runId: string): string => derivedId('import-rejects', 'platform', runId)

/** Before a run begins from the beginning: what an earlier attempt has kept is void. */
export const dropRejects = (database: Database, runId: string): Promise<unknown> =>
  withTransaction(database, (db) => db.deleteFrom('platform.file').where('id', '=', rejectsFileId(runId)).execute())
