import { sql } from 'kysely'
import type { Place } from '../cursor.ts'
import type { Db } from '../database/connection.ts'
import type { RunView } from '../runs/run-kind.ts'
import type { ByteSource } from '../tabular/byte-source.ts'
import { type SavedMapping, savedMapping } from './mapping.ts'

/** A stored upload as a source that can be read from any place; one chunk in memory at a time. */
export async function storedSource(db: Db, fileId: string): Promise<ByteSource> {
  const { rows } = await sql<{ number: number; bytes: number }>`
    select number, octet_length(content) as bytes from platform.file_chunk where file_id = ${fileId}::uuid order by number`.execute(db)
  const size = rows.reduce((sum, { bytes }) => sum + bytes, 0)
  return {
    size,
    read: async function* (start, end) {
      let at = 0
      for (const { number, bytes } of rows) {
        const from = Math.max(start, at)
        const to = Math.min(end, at + bytes)
        if (from < to) {
          const row = await db
            .selectFrom('platform.file_chunk')
            .select('content')
            .where('file_id', '=', fileId)
            .where('number', '=', number)
            .executeTakeFirstOrThrow()
          yield row.content.subarray(from - at, to - at)
        }
        at += bytes
      }
    },
  }
}

export async function savedMappings(db: Db, kind: string): Promise<{ name: string; mapping: SavedMapping; savedAt: Date }[]> {
  const rows = await db.selectFrom('platform.import_mapping').selectAll().where('kind', '=', kind).orderBy('name').limit(500).execute()
  return rows.map((row) => ({ name: row.name, mapping: savedMapping.parse(row.definition), savedAt: row.saved_at }))
}

export async function saveMapping(
  db: Db,
  mapping: { kind: string; name: string; definition: SavedMapping; by: string; now: Date },
): Promise<void> {
  await db
    .insertInto('platform.import_mapping')
    .values({
      kind: mapping.kind,
      name: mapping.name,
      definition: JSON.stringify(mapping.definition),
      saved_by: mapping.by,
      saved_at: mapping.now,
    })
    .onConflict((conflict) =>
      conflict.columns(['kind', 'name']).doUpdateSet((e) => ({
        definition: e.ref('excluded.definition'),
        saved_by: e.ref('excluded.saved_by'),
        saved_at: e.ref('excluded.saved_at'),
      })),
    )
    .execute()
}

export async function deleteMapping(db: Db, kind: string, name: string): Promise<boolean> {
  const gone = await db
    .deleteFrom('platform.import_mapping')
    .where('kind', '=', kind)
    .where('name', '=', name)
    .returning('name')
    .executeTakeFirst()
  return gone !== undefined
}

/** Imports and dry runs, newest first, behind a place (requested at, id). */
export async function listImports(db: Db, kinds: readonly string[], after: Place | null, limit: number): Promise<RunView[]> {
  let query = db
    .selectFrom('platform.run')
    .select([
      'id',
      'kind',
      'state',
      'input',
      'progress',
      'result',
      'problem',
      'requested_by as requestedBy',
      'requested_at as requestedAt',
      'started_at as startedAt',
      'finished_at as finishedAt',
      'undo_of as undoOf',
    ])
    .where('kind', 'in', kinds)
  if (after) query = query.where(sql<boolean>`(requested_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`)
  const rows = await query.orderBy('requested_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
  return rows as unknown as RunView[]
}
