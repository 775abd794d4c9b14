import { createReadStream } from 'node:fs'
import { access, constants, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql, type Transaction } from 'kysely'
import type pg from 'pg'
import copyStreams from 'pg-copy-streams'
import { type Context, operator } from '../context.ts'
import { clientOf, type Database, type Db, withTransaction } from '../database/connection.ts'
import { appliedMigrations, type Migration, migrateWithin, migrationLock, readMigrations } from '../database/migrate.ts'
import type { DB } from '../database/tables.gen.ts'
import type { Module } from '../module.ts'
import { refuse } from '../refusal.ts'
import { type ArchiveEvent, type Manifest, nameOf, readArchive } from './archive.ts'
import { readBeside } from './beside.ts'
import { damaged } from './damaged.ts'
import { restored } from './facts.ts'
import { archivedTables, leftOut, ownSchemas } from './tables.ts'
import { keyFiles } from './write-backup.ts'

export interface RestoreOptions {
  readonly path: string
  readonly passphrase: () => Promise<string | null>
  /** Whether what the database holds now may be thrown away. */
  readonly overwrite: boolean
  readonly dataFolder: string
  readonly modules: readonly Module[]
  readonly now: Date
  contextOf(db: Db, now: Date, actor: typeof operator): Context
  readonly onProgress?: (step: { phase: string; done: number }) => void
}

export interface Restored {
  readonly madeAt: string
  readonly schemaVersion: number
  readonly tables: number
  readonly rows: number
}

/** Reads an archive to its end; answers what it says of itself, or refuses and names the part that is damaged. */
export async function verifyArchive(
  path: string,
  passphrase: () => Promise<string | null>,
  onProgress?: (parts: number) => Promise<void> | void,
) {
  let manifest: Manifest | undefined
  let encrypted = false
  let [tables, rows] = [0, 0]
  for await (const event of archiveAt(path, passphrase)) {
    if (event.kind === 'manifest') {
      manifest = event.manifest
      encrypted = event.encrypted
    } else if (event.kind === 'end' && 'table' in event.head) {
      tables++
      rows += event.rows
      await onProgress?.(tables)
    }
  }
  return { manifest: manifest!, encrypted, tables, rows }
}

async function* archiveAt(path: string, passphrase: () => Promise<string | null>): AsyncGenerator<ArchiveEvent> {
  await access(path, constants.R_OK).catch(() => {
    throw refuse('missing', 'no-such-file', `There is no file ${path} that could be read`)
  })
  yield* readArchive(createReadStream(path, { highWaterMark: 1 << 18 }), passphrase)
}

/**
 * Puts everything back as an archive holds it, in one transaction: until its end nobody sees anything of it, and whatever happens before leaves the database as it was. The tables are made by our own migrations up
 * to the archive's version, filled with its rows, and then brought to the version of this program; nothing of the archive is ever run. At the end each module may replay what must outlive a restore.
 */
export async function restoreBackup(database: Database, options: RestoreOptions): Promise<Restored> {
  const { path, passphrase, onProgress } = options
  onProgress?.({ phase: 'Checking the backup', done: 0 })
  const { manifest, tables, rows } = await verifyArchive(path, passphrase)
  const migrations = await readMigrations()
  refuseForeignVersion(manifest, migrations)
  await refuseTarget(database.db, migrations, options.overwrite)
  const carried = await carriedBy(database, options)
  const keys = new Map<string, Buffer>()
  await withTransaction(database, async (db) => {
    const client = clientOf(db)
    // Whoever starts meanwhile waits here for the end, and then finds a whole database.
    await client.query('select pg_advisory_xact_lock($1)', [migrationLock])
    await client.query('set local statement_timeout = 0')
    await client.query('set local idle_in_transaction_session_timeout = 0')
    for (const schema of ['pgboss', ...(await ownSchemas()).toReversed()]) await client.query(`drop schema if exists "${schema}" cascade`)
    await migrateWithin(client, migrations, manifest.schemaVersion)
    const indexes = await dropPlainIndexes(client)
    await fill(db, archiveAt(path, passphrase), keys, onProgress)
    onProgress?.({ phase: 'Making the indexes', done: 0 })
    for (const index of indexes) await client.query(index)
    await setSequences(db, manifest)
    await migrateWithin(client, migrations, migrations.length)
    const context = options.contextOf(db, options.now, operator)
    await context.publish(restored, { made: manifest.madeAt, schemaVersion: manifest.schemaVersion, rows })
    for (const module of options.modules)
      await module.afterRestore?.(context, carried.get(module.name) ?? { fromDatabase: null, fromFile: [] })
  })
  onProgress?.({ phase: 'Looking at the figures', done: 0 })
  await sql`analyze`.execute(database.db)
  for (const [name, content] of keys) {
    await writeFile(join(options.dataFolder, `${name}.new`), content, { mode: 0o600 })
    await rename(join(options.dataFolder, `${name}.new`), join(options.dataFolder, name))
  }
  return { madeAt: manifest.madeAt, schemaVersion: manifest.schemaVersion, tables, rows }
}

function refuseForeignVersion(manifest: Manifest, migrations: readonly Migration[]): void {
  if (manifest.schemaVersion > migrations.length)
    throw refuse(
      'conflict',
      'backup-newer',
      `This backup is of version ${manifest.schemaVersion}, but this program knows only versions up to ${migrations.length}. Restore it with the newer program.`,
    )
  for (const { number, name, checksum } of manifest.migrations)
    if (migrations[number - 1]?.checksum !== checksum)
      throw refuse(
        'conflict',
        'backup-foreign',
        `This backup was made by another edition of the program: its migration ${name} is not the one that is known here.`,
      )
}

/** How often and how long after each other it is looked whether the product is gone: the server sees off the connections of one that has just been stopped. */
const looks = 20
const pause = 100

async function refuseWhileRunning(db: Db): Promise<void> {
  for (let look = 1; ; look++) {
    const { rows } = await sql<{ others: number }>`
      select count(*) as others from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and application_name in ('patron', 'patron-jobs') and backend_type = 'client backend'`.execute(
      db,
    )
    if (rows[0]!.others === 0) return
    if (look === looks)
      throw refuse('conflict', 'product-running', 'Patron is running on this database; stop it (all its processes) and restore then')
    await sleep(pause)
  }
}

/** Only an empty database is written into without being told. */
async function refuseTarget(db: Db, migrations: readonly Migration[], overwrite: boolean): Promise<void> {
  await refuseWhileRunning(db)
  const version = (await appliedMigrations(db)).at(-1)?.number ?? 0
  if (version > migrations.length)
    throw refuse(
      'conflict',
      'database-newer',
      `The database is at version ${version}, but this program knows only versions up to ${migrations.length}. Use the newer program.`,
    )
  if (version === 0 || overwrite) return
  const { rows: used } = await sql<{ users: number; facts: boolean }>`
    select (select count(*) from platform."user") as users, exists (select from platform.fact) as facts`.execute(db)
  if (used[0]!.users > 0 || used[0]!.facts)
    throw refuse(
      'conflict',
      'database-not-empty',
      'The database is not empty. Everything in it would be replaced; say --yes if that is what you want.',
    )
}

/** What each module keeps over a restore: read from the database before it is replaced, and from the file beside it. */
async function carriedBy(database: Database, { modules, dataFolder }: RestoreOptions) {
  const carried = new Map<string, Carried>()
  for (const module of modules.filter((one) => one.afterRestore)) {
    const fromDatabase = module.carry
      ? await withTransaction(database, module.carry, { readOnly: true }).catch((error) => {
          // An empty or older database does not know the table yet.
          if (['42P01', '42703', '3F000'].includes(String((error as { code?: unknown }).code))) return null
          throw error
        })
      : null
    carried.set(module.name, { fromDatabase, fromFile: await readBeside(dataFolder, module.name) })
  }
  return carried
}

/** What a module is given after a restore. */
export interface Carried {
  /** What its `carry` read from the database before that was replaced; null where there was nothing. */
  readonly fromDatabase: unknown
  /** What it noted beside the database (see `noteBeside`). */
  readonly fromFile: readonly unknown[]
}

/** Indexes that no constraint needs are made when the rows are there, which is several times faster; answers how. */
async function dropPlainIndexes(client: pg.ClientBase): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any($1) and not exists (select from pg_constraint k where k.conindid = i.indexrelid)`,
    [await ownSchemas()],
  )
  for (const { name } of rows) await client.query(`drop index ${name}`)
  return rows.map(({ definition }) => definition)
}

async function fill(
  db: Transaction<DB>,
  events: AsyncIterable<ArchiveEvent>,
  keys: Map<string, Buffer>,
  onProgress: RestoreOptions['onProgress'],
): Promise<void> {
  const all = await archivedTables(db)
  // Migrations fill some tables; the archive holds those rows as well.
  await sql`truncate ${sql.join(all.filter(({ name }) => name !== 'platform.migration').map(({ name }) => sql.table(name)))}`.execute(db)
  const tables = new Map(all.filter(({ name }) => !leftOut.has(name)).map((table) => [table.name, table]))
  let copying: ReturnType<typeof copyStreams.from> | null = null
  let done: Promise<unknown> | null = null
  let pieces: Buffer[] = []
  const filled = new Set<string>()
  let rows = 0
  for await (const event of events) {
    if (event.kind === 'part' && 'table' in event.head) {
      const table = tables.get(event.head.table)
      const columns = event.head.columns
      if (!table || filled.has(table.name)) throw damaged(nameOf(event.head), 'is not one that belongs into a backup')
      // Names come from our own tables; those of the archive are only compared with them.
      const known = columns.map((column) => table.columns.find((one) => one === column))
      if (known.includes(undefined) || new Set(columns).size !== table.columns.length)
        throw damaged(nameOf(event.head), 'does not have the columns of its version')
      filled.add(table.name)
      const [schema, name] = table.name.split('.')
      onProgress?.({ phase: table.name, done: rows })
      copying = clientOf(db).query(
        copyStreams.from(`copy "${schema}"."${name}" (${known.map((column) => `"${column}"`).join(', ')}) from stdin`),
      )
      done = finished(copying)
      done.catch(() => {})
    } else if (event.kind === 'data') {
      if (copying === null) pieces = [...pieces, event.bytes].slice(-keyPieces)
      else if (!copying.write(event.bytes)) await Promise.race([new Promise((resolve) => copying!.once('drain', resolve)), done])
    } else if (event.kind === 'end') {
      if (copying !== null) {
        copying.end()
        await done
        rows += event.rows
      } else if ('file' in event.head && keyFiles.includes(event.head.file)) keys.set(event.head.file, Buffer.concat(pieces))
      copying = null
      pieces = []
    }
  }
  const missing = [...tables.keys()].filter((name) => !filled.has(name))
  if (missing.length > 0) throw damaged('the whole', `lacks the table ${missing[0]}`)
}

/** A key is short; whoever makes an archive up does not get more of our memory than this. */
const keyPieces = 1

/** Numbers go on behind those that were given before. */
async function setSequences(db: Db, { sequences }: Manifest): Promise<void> {
  for (const { table, column, value, used } of sequences) {
    const quoted = table
      .split('.')
      .map((name) => `"${name}"`)
      .join('.')
    await sql`select setval(pg_get_serial_sequence(${quoted}, ${column})::regclass, ${value}::bigint, ${used}::boolean)`.execute(db)
  }
}
