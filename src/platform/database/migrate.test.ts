import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connect } from './connection.ts'
import { migrate } from './migrate.ts'
import { type TestDatabase, testDatabase } from './testing.ts'

let it: TestDatabase
let folder: string
beforeEach(async () => {
  it = await testDatabase({ holds: 'nothing' })
  folder = await mkdtemp(join(tmpdir(), 'patron-migrations-'))
  await file('0001_first.sql', 'create table platform.one (id int, constraint one_pkey primary key (id));')
  await file('0002_second.sql', 'insert into platform.one values (1);')
})
afterEach(async () => {
  await it.close()
  await rm(folder, { recursive: true })
})

const file = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text)
const count = async (): Promise<number> => (await sql<{ count: number }>`select count(*) from platform.one`.execute(it.db)).rows[0]!.count

test('files are applied once, in order, and recorded', async () => {
  expect(await migrate(it.database, folder)).toEqual({ applied: ['0001_first.sql', '0002_second.sql'], version: 2 })
  expect(await migrate(it.database, folder)).toEqual({ applied: [], version: 2 })
  await file('0003_third.sql', 'insert into platform.one values (2);')
  expect(await migrate(it.database, folder)).toEqual({ applied: ['0003_third.sql'], version: 3 })
  expect(await count()).toBe(2)
})

test('of several processes that start at once, one migrates and the others wait', async () => {
  await file('0003_slow.sql', 'select pg_sleep(0.2); insert into platform.one values (2);')
  const others = [1, 2, 3].map(() => connect(it.url, { poolSize: 1 }))
  const results = await Promise.all(others.map((other) => migrate(other, folder)))
  expect(results.map((result) => result.applied.length).sort()).toEqual([0, 0, 3])
  expect(await count()).toBe(2)
  for (const other of others) await other.close()
})

test('a migration that fails leaves nothing and names its file and line', async () => {
  await file('0003_broken.sql', 'insert into platform.one values (2);\n\ninsert into platform.two values (1);')
  await expect(migrate(it.database, folder)).rejects.toThrow(/0003_broken\.sql, line 3, failed and was taken back: relation "platform.two"/)
  expect(await count()).toBe(1)
  await file('0003_broken.sql', 'insert into platform.one values (2);')
  expect((await migrate(it.database, folder)).applied).toEqual(['0003_broken.sql'])
})

test('a file that was changed after it was applied is refused; line ends do not count as a change', async () => {
  await file('0001_first.sql', 'create table platform.one (id int,\n constraint one_pkey primary key (id));')
  await migrate(it.database, folder)
  await file('0001_first.sql', 'create table platform.one (id int,\r\n constraint one_pkey primary key (id));')
  await migrate(it.database, folder)
  await file('0001_first.sql', 'create table platform.one (id bigint,\n constraint one_pkey primary key (id));')
  await expect(migrate(it.database, folder)).rejects.toThrow('0001_first.sql was changed')
})

test('a missing number, a number given twice and a strange name are refused before anything is done', async () => {
  await file('0004_fourth.sql', 'select 1')
  await expect(migrate(it.database, folder)).rejects.toThrow('Migration 0003 is missing')
  await rm(join(folder, '0004_fourth.sql'))
  await file('0002_again.sql', 'select 1')
  await expect(migrate(it.database, folder)).rejects.toThrow('Two migrations have the number 0002')
  await rm(join(folder, '0002_again.sql'))
  await file('3.sql', 'select 1')
  await expect(migrate(it.database, folder)).rejects.toThrow('3.sql is not named like')
})

test('a database that a newer program has made is refused with both versions', async () => {
  await migrate(it.database, folder)
  await rm(join(folder, '0002_second.sql'))
  await expect(migrate(it.database, folder)).rejects.toThrow('at version 2, but this program knows only versions up to 1')
})

test('the helper that distributes tables does nothing without the extension, and refuses what it does not know', async () => {
  await migrate(it.database)
  const call = (words: string) => sql`select platform.app_distribute('platform.migration', ${sql.raw(words)})`.execute(it.db)
  for (const words of [`'local'`, `'reference'`, `'distributed', 'number'`]) await call(words)
  for (const words of [`'distribute'`, `'distributed'`, `'local', 'number'`]) await expect(call(words)).rejects.toThrow('app_distribute')
})
