import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { requestDemo } from '#seeds/actions.ts'
import { demoApi } from '#seeds/api.ts'
import { type App, startApp } from '#test/app.ts'
import { eraseByTwo } from '#test/erasing.ts'
import { tableHashes, tableHashesAtRest } from '#test/table-hashes.ts'
import { modules } from '../../modules.ts'
import { contextMaker } from '../../product.ts'
import { connect, type Database, type Db } from '../database/connection.ts'
import { startEmbedded } from '../database/embedded.ts'
import { testDatabase } from '../database/testing.ts'
import { silentQueue } from '../jobs.ts'
import { readBeside } from './beside.ts'
import { restoreBackup } from './restore.ts'
import { writeBackup } from './write-backup.ts'

/** Programs of an older PostgreSQL, ≥ 15, as npm installs them: the folder with bin, lib and share. `.ci/run` brings one; elsewhere the drill is left out. */
const older = process.env.PATRON_OLDER_POSTGRES

test.skipIf(older === undefined)(
  'a company moves from an older PostgreSQL into ours, row for row, and whoever was erased since stays erased: the way to a new major',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'patron-versions-'))
    const server = await startEmbedded(join(folder, 'older'), { unsafeForTests: true, programs: older! })
    const theirs = connect(server.url, { applicationName: 'patron-test' })
    const app = await startApp({ work: true })
    const ours = await testDatabase({ holds: 'nothing' })
    try {
      expect(await versionOf(theirs.db)).toBeLessThan(await versionOf(ours.db))
      const name = 'Marta Moved'
      const { id } = await seeded(app, name)
      const before = await tableHashesAtRest(app.db)
      const restore = (database: Database, path: string, dataFolder: string) =>
        restoreBackup(database, {
          ...{ path, dataFolder, modules, now: app.now, overwrite: true },
          passphrase: async () => null,
          contextOf: contextMaker(modules, silentQueue),
        })
      const write = (database: Database, path: string) =>
        writeBackup(database, { path, now: app.now, passphrase: null, dataFolder: folder })

      await write(app.database, join(folder, 'ours.backup'))
      await restore(theirs, join(folder, 'ours.backup'), folder)
      expect(await tableHashes(theirs.db)).toEqual(before)
      await write(theirs, join(folder, 'theirs.backup'))
      await restore(ours.database, join(folder, 'theirs.backup'), folder)
      expect(await tableHashes(ours.db)).toEqual(before)
      expect(before['orders.purchase']).not.toMatch(/^0 /)

      const called = async () => (await sql`select from customers.customer where name = ${name}`.execute(ours.db)).rows.length
      expect(await called()).toBe(1)
      await eraseByTwo(app, id)
      await expect.poll(() => readBeside(app.dataFolder, 'customers'), { timeout: 10_000 }).toHaveLength(1)
      await restore(ours.database, join(folder, 'theirs.backup'), app.dataFolder)
      expect(await called()).toBe(0)
    } finally {
      await ours.close()
      await app.close()
      await theirs.close()
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    }
  },
  180_000,
)

/** A small company, and somebody in it. */
async function seeded(app: App, name: string): Promise<{ id: string }> {
  await app.transaction((context) => requestDemo(context, 60))
  await expect.poll(async () => (await app.as(demoApi).state({})).state, { timeout: 60_000 }).not.toBe('loading')
  return app.as(customersApi).create({ values: { name } })
}

async function versionOf(db: Db): Promise<number> {
  const { rows } = await sql<{ version: number }>`select current_setting('server_version_num')::int as version`.execute(db)
  return rows[0]!.version
}
