import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { modules } from '../../modules.ts'
import { contextMaker } from '../../product.ts'
import { connect, type Database } from '../database/connection.ts'
import { migrate } from '../database/migrate.ts'
import { testDatabase } from '../database/testing.ts'
import { silentQueue } from '../jobs.ts'
import { restoreBackup } from './restore.ts'
import { writeBackup } from './write-backup.ts'

/** A PostgreSQL of the machine of another version than ours, ≥ 15; most machines have none. */
const installed = '/usr/lib/postgresql'
const other = (existsSync(installed) ? readdirSync(installed) : [])
  .map(Number)
  .find((version) => version >= 15 && version !== 18 && existsSync(join(installed, String(version), 'bin/initdb')))
const root = process.getuid?.() === 0
const nobody = { uid: 65534, gid: 65534 }

test.skipIf(other === undefined)(
  'a backup of another version of PostgreSQL is restored into ours, and back: the way to a new major',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'patron-pg-'))
    if (root) chownSync(folder, nobody.uid, nobody.gid)
    const as = root ? nobody : {}
    const bin = (program: string) => join(installed, String(other), 'bin', program)
    let server: ChildProcess | undefined
    const opened: Database[] = []
    try {
      execFileSync(
        bin('initdb'),
        ['-D', join(folder, 'data'), '-U', 'patron', '--auth=trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
        { stdio: 'ignore', cwd: folder, ...as },
      )
      const port = await freePort()
      server = spawn(
        bin('postgres'),
        ['-D', join(folder, 'data'), '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'],
        { stdio: 'ignore', cwd: folder, ...as },
      )
      const theirs = connect(`postgresql://patron@127.0.0.1:${port}/postgres`, { applicationName: 'patron-test' })
      opened.push(theirs)
      await ready(theirs)
      await migrate(theirs)
      const now = new Date()
      for (const name of ['a.one', 'a.two'])
        await theirs.db
          .insertInto('platform.fact')
          .values({ occurred_at: now, name, actor: 'x', payload: JSON.stringify({ name: '王小明', amount: 1.1e20 }) })
          .execute()
      const facts = async ({ db }: Database) =>
        (await sql<{ line: string }>`select f::text as line from platform.fact f where name like 'a.%' order by id`.execute(db)).rows
      const more = {
        passphrase: async () => null,
        overwrite: true,
        dataFolder: folder,
        modules,
        now,
        contextOf: contextMaker(modules, silentQueue),
      }
      const path = join(folder, 'there.backup')
      await writeBackup(theirs, { path, now, passphrase: null, dataFolder: folder })
      const ours = await testDatabase({ empty: true })
      try {
        await restoreBackup(ours.database, { path, ...more })
        expect(await facts(ours.database)).toEqual(await facts(theirs))
        await writeBackup(ours.database, { path: join(folder, 'back.backup'), now, passphrase: null, dataFolder: folder })
        await restoreBackup(theirs, { ...more, path: join(folder, 'back.backup') })
        expect(await facts(theirs)).toEqual(await facts(ours.database))
      } finally {
        await ours.close()
      }
    } finally {
      for (const database of opened) await database.close()
      if (server) {
        server.kill('SIGINT')
        await once(server, 'exit')
      }
      await rm(folder, { recursive: true, force: true })
    }
  },
  120_000,
)

async function ready({ db }: Database): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await sql`select 1`.execute(db)
      return
    } catch (error) {
      if (tries === 100) throw error
      await sleep(100)
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
