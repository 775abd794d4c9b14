import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import { connect, type Database } from './connection.ts'
import { startEmbedded } from './embedded.ts'
import { migrate } from './migrate.ts'
import type { DB } from './tables.gen.ts'

export interface ScratchServer {
  /** The address of its maintenance database; tests get databases of their own, see `testDatabase`. */
  readonly url: string
  /** Keeps a migrated database as somebody else prepares it further, for tests that ask for an opened one. */
  keepOpened(open: (url: string) => Promise<void>): Promise<void>
  stop(): Promise<void>
}

export interface TestDatabase {
  readonly url: string
  readonly database: Database
  readonly db: Kysely<DB>
  /** Closes the connections and drops the database. */
  close(): Promise<void>
}

/** A private server without waiting for disks, with a migrated template; in the system's temporary folder, or in memory where that is asked for and there is room. Gone when stopped. */
export async function startScratchServer(options: { readonly inMemory?: boolean } = {}): Promise<ScratchServer> {
  const folder = await mkdtemp(join(options.inMemory ? await memoryFolder() : tmpdir(), 'patron-test-'))
  const server = await startEmbedded(folder, { unsafeForTests: true })
  const maintenance = connect(server.url, { poolSize: 1 })
  await sql`create database ${sql.id(TEMPLATE)}`.execute(maintenance.db)
  await maintenance.close()
  const template = connect(databaseAt(server.url, TEMPLATE), { poolSize: 1 })
  await migrate(template)
  await template.close()
  return {
    url: server.url,
    async keepOpened(open) {
      await inMaintenance(server.url, (db) => sql`create database ${sql.id(OPENED)} template ${sql.id(TEMPLATE)}`.execute(db))
      await open(databaseAt(server.url, OPENED))
    },
    async stop() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

interface TestDatabaseOptions {
  readonly poolSize?: number
  /** On another server than that of this test run. */
  readonly server?: string
  /** `nothing`: not even tables; `opened`: as the product leaves it when it has started once, which takes many statements. */
  readonly holds?: 'nothing' | 'tables' | 'opened'
}

/** A migrated, otherwise empty database that nobody else uses, on the scratch server of this test run (or on the one given). */
export async function testDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const server = options.server ?? (await scratchServerOfThisRun())
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`
  const template = { nothing: 'template0', tables: TEMPLATE, opened: OPENED }[options.holds ?? 'tables']
  // Copied as files: nobody else is in the template, and each page need not be logged.
  await inMaintenance(server, (db) => sql`create database ${sql.id(name)} template ${sql.id(template)} strategy file_copy`.execute(db))
  const url = databaseAt(server, name)
  const database = connect(url, { poolSize: options.poolSize ?? 5, applicationName: 'patron-test' })
  return {
    url,
    database,
    db: database.db,
    async close() {
      await database.close()
      await inMaintenance(server, (db) => dropPatiently(db, name))
    },
  }
}

/** Where a new database is made forty times as fast as on a disk: it is more than a thousand files. The temporary folder where this system has no such place, or little memory. */
async function memoryFolder(): Promise<string> {
  const folder = '/dev/shm'
  const room = await statfs(folder).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => 0,
  )
  return Math.min(room, process.availableMemory()) > enough ? folder : tmpdir()
}
const enough = 6 * 2 ** 30

/** Housekeeping of the server itself may be at work in the database for a moment, and an ordinary role cannot send it away. */
async function dropPatiently(db: Kysely<DB>, name: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await sql`drop database if exists ${sql.id(name)} with (force)`.execute(db)
      return
    } catch (error) {
      const kept = error instanceof Error && 'code' in error && (error.code === '42501' || error.code === '55006')
      if (!kept || attempt === 50) throw error
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

/** The same server, another database. */
export function databaseAt(url: string, name: string): string {
  const address = new URL(url)
  address.pathname = `/${name}`
  return address.href
}

async function scratchServerOfThisRun(): Promise<string> {
  const { inject } = await import('vitest')
  return inject('databaseUrl')
}

async function inMaintenance(server: string, work: (db: Kysely<DB>) => Promise<unknown>): Promise<void> {
  const database = connect(server, { poolSize: 1, applicationName: 'patron-test' })
  try {
    await work(database.db)
  } finally {
    await database.close()
  }
}

const TEMPLATE = 'patron_template'
const OPENED = 'patron_opened'

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string
  }
}
