import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { requestDemo } from '#seeds/actions.ts'
import { demoApi } from '#seeds/api.ts'
import { type App, startApp, testConfiguration } from '#test/app.ts'
import { tableHashes, tableHashesAtRest } from '#test/table-hashes.ts'
import { modules } from '../../modules.ts'
import { contextMaker, startProduct } from '../../product.ts'
import type { Db } from '../database/connection.ts'
import { type TestDatabase, testDatabase } from '../database/testing.ts'
import { silentQueue } from '../jobs.ts'
import type { Module } from '../module.ts'
import { sealTrail } from '../trail/seal.ts'
import { verifyTrail } from '../trail/verify.ts'
import { noteBeside, readBeside } from './beside.ts'
import { restoreBackup, verifyArchive } from './restore.ts'
import { type Backup, writeBackup } from './write-backup.ts'

const now = new Date()
const nobody = async () => null
let app: App
let folder: string
let plain: Backup
/** What the database held when the plain backup was written. */
let before: Record<string, string>
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patron-backup-'))
  app = await startApp({ work: true, now })
  await app.transaction((context) => requestDemo(context, 120))
  for (let i = 0; (await app.as(demoApi).state({})).state === 'loading'; i++) {
    if (i === 600) throw new Error('The demo company was not loaded within a minute')
    await sleep(100)
  }
  // Texts that COPY has to escape, and a file that does not compress.
  await app.as(customersApi).create({ values: { name: 'Tab\tand \\N \\ 王小明 "quoted"' } })
  await app.db
    .insertInto('platform.file')
    .values({
      id: '0198c0de-0000-7000-8000-000000000001',
      name: 'bytes',
      media_type: 'x/y',
      bytes: 3,
      complete: true,
      created_by: 'x',
      created_at: now,
    })
    .execute()
  await sql`insert into platform.file_chunk values ('0198c0de-0000-7000-8000-000000000001', 0, ${Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 7919) % 256))})`.execute(
    app.db,
  )
  await tableHashesAtRest(app.db)
  await sealTrail(app.database, now)
  before = await tableHashes(app.db)
  plain = await writeBackup(app.database, { path: join(folder, 'plain.backup'), now, passphrase: null, dataFolder: folder })
}, 120_000)
afterAll(async () => {
  await app.close()
  await rm(folder, { recursive: true, force: true })
})

const restoreInto = (target: TestDatabase, path = plain.path, more: Partial<Parameters<typeof restoreBackup>[1]> = {}) =>
  restoreBackup(target.database, {
    path,
    passphrase: nobody,
    overwrite: false,
    dataFolder: folder,
    modules,
    now,
    contextOf: contextMaker(modules, silentQueue),
    ...more,
  })

async function inEmpty<T>(
  work: (target: TestDatabase) => Promise<T>,
  options: Parameters<typeof testDatabase>[0] = { holds: 'nothing' },
): Promise<T> {
  const target = await testDatabase(options)
  try {
    return await work(target)
  } finally {
    await target.close()
  }
}

test(
  'what is restored into another database is equal, table by table, goes on with its numbers and its trail, and the product starts on it',
  () =>
    inEmpty(async (target) => {
      const done = await restoreInto(target)
      expect(await tableHashes(target.db)).toEqual(before)
      expect(before['orders.purchase']).not.toMatch(/^0 /)
      expect(done).toMatchObject({ tables: plain.tables, madeAt: now.toISOString() })
      expect((await indexesOf(target.db)).length).toBeGreaterThan(50)
      const missing = (await indexesOf(app.db)).filter((index) => !index.startsWith('pgboss'))
      expect(await indexesOf(target.db)).toEqual(missing)
      await sealTrail(target.database, new Date())
      const verified = await verifyTrail(target.database)
      expect(verified.broken).toBeNull()
      expect(verified.chains[0]!.rows).toBe(Number(before['platform.fact']!.split(' ')[0]) + 1)
      const product = await startProduct({
        configuration: testConfiguration(join(folder, 'data')),
        databaseUrl: target.url,
        modules,
        roles: ['web', 'worker'],
        safety: { unsafeForTests: true },
      })
      try {
        expect((await fetch(`${product.address!.split('/first-administrator')[0]}/readyz`)).status).toBe(200)
      } finally {
        await product.stop()
      }
    }),
  60_000,
)

const indexesOf = async (db: Db) =>
  (
    await sql<{ name: string }>`
      select schemaname || '.' || indexname || ': ' || indexdef as name from pg_indexes
      where schemaname not in ('pg_catalog', 'pgboss') order by 1`.execute(db)
  ).rows.map((row) => row.name)

test('the rows of one moment are written while others go on writing', async () => {
  const beforehand = await tableHashesAtRest(app.db)
  let written = 0
  const busy = await writeBackup(app.database, {
    ...{ path: join(folder, 'busy.backup'), now, passphrase: null, dataFolder: folder },
    onProgress: async () => void (await app.as(customersApi).create({ values: { name: `Meanwhile ${written++}` } })),
  })
  expect(written).toBeGreaterThan(20)
  await inEmpty(async (target) => {
    await restoreInto(target, busy.path)
    expect(await tableHashes(target.db)).toEqual(beforehand)
  })
})

test('no table is emptied or swapped between the moment of a backup and its copy', async () => {
  const path = join(folder, 'held.backup')
  let refused: unknown
  await writeBackup(app.database, {
    ...{ path, now, passphrase: null, dataFolder: folder },
    async onProgress({ done }) {
      if (done > 0) return
      refused = await app.database.db
        .transaction()
        .execute(async (db) => {
          await sql`set local lock_timeout = '50ms'`.execute(db)
          await sql`truncate customers.book_fresh`.execute(db)
        })
        .catch((error: { code: string }) => error.code)
    },
  })
  expect(refused).toBe('55P03')
  await rm(path)
})

describe('a damaged archive', () => {
  test.each([
    ['a byte in the middle', (bytes: Buffer) => flip(bytes, bytes.length >> 1)],
    ['a byte near the end', (bytes: Buffer) => flip(bytes, bytes.length - 20)],
    ['a byte near the beginning', (bytes: Buffer) => flip(bytes, 60)],
    ['an end that is missing', (bytes: Buffer) => bytes.subarray(0, bytes.length - 100)],
    ['something behind its end', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('x')])],
  ])('%s is found, and nothing is changed', async (_, harm) => {
    const path = join(folder, 'damaged.backup')
    await writeFile(path, harm(await readFile(plain.path)))
    await expect(verifyArchive(path, nobody)).rejects.toMatchObject({
      reason: 'archive-damaged',
      message: expect.stringMatching(/^This backup is damaged: .+/),
    })
    await inEmpty(async (target) => {
      const before = await tableHashes(target.db)
      await expect(restoreInto(target, path)).rejects.toMatchObject({ reason: 'archive-damaged' })
      expect(await tableHashes(target.db)).toEqual(before)
    })
  })

  test('every frame is guarded: flipping any one of many bytes is found', async () => {
    const whole = await readFile(plain.path)
    const path = join(folder, 'flipped.backup')
    for (let i = 0; i < 12; i++) {
      await writeFile(path, flip(whole, 30 + Math.floor(((whole.length - 31) * i) / 12)))
      await expect(verifyArchive(path, nobody), `byte ${i}`).rejects.toMatchObject({ kind: expect.any(String) })
    }
  })

  test('what is no backup, or one of a newer program, is told apart', async () => {
    const path = join(folder, 'other.backup')
    await writeFile(path, 'hello\n')
    await expect(verifyArchive(path, nobody)).rejects.toMatchObject({ reason: 'not-a-backup' })
    await writeFile(path, 'PATRON BACKUP 2\n{}\n')
    await expect(verifyArchive(path, nobody)).rejects.toMatchObject({ reason: 'newer-archive' })
    await expect(verifyArchive(join(folder, 'none'), nobody)).rejects.toMatchObject({ reason: 'no-such-file' })
  })

  const flip = (bytes: Buffer, at: number): Buffer => {
    const copy = Buffer.from(bytes)
    copy[at] = copy[at]! ^ 1
    return copy
  }
})

test('an encrypted archive opens with its passphrase alone, shows nothing, and carries the keys of the data folder', async () => {
  const path = join(folder, 'sealed.backup')
  await writeFile(join(folder, 'session-secret'), 'a key of forty characters that is secret')
  const sealed = await writeBackup(app.database, { path, now, passphrase: 'correct horse battery staple', dataFolder: folder })
  expect(sealed.encrypted).toBe(true)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect((await readFile(path)).includes('platform.fact')).toBe(false)
  expect((await readFile(plain.path)).includes('platform.fact')).toBe(true)
  await expect(verifyArchive(path, nobody)).rejects.toMatchObject({ reason: 'passphrase-needed' })
  await expect(verifyArchive(path, async () => 'wrong horse battery staple')).rejects.toMatchObject({ reason: 'wrong-passphrase' })
  const bytes = await readFile(path)
  await writeFile(`${path}.cut`, bytes.subarray(0, bytes.length - 1))
  await expect(verifyArchive(`${path}.cut`, async () => 'correct horse battery staple')).rejects.toMatchObject({
    reason: 'archive-damaged',
  })
  const elsewhere = await mkdtemp(join(tmpdir(), 'patron-backup-'))
  await inEmpty(async (target) => {
    await restoreInto(target, path, { passphrase: async () => 'correct horse battery staple', dataFolder: elsewhere })
    expect(await readFile(join(elsewhere, 'session-secret'), 'utf8')).toBe('a key of forty characters that is secret')
  })
  await rm(elsewhere, { recursive: true })
})

test('a database that is in use is replaced only when that is said, and sessions do not come back', async () => {
  const other = await startApp()
  try {
    await other.as(customersApi).create({ values: { name: 'Somebody' } })
    await other.db
      .insertInto('platform.sign_in_attempt')
      .values({ key: Buffer.from('x'), attempts: 1, counted_since: now })
      .execute()
    const target = { database: other.database, db: other.db } as TestDatabase
    await expect(restoreInto(target)).rejects.toMatchObject({ reason: 'product-running' })
  } finally {
    await other.close()
  }
  await inEmpty(async (target) => {
    await target.db.insertInto('platform.fact').values({ occurred_at: now, name: 'a.b', actor: 'x', payload: '{}' }).execute()
    await target.db
      .insertInto('platform.sign_in_attempt')
      .values({ key: Buffer.from('x'), attempts: 1, counted_since: now })
      .execute()
    await expect(restoreInto(target)).rejects.toMatchObject({ reason: 'database-not-empty' })
    await restoreInto(target, plain.path, { overwrite: true })
    expect(await target.db.selectFrom('platform.sign_in_attempt').selectAll().execute()).toEqual([])
    expect((await tableHashes(target.db))['customers.customer']).not.toMatch(/^0 /)
  }, {})
})

test('a database of a newer program is left alone', () =>
  inEmpty(async (target) => {
    await target.db.insertInto('platform.migration').values({ number: 9999, name: '9999_x.sql', checksum: 'x', applied_at: now }).execute()
    await expect(restoreInto(target, plain.path, { overwrite: true })).rejects.toMatchObject({ reason: 'database-newer' })
  }, {}))

test.each(['customers.customer', 'orders.purchase', 'Making the indexes'])(
  'killed at "%s", a restore leaves what was there',
  (moment) =>
    inEmpty(async (target) => {
      await target.db.insertInto('platform.fact').values({ occurred_at: now, name: 'kept.as-it-was', actor: 'x', payload: '{}' }).execute()
      const before = await tableHashes(target.db)
      const child = spawn(process.execPath, ['test/faults/crashing-restore.ts', target.url, plain.path, folder, moment], {
        stdio: ['ignore', 'ignore', 'inherit'],
      })
      const [, signal] = (await once(child, 'exit')) as [number, string]
      expect(signal).toBe('SIGKILL')
      // The server notices in a moment that nobody is there any more.
      await expect.poll(async () => tableHashes(target.db), { timeout: 10_000 }).toEqual(before)
    }, {}),
  30_000,
)

test('what must outlive a restore is carried over it and replayed in the same moment', () =>
  inEmpty(async (target) => {
    await noteBeside(folder, 'erasing', { customer: 'a' })
    await noteBeside(folder, 'erasing', { customer: 'b' })
    expect(await readBeside(folder, 'erasing')).toEqual([{ customer: 'a' }, { customer: 'b' }])
    await target.db
      .insertInto('platform.import_mapping')
      .values({ kind: 'x', name: 'before', definition: '{}', saved_by: 'x', saved_at: now })
      .execute()
    const erasing = (fail: boolean): Module => ({
      ...{ name: 'erasing', api: {}, actions: {}, permissions: {} },
      carry: async (db) => (await db.selectFrom('platform.import_mapping').select('name').execute()).map(({ name }) => name),
      async afterRestore({ db }, carried) {
        await db
          .insertInto('platform.import_mapping')
          .values({ kind: 'x', name: 'after', definition: JSON.stringify(carried), saved_by: 'x', saved_at: now })
          .execute()
        if (fail) throw new Error('Not now')
      },
    })
    const before = await tableHashes(target.db)
    await expect(restoreInto(target, plain.path, { modules: [...modules, erasing(true)], overwrite: true })).rejects.toThrow('Not now')
    expect(await tableHashes(target.db)).toEqual(before)
    await restoreInto(target, plain.path, { modules: [...modules, erasing(false)], overwrite: true })
    const kept = await target.db.selectFrom('platform.import_mapping').select('definition').where('kind', '=', 'x').execute()
    expect(kept).toEqual([{ definition: { fromDatabase: ['before'], fromFile: [{ customer: 'a' }, { customer: 'b' }] } }])
  }, {}))
