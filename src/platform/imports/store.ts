import { sql } from 'kysely'
import type { Place } from '../cursor.ts'
import type { Db } from '../database/connection.ts'
import type { StoredFile } from '../files.ts'
import type { ByteSource } from '../tabular/byte-source.ts'
import { type SavedMapping, savedMapping } from './api.ts'
import type { Asked, StoredImport } from './view.ts'

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

/** The run for which a plan took a file in; none where a person sent the file. It was asked for when the file lay there, so that older runs are not looked at. */
export async function runOfFetched(db: Db, file: StoredFile): Promise<Asked | undefined> {
  const { rows } = await sql<Asked>`
    select input, requested_by as "requestedBy" from platform.run
    where kind = 'import' and requested_at >= ${file.createdAt} and input->'file'->>'id' = ${file.id} and input->>'plan' is not null
    order by requested_at limit 1`.execute(db)
  return rows[0]
}

export async function savedMappings(
  db: Db,
  kind: string,
): Promise<{ name: string; mapping: SavedMapping; savedAt: Date; version: number }[]> {
  const rows = await db.selectFrom('platform.import_mapping').selectAll().where('kind', '=', kind).orderBy('name').limit(500).execute()
  return rows.map((row) => ({
    name: row.name,
    mapping: savedMapping.parse(row.definition),
    savedAt: row.saved_at,
    version: row.version,
  }))
}

/** Writes a mapping in place of the given version of its name, or of none (0); false where another one lies there by now. */
export async function saveMapping(
  db: Db,
  mapping: { kind: string; name: string; version: number; definition: SavedMapping; by: string; now: Date },
): Promise<boolean> {
  if (mapping.version > 0 && !(await isMappingVersion(db, mapping))) return false
  const saved = await db
    .insertInto('platform.import_mapping')
    .values({
      kind: mapping.kind,
      name: mapping.name,
      definition: JSON.stringify(mapping.definition),
      saved_by: mapping.by,
      saved_at: mapping.now,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['kind', 'name'])
        .doUpdateSet((e) => ({
          definition: e.ref('excluded.definition'),
          saved_by: e.ref('excluded.saved_by'),
          saved_at: e.ref('excluded.saved_at'),
          version: sql<number>`import_mapping.version + 1`,
        }))
        .where('platform.import_mapping.version', '=', mapping.version),
    )
    .returning('version')
    .executeTakeFirst()
  return saved !== undefined
}

interface MappingVersion {
  readonly kind: string
  readonly name: string
  readonly version: number
}

/** Whether a mapping is still the given version; nobody else writes it until the transaction ends. Null where there is none of the name. */
export async function isMappingVersion(db: Db, { kind, name, version }: MappingVersion): Promise<boolean | null> {
  const row = await db
    .selectFrom('platform.import_mapping')
    .select('version')
    .where('kind', '=', kind)
    .where('name', '=', name)
    .forUpdate()
    .executeTakeFirst()
  return row === undefined ? null : row.version === version
}

export async function deleteMapping(db: Db, kind: string, name: string): Promise<void> {
  await db.deleteFrom('platform.import_mapping').where('kind', '=', kind).where('name', '=', name).execute()
}

/** Imports, newest first, behind a place (requested at, id). Runs that take one back stand with it. */
export async function listImports(db: Db, ask: { dryRuns: boolean; after: Place | null; limit: number }): Promise<StoredImport[]> {
  const { after } = ask
  const { rows } = await sql<StoredImport>`
    ${importRows} where r.kind = 'import' and r.undo_of is null ${ask.dryRuns ? sql`` : sql`and not (r.input->>'dryRun')::boolean`}
      ${after ? sql`and (r.requested_at, r.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by r.requested_at desc, r.id desc limit ${ask.limit}`.execute(db)
  return rows.map(withRejects)
}

export async function importById(db: Db, id: string): Promise<StoredImport | undefined> {
  const { rows } = await sql<StoredImport>`${importRows} where r.kind = 'import' and r.undo_of is null and r.id = ${id}::uuid`.execute(db)
  return rows.map(withRejects)[0]
}

const importRows = sql`
  select r.id, r.state, r.input, r.result, r.problem, r.requested_by as "requestedBy", r.requested_at as "requestedAt", r.finished_at as "finishedAt",
    u.id as "undoId", u.state as "undoState", u.result as "undoResult", u.problem as "undoProblem"
  from platform.run r left join lateral (
    select id, state, result, problem from platform.run where undo_of = r.id order by requested_at desc, id desc limit 1) u on true`

const withRejects = (row: StoredImport): StoredImport => ({ ...row, hasRejects: (row.result?.rejectsFile ?? null) !== null })
