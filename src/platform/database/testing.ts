import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
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
  stop(): Promise<void>
}

export interface TestDatabase {
  readonly url: string
  readonly database: Database
  readonly db: Kysely<DB>
  /** Closes the connections and drops the database. */
  close(): Promise<void>
}

/** A private server under the system's temporary folder, without waiting for disks, with a migrated template. Gone when stopped. */
export async function startScratchServer(): Promise<ScratchServer> {
  const folder = await mkdtemp(join(tmpdir(), 'patron-test-'))
  const server = await startEmbedded(folder, { unsafeForTests: true })
  const maintenance = connect(server.url, { poolSize: 1 })
  await sql`create database ${sql.id(TEMPLATE)}`.execute(maintenance.db)
  await maintenance.close()
  const template = connect(databaseAt(server.url, TEMPLATE), { poolSize: 1 })
  await migrate(template)
  await template.close()
  return {
    url: server.url,
    async stop() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A migrated, otherwise empty database that nobody else uses, on the scratch server of this test run (or on the one given). */
export async function testDatabase(
  options: { readonly poolSize?: number; readonly server?: string; readonly empty?: boolean } = {},
): Promise<TestDatabase> {
  const server = options.server ?? (await scratchServerOfThisRun())
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`
  const template = options.empty === true ? 'template0' : TEMPLATE
  await inMaintenance(server, (db) => sql`create database ${sql.id(name)} template ${sql.id(template)}`.execute(db))
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

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string
  }
}
