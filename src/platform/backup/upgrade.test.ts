import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createUser, seedRoles } from '#modules/organization/public.ts'
import { modules } from '../../modules.ts'
import { contextMaker, openDatabase } from '../../product.ts'
import { operator } from '../context.ts'
import { clientOf, withTransaction } from '../database/connection.ts'
import { migrateWithin, readMigrations } from '../database/migrate.ts'
import { type TestDatabase, testDatabase } from '../database/testing.ts'
import { silentQueue } from '../jobs.ts'
import { createLog } from '../log.ts'
import { listBackups } from './backups.ts'
import { restoreBackup, verifyArchive } from './restore.ts'

let it: TestDatabase
let folder: string
const log = createLog('error')
const contextOf = contextMaker(modules, silentQueue)
beforeEach(async () => {
  it = await testDatabase({ holds: 'nothing' })
  folder = await mkdtemp(join(tmpdir(), 'patron-upgrade-'))
})
afterEach(async () => {
  await it.close()
  await rm(folder, { recursive: true, force: true })
})

const upTo = async (version: number) => {
  const migrations = await readMigrations()
  await withTransaction(it.database, (db) => migrateWithin(clientOf(db), migrations, version))
}
const open = async () =>
  (await openDatabase(it.url, modules, log, { unsafeForTests: true, backups: { dataFolder: folder, backupPassphraseFile: null } })).close()
const written = async () => readdir(join(folder, 'backups')).catch(() => [])
const nobody = async () => null

test('before an older database that somebody uses is brought forward, a backup of it is written, and it can be restored', async () => {
  // The version before the trail and before any list of backups.
  const last = (await readMigrations()).findIndex(({ name }) => name.endsWith('_trail.sql'))
  await upTo(last)
  await withTransaction(it.database, async (db) => {
    await seedRoles(db, modules)
    await createUser(
      { ...contextOf(db, new Date(), operator), publish: async () => {} },
      { name: 'Ada', email: 'ada@example.com', roles: ['administrator'] },
    )
  })
  await open()
  const [file, ...more] = await written()
  expect(more).toEqual([])
  const path = join(folder, 'backups', file!)
  expect((await verifyArchive(path, nobody)).manifest.schemaVersion).toBe(last)
  expect(await listBackups(it.db, 5)).toMatchObject([{ occasion: 'upgrade', path, schemaVersion: last, problem: null }])
  await open()
  expect(await written()).toHaveLength(1)

  await restoreBackup(it.database, { path, passphrase: nobody, overwrite: true, dataFolder: folder, modules, now: new Date(), contextOf })
  const { rows } = await sql<{ email: string }>`select email from platform."user"`.execute(it.db)
  expect(rows).toEqual([{ email: 'ada@example.com' }])
  expect((await sql<{ n: number }>`select max(number) as n from platform.migration`.execute(it.db)).rows[0]!.n).toBe(
    (await readMigrations()).length,
  )
})

test('an empty database and one that nobody uses are brought forward without one', async () => {
  await open()
  expect(await written()).toEqual([])
})

test('where the backup cannot be written, nothing is changed', async () => {
  await upTo(6)
  await writeFile(join(folder, 'a-file'), '')
  await withTransaction(it.database, async (db) => {
    await seedRoles(db, modules)
    await createUser(
      { ...contextOf(db, new Date(), operator), publish: async () => {} },
      { name: 'Ada', email: 'ada@example.com', roles: [] },
    )
    await sql`insert into organization.setting values ('organization.backups', ${JSON.stringify({ folder: join(folder, 'a-file', 'none') })}, 1, now(), 'x')`.execute(
      db,
    )
  })
  await expect(open()).rejects.toThrow()
  expect((await sql<{ n: number }>`select max(number) as n from platform.migration`.execute(it.db)).rows[0]!.n).toBe(6)
})
