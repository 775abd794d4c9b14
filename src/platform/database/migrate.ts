import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type pg from 'pg'
import { type Database, type Db, withConnection } from './connection.ts'

export interface Migration {
  readonly number: number
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

export interface MigrateResult {
  /** Names of the files that were applied now, in order; empty where the database was up to date. */
  readonly applied: readonly string[]
  readonly version: number
}

export type AppliedMigration = Pick<Migration, 'number' | 'name' | 'checksum'>

/** Called before anything of an existing database changes, while others that start wait; what it throws keeps everything as it is. */
export type BeforeMigrating = (versions: { readonly from: number; readonly to: number }) => Promise<void>

/** What was applied to a database, in order; empty where it is none of ours. */
export async function appliedMigrations(db: Db): Promise<readonly AppliedMigration[]> {
  const { rows: there } = await sql<{ there: boolean }>`select to_regclass('platform.migration') is not null as there`.execute(db)
  if (!there[0]!.there) return []
  return db.selectFrom('platform.migration').select(['number', 'name', 'checksum']).orderBy('number').execute()
}

export const migrationsFolder: string = join(import.meta.dirname, '../../../db/migrations')

/**
 * Brings the database to the version of this program: numbered plain SQL files, forward only, each in a transaction of its own. Several
 * processes may call it at once; one works, the others wait. Refuses, with a sentence, files that were changed after they were applied, gaps
 * in the numbers, and a database that a newer version of the program has made.
 */
export async function migrate(database: Database, folder: string = migrationsFolder, before?: BeforeMigrating): Promise<MigrateResult> {
  const migrations = await readMigrations(folder)
  return withConnection(database, async (client) => {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    try {
      await client.query(OWN_TABLE)
      const done = await client.query<AppliedMigration>('select number, name, checksum from platform.migration order by number')
      const waiting = refuseOrPlan(migrations, done.rows)
      const from = done.rows.at(-1)?.number
      if (from !== undefined && waiting.length > 0) await before?.({ from, to: migrations.length })
      for (const migration of waiting) await apply(client, migration)
      return { applied: waiting.map((migration) => migration.name), version: migrations.length }
    } finally {
      await client.query('select pg_advisory_unlock($1)', [migrationLock]).catch(() => {})
    }
  })
}

/** The files of a folder in order; they are numbered 0001, 0002, … without a gap. */
export async function readMigrations(folder: string = migrationsFolder): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name, index) => {
      const number = /^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1]
      if (number === undefined) throw new Error(`Migration ${name} is not named like 0001_what_it_does.sql.`)
      const expected = index + 1
      if (Number(number) > expected)
        throw new Error(`Migration ${String(expected).padStart(4, '0')} is missing: ${name} follows without it.`)
      if (Number(number) < expected) throw new Error(`Two migrations have the number ${number}: ${names[index - 1]} and ${name}.`)
      const sql = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n')
      return { number: expected, name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

/** The files that still have to run, or an error that says why none may. Pure. */
export function refuseOrPlan(migrations: readonly Migration[], done: readonly AppliedMigration[]): readonly Migration[] {
  for (const row of done) {
    const file = migrations[row.number - 1]
    if (file === undefined) {
      throw new Error(
        `This database is at version ${done.at(-1)?.number ?? 0}, but this program knows only versions up to ${migrations.length}. Start the newer program, or restore a backup that this one made.`,
      )
    }
    if (file.checksum !== row.checksum) {
      throw new Error(
        `Migration ${file.name} was changed after it had been applied to this database. Undo the change and write a new migration instead.`,
      )
    }
  }
  const applied = new Set(done.map((row) => row.number))
  const waiting = migrations.filter((migration) => !applied.has(migration.number))
  const late = waiting.find((migration) => migration.number < (done.at(-1)?.number ?? 0))
  if (late !== undefined) throw new Error(`Migration ${late.name} was never applied, although later ones were. Restore a backup.`)
  return waiting
}

async function apply(client: pg.ClientBase, migration: Migration): Promise<void> {
  await client.query('begin')
  try {
    await applyWithin(client, migration)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw new Error(`Migration ${migration.name}${lineOf(migration.sql, error)} failed and was taken back: ${messageOf(error)}`, {
      cause: error,
    })
  }
}

/** Makes a database of ours in a transaction that is open, up to and with a version, from the version that it has. */
export async function migrateWithin(client: pg.ClientBase, migrations: readonly Migration[], version: number): Promise<void> {
  await client.query(OWN_TABLE)
  const done = await client.query<{ number: number }>('select number from platform.migration')
  const applied = new Set(done.rows.map(({ number }) => number))
  for (const migration of migrations)
    if (migration.number <= version && !applied.has(migration.number)) await applyWithin(client, migration)
}

async function applyWithin(client: pg.ClientBase, migration: Migration): Promise<void> {
  // What a migration makes without naming a schema belongs to the platform, also where the role may not write to "public".
  await client.query('set local search_path to platform, public')
  await client.query(migration.sql)
  await client.query('set local search_path to default')
  await client.query('insert into platform.migration (number, name, checksum, applied_at) values ($1, $2, $3, now())', [
    migration.number,
    migration.name,
    migration.checksum,
  ])
}

function lineOf(sql: string, error: unknown): string {
  const position = error instanceof Error && 'position' in error ? Number(error.position) : Number.NaN
  return Number.isFinite(position) ? `, line ${sql.slice(0, position).split('\n').length},` : ''
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Any number that nobody else uses for an advisory lock; "patr" in ASCII. */
export const migrationLock = 0x70_61_74_72

const OWN_TABLE = `
  create schema if not exists platform;
  create table if not exists platform.migration (
    number int not null,
    name text not null,
    checksum text not null,
    applied_at timestamptz not null,
    constraint migration_pkey primary key (number)
  )`
