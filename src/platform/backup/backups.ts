import { rm, stat } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import type { Context } from '../context.ts'
import type { Database, Db } from '../database/connection.ts'
import { appliedMigrations } from '../database/migrate.ts'
import { backupWritten } from './facts.ts'
import { keptBackups, type Retention } from './retention.ts'
import { type Backup, writeBackup } from './write-backup.ts'

export type Occasion = 'asked' | 'scheduled' | 'upgrade'

/** One backup as it is remembered in the database. */
export interface BackupRecord {
  readonly id: string
  readonly madeAt: Date
  readonly finishedAt: Date | null
  readonly occasion: Occasion
  readonly path: string
  readonly bytes: number | null
  readonly schemaVersion: number
  readonly encrypted: boolean
  readonly verifiedAt: Date | null
  readonly problem: string | null
}

/** The folder of backups: a name stands inside the data folder. */
export const backupFolder = (dataFolder: string, folder: string): string => (isAbsolute(folder) ? folder : join(dataFolder, folder))

/** Sorted by name is sorted by time. */
export const backupFileName = (now: Date): string => `patron-${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z.backup`

/** Newest first; those whose files were removed are left out. */
export async function listBackups(db: Db, limit: number): Promise<BackupRecord[]> {
  const rows = await recorded(db).where('removed_at', 'is', null).limit(limit).execute()
  return rows as BackupRecord[]
}

export const backupById = async (db: Db, id: string): Promise<BackupRecord | undefined> =>
  (await recorded(db).where('id', '=', id).where('removed_at', 'is', null).executeTakeFirst()) as BackupRecord | undefined

/** The newest that is whole. */
export const lastBackup = async (db: Db): Promise<BackupRecord | undefined> =>
  (await recorded(db)
    .where('finished_at', 'is not', null)
    .where('problem', 'is', null)
    .where('removed_at', 'is', null)
    .limit(1)
    .executeTakeFirst()) as BackupRecord | undefined

const recorded = (db: Db) =>
  db
    .selectFrom('platform.backup')
    .select([
      'id',
      'made_at as madeAt',
      'finished_at as finishedAt',
      'occasion',
      'path',
      'bytes',
      'schema_version as schemaVersion',
      'encrypted',
      'verified_at as verifiedAt',
      'problem',
    ])
    .orderBy('made_at', 'desc')
    .orderBy('id', 'desc')

export interface MakeBackup {
  readonly id: string
  readonly occasion: Occasion
  readonly path: string
  readonly passphrase: string | null
  readonly dataFolder: string
  readonly now: () => Date
  readonly stopping?: AbortSignal
  readonly onProgress?: (tables: { done: number; total: number }) => Promise<void>
  /** One transaction in which the end is written down and announced. */
  transaction(work: (context: Context) => Promise<void>): Promise<void>
}

/** Writes a backup and remembers it, or why there is none. */
export async function makeBackup(database: Database, options: MakeBackup): Promise<BackupRecord> {
  const { id, occasion, path, passphrase, now } = options
  const madeAt = now()
  const schemaVersion = (await appliedMigrations(database.db)).at(-1)?.number ?? 0
  await database.db
    .insertInto('platform.backup')
    .values({ id, made_at: madeAt, occasion, path, schema_version: schemaVersion, encrypted: passphrase !== null })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ made_at: madeAt, path, problem: null, finished_at: null }))
    .execute()
  try {
    const written = await writeBackup(database, { ...options, now: madeAt })
    await options.transaction(async ({ db, publish }) => {
      await db
        .updateTable('platform.backup')
        .set({ finished_at: now(), bytes: written.bytes, sha256: written.sha256, schema_version: written.schemaVersion })
        .where('id', '=', id)
        .execute()
      await publish(backupWritten, { backupId: id, occasion, bytes: written.bytes })
    })
    return (await backupById(database.db, id))!
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    await database.db
      .updateTable('platform.backup')
      .set({ finished_at: now(), problem: problem.slice(0, 1000) })
      .where('id', '=', id)
      .execute()
    throw error
  }
}

/** Remembers a backup that was written when the database could not be told. */
export async function rememberBackup(
  db: Db,
  { id, occasion, madeAt, path, bytes, sha256, schemaVersion, encrypted }: Backup & { id: string; occasion: Occasion; madeAt: Date },
): Promise<void> {
  await db
    .insertInto('platform.backup')
    .values({ id, occasion, path, bytes, sha256, encrypted, made_at: madeAt, finished_at: madeAt, schema_version: schemaVersion })
    .execute()
}

/** Deletes the files of scheduled backups that no day, week or month needs; of those before upgrades the last three stay, what somebody asked for stays always. */
export async function dropOldBackups(database: Database, retention: Retention, now: Date, dayOf: (moment: Date) => string): Promise<void> {
  const rows = await recorded(database.db).where('removed_at', 'is', null).where('occasion', '<>', 'asked').execute()
  const whole = rows.filter((row) => row.finishedAt !== null && row.problem === null)
  const scheduled = whole.filter((row) => row.occasion === 'scheduled').map((row) => ({ ...row, day: dayOf(row.madeAt) }))
  const kept = new Set([
    ...[...keptBackups(scheduled, retention)].map(({ id }) => id),
    ...whole
      .filter((row) => row.occasion === 'upgrade')
      .slice(0, 3)
      .map(({ id }) => id),
  ])
  const failed = rows.filter((row) => row.problem !== null && now.getTime() - row.madeAt.getTime() > 30 * 86_400_000)
  for (const { id, path } of [...whole.filter((row) => !kept.has(row.id)), ...failed]) {
    await rm(path, { force: true })
    await database.db.updateTable('platform.backup').set({ removed_at: now }).where('id', '=', id).execute()
  }
}

export const markVerified = (db: Db, id: string, now: Date, problem: string | null) =>
  withoutResult(
    db
      .updateTable('platform.backup')
      .set(problem === null ? { verified_at: now } : { problem })
      .where('id', '=', id)
      .execute(),
  )

const withoutResult = async (work: Promise<unknown>): Promise<void> => void (await work)

/** Whether the file of a backup is on this machine. */
export const isHere = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
