import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { Process } from '../domain/process.ts'
import { besideKinds, shippedProcesses } from '../domain/shipped.ts'
import type { Kind } from '../domain/taxonomy.ts'

export interface StoredProcess {
  readonly process: Process
  /** Counts how often a draft was saved. */
  readonly edit: number
  readonly state: 'shipped' | 'draft' | 'published' | 'retired'
  readonly madeAt: Date | null
  readonly madeBy: string | null
  readonly publishedAt: Date | null
}

const fields = ['key', 'version', 'kind', 'definition', 'state', 'made_at', 'made_by', 'edit', 'published_at'] as const
type Row = {
  key: string
  version: number
  kind: string
  definition: unknown
  state: string
  made_at: Date
  made_by: string
  edit: number
  published_at: Date | null
}

const storedOf = (row: Row): StoredProcess => ({
  process: { ...(row.definition as Pick<Process, 'names' | 'steps'>), key: row.key, version: row.version, kind: row.kind as Kind },
  edit: row.edit,
  state: row.state as StoredProcess['state'],
  madeAt: row.made_at,
  madeBy: row.made_by,
  publishedAt: row.published_at,
})

/** Every version of every process, the shipped ones first. */
export async function allProcesses(db: Db): Promise<readonly StoredProcess[]> {
  const rows = await db.selectFrom('cases.process').select(fields).orderBy('key').orderBy('version').execute()
  return [
    ...shippedProcesses.map((process) => ({ process, edit: 1, state: 'shipped' as const, madeAt: null, madeBy: null, publishedAt: null })),
    ...rows.map(storedOf),
  ]
}

/** A process as a running case knows it. */
export async function processOf(db: Db, key: string, version: number): Promise<Process | null> {
  const shipped = shippedProcesses.find((one) => one.key === key && one.version === version)
  if (shipped) return shipped
  const row = await db.selectFrom('cases.process').select(fields).where('key', '=', key).where('version', '=', version).executeTakeFirst()
  return row ? storedOf(row).process : null
}

/** By which process a new case of a kind runs: the newest that the company published for it, else the shipped one. `key`: by the one of this key, beside that of the kind. */
export async function processFor(db: Db, kind: Kind, key: string | null = null): Promise<Process> {
  const row = await db
    .selectFrom('cases.process')
    .select(fields)
    .where('kind', '=', kind)
    .where((e) => (key === null ? e('key', 'not in', besideKinds) : e('key', '=', key)))
    .where('state', '=', 'published')
    .orderBy('published_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? storedOf(row).process : shippedProcesses.find((one) => (key === null ? one.kind === kind : one.key === key))!
}

/** Whoever makes or publishes a process waits for whoever does the same, so that versions follow each other. Whoever opens cases does not wait. */
export const holdProcesses = (db: Db) => sql`lock table cases.process in share row exclusive mode`.execute(db)

export async function insertDraft(db: Db, process: Process, on: { readonly by: string; readonly now: Date }): Promise<void> {
  const { key, version, kind, names, steps } = process
  await db
    .insertInto('cases.process')
    .values({ key, version, kind, definition: JSON.stringify({ names, steps }), state: 'draft', made_at: on.now, made_by: on.by })
    .execute()
}

/** Writes a draft anew. False when it was saved since, or is none. */
export async function saveDraft(
  db: Db,
  { key, version, names, steps }: Process,
  edit: number,
  on: { readonly by: string; readonly now: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('cases.process')
    .set({ definition: JSON.stringify({ names, steps }), made_at: on.now, made_by: on.by, edit: edit + 1 })
    .where('key', '=', key)
    .where('version', '=', version)
    .where('state', '=', 'draft')
    .where('edit', '=', edit)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Publishes a draft, retires a published one, or makes it current again. False when it is not in the state it should be in. */
export async function setProcessState(
  db: Db,
  { key, version }: Pick<Process, 'key' | 'version'>,
  from: StoredProcess['state'],
  to: 'published' | 'retired',
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('cases.process')
    .set({ state: to, ...(to === 'published' ? { published_at: now } : {}) })
    .where('key', '=', key)
    .where('version', '=', version)
    .where('state', '=', from)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** False when it was saved since, or is no draft: what was published stays for the cases that run by it. */
export async function deleteDraft(db: Db, { key, version }: Pick<Process, 'key' | 'version'>, edit: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('cases.process')
    .where('key', '=', key)
    .where('version', '=', version)
    .where('state', '=', 'draft')
    .where('edit', '=', edit)
    .executeTakeFirst()
  return numDeletedRows === 1n
}
