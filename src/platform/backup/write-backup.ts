import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import copyStreams from 'pg-copy-streams'
import packageFile from '../../../package.json' with { type: 'json' }
import { clientOf, type Database, type Db, withTransaction } from '../database/connection.ts'
import { appliedMigrations } from '../database/migrate.ts'
import { trails } from '../trail/block-hash.ts'
import { lastBlock } from '../trail/seal.ts'
import { type Manifest, type Part, writeArchive } from './archive.ts'
import { archivedTables, leftOut, sequences } from './tables.ts'

export interface BackupOptions {
  /** Where the archive comes to lie; it is there when it is whole. */
  readonly path: string
  readonly now: Date
  /** Null: not encrypted. */
  readonly passphrase: string | null
  /** Keys of the data folder go only into an archive that is encrypted, for whoever held both would hold everything. */
  readonly dataFolder: string
  readonly stopping?: AbortSignal
  readonly onProgress?: (tables: { done: number; total: number }) => Promise<void>
}

export interface Backup {
  readonly path: string
  readonly bytes: number
  readonly sha256: Buffer
  readonly schemaVersion: number
  readonly tables: number
  readonly encrypted: boolean
}

/** Keys that stand in the data folder, where they exist: without them what is encrypted with them cannot be read elsewhere. */
export const keyFiles: readonly string[] = ['session-secret', 'secret-key']

/** Writes everything as it is at one moment into one file, in constant memory, while others go on working. */
export async function writeBackup(database: Database, options: BackupOptions): Promise<Backup> {
  const { path, passphrase } = options
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const half = `${path}.part`
  const hash = createHash('sha256')
  let bytes = 0
  try {
    const names = (await archivedTables(database.db)).filter(({ name }) => !leftOut.has(name)).map(({ name }) => name)
    const made = await withTransaction(
      database,
      async (db) => {
        // Before anything is read: a table that is emptied or swapped between the moment of the backup and its copy would show another moment than the rest.
        await sql`lock table ${sql.join(names.map((name) => sql.table(name)))} in access share mode`.execute(db)
        // A slow disk may let the connection wait for long; the transaction is ours alone.
        await sql`set local idle_in_transaction_session_timeout = 0`.execute(db)
        await sql`set local statement_timeout = 0`.execute(db)
        const manifest = await manifestOf(db, options.now)
        const tables = (await archivedTables(db)).filter(({ name }) => !leftOut.has(name))
        const archive = writeArchive(manifest, partsOf(db, tables, options), passphrase)
        const measured = async function* (source: AsyncIterable<Buffer>) {
          for await (const piece of source) {
            hash.update(piece)
            bytes += piece.length
            yield piece
          }
        }
        await pipeline(Readable.from(measured(archive), { objectMode: false }), createWriteStream(half, { mode: 0o600, flags: 'w' }), {
          signal: options.stopping,
        })
        return { schemaVersion: manifest.schemaVersion, tables: tables.length }
      },
      { isolation: 'repeatable read', readOnly: true },
    )
    await settle(half, path)
    return { path, bytes, sha256: hash.digest(), encrypted: passphrase !== null, ...made }
  } catch (error) {
    await rm(half, { force: true })
    throw error
  }
}

/** On the disk first, then under its name. */
async function settle(half: string, path: string): Promise<void> {
  const file = await open(half, 'r+')
  await file.sync()
  await file.close()
  await rename(half, path)
}

async function manifestOf(db: Db, now: Date): Promise<Manifest> {
  const migrations = await appliedMigrations(db)
  const version = migrations.at(-1)?.number
  if (version === undefined) throw new Error('There is nothing to back up: this database was never migrated.')
  const { rows } = await sql<{ postgres: string }>`select version() as postgres`.execute(db)
  const heads = []
  // Before an upgrade the database may not know chains yet.
  const { rows: known } = await sql<{ blocks: boolean }>`select to_regclass('platform.trail_block') is not null as blocks`.execute(db)
  for (const trail of known[0]!.blocks ? trails : []) {
    const last = await lastBlock(db, trail)
    if (last) heads.push({ trail, number: last.number, hash: last.hash.toString('hex') })
  }
  return {
    product: packageFile.version,
    madeAt: now.toISOString(),
    postgres: rows[0]!.postgres.slice(0, 200),
    schemaVersion: version,
    migrations: migrations.map(({ number, name, checksum }) => ({ number, name, checksum })),
    sequences: [...(await sequences(db))],
    leftOut: [...leftOut],
    trail: heads,
  }
}

async function* partsOf(db: Db, tables: Awaited<ReturnType<typeof archivedTables>>, options: BackupOptions): AsyncGenerator<Part> {
  for (const [done, { name, columns }] of tables.entries()) {
    await options.onProgress?.({ done, total: tables.length })
    const list = columns.map((column) => `"${column}"`).join(', ')
    const [schema, table] = name.split('.')
    yield {
      head: { table: name, columns: [...columns] },
      content: clientOf(db).query(copyStreams.to(`copy (select ${list} from "${schema}"."${table}") to stdout`)),
    }
  }
  if (options.passphrase === null) return
  for (const file of keyFiles) {
    const content = await readFile(join(options.dataFolder, file)).catch(() => null)
    if (content) yield { head: { file }, content: Readable.from([content]) }
  }
}
