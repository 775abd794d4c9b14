import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, withTransaction } from './connection.ts'
import { prepared } from './prepared.ts'
import { sharedReads } from './shared-reads.ts'
import { type TestDatabase, testDatabase } from './testing.ts'

let it: TestDatabase
beforeAll(async () => {
  it = await testDatabase()
  await sql`create table shelf (id int primary key, name text not null)`.execute(it.db)
  await sql`insert into shelf select i, 'book ' || i from generate_series(1, 1000) i`.execute(it.db)
})
afterAll(() => it?.close())

const book = prepared<{ id: number; name: string; pid: number }>('select id, name, pg_backend_pid() as pid from shelf where id = $1')
const broken = prepared<{ n: number }>('select 10 / $1::int as n')

/** The process of the server that answers reads for all; it is asked for once it is there. */
async function sharedPid(): Promise<number> {
  return expect
    .poll(async () => {
      const found = await Promise.all([1, 2, 3].map((id) => book(it.db, [id])))
      const pids = new Set(found.map(([row]) => row!.pid))
      return pids.size === 1 ? [...pids][0]! : null
    })
    .not.toBeNull()
    .then(async () => (await book(it.db, [1]))[0]!.pid)
}

test('reads at the same moment go over one connection, and each has its own answer', async () => {
  const pid = await sharedPid()
  const ids = Array.from({ length: 500 }, (_, i) => i + 1)
  const found = await Promise.all(ids.map((id) => book(it.db, [id])))
  expect(found.map((rows) => rows.map(({ id, name }) => [id, name]))).toEqual(ids.map((id) => [[id, `book ${id}`]]))
  expect(new Set(found.map(([row]) => row!.pid))).toEqual(new Set([pid]))
  expect(await book(it.db, [1001])).toEqual([])
})

test('one that fails fails alone, with the reason of the server', async () => {
  await sharedPid()
  const all = await Promise.allSettled([5, 0, 2].flatMap((n) => [broken(it.db, [n]), book(it.db, [n + 1])]))
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled'])
  expect(all[2]).toMatchObject({ reason: { code: '22012' } })
  expect(await broken(it.db, [1])).toEqual([{ n: 10 }])
})

test('a transaction reads over its own connection, and sees what it wrote', async () => {
  const pid = await sharedPid()
  await withTransaction(it.database, async (db) => {
    await sql`update shelf set name = 'mine' where id = 7`.execute(db)
    const [inside] = await book(db, [7])
    expect(inside).toMatchObject({ name: 'mine' })
    expect(inside!.pid).not.toBe(pid)
    expect(await book(it.db, [7])).toMatchObject([{ name: 'book 7', pid }])
  })
  expect(await book(it.db, [7])).toMatchObject([{ name: 'mine' }])
})

test('where the server ends the connection, what waits and what comes next takes another way, and it is opened again', async () => {
  const pid = await sharedPid()
  await sql`select pg_terminate_backend(${pid}::int)`.execute(it.db)
  const isThere = async () => (await sql`select 1 from pg_stat_activity where pid = ${pid}::int`.execute(it.db)).rows.length > 0
  await expect.poll(isThere).toBe(false)
  expect(await Promise.all([1, 2, 3].map((id) => book(it.db, [id])))).toHaveLength(3)
  expect(await sharedPid()).not.toBe(pid)
})

test('what is lost on its way is read again', async () => {
  const nap = prepared<{ pid: number }>('select pg_backend_pid() as pid from pg_sleep($1)')
  const pid = await sharedPid()
  const asked = Promise.all([nap(it.db, [0.2]), ...[1, 2, 3].map((id) => book(it.db, [id]))])
  await expect
    .poll(
      async () => (await sql`select 1 from pg_stat_activity where pid = ${pid}::int and wait_event = 'PgSleep'`.execute(it.db)).rows.length,
    )
    .toBe(1)
  await sql`select pg_terminate_backend(${pid}::int)`.execute(it.db)
  const pids = (await asked).map(([row]) => row!.pid)
  expect(pids).toHaveLength(4)
  expect(pids).not.toContain(pid)
})

test('a connection that nobody has used for a while is left, and another one opened', async () => {
  const lost: Error[] = []
  const reads = sharedReads({ connectionString: it.url }, { patience: 300, pause: 0, idle: 100 }, (error) => lost.push(error))
  const statement = { name: 'mine', text: 'select pg_backend_pid() as pid' }
  const pidOf = async () => ((await reads.rows(statement, [])) as { pid: number }[] | null)?.at(0)?.pid ?? 0
  await expect.poll(pidOf).toBeGreaterThan(0)
  const first = await pidOf()
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(reads.rows(statement, [])).toBeNull()
  await expect.poll(pidOf).toBeGreaterThan(0)
  expect(await pidOf()).not.toBe(first)
  await reads.close()
  expect(reads.rows(statement, [])).toBeNull()
  expect(lost).toEqual([])
})

test('a read that is held up by a lock does not hold up the others for long', async () => {
  const slow = prepared<{ id: number }>('select id from locked')
  await sql`create table locked (id int)`.execute(it.db)
  const pid = await sharedPid()
  await withTransaction(it.database, async (db) => {
    await sql`lock table locked in access exclusive mode`.execute(db)
    const held = slow(it.db, [])
    // These were sent behind it already.
    const [one] = (await Promise.all([2, 3].map((id) => book(it.db, [id])))).map(([row]) => row!)
    expect(one).toMatchObject({ id: 2 })
    expect(one!.pid).not.toBe(pid)
    expect((await book(it.db, [1]))[0]!.pid).not.toBe(pid)
    await sql`insert into locked values (1)`.execute(db)
    void held.catch(() => {})
  })
  expect(await slow(it.db, [])).toEqual([{ id: 1 }])
  expect(await sharedPid()).toBe(pid)
})

test('closing waits for what was asked, and leaves no connection behind', async () => {
  const other = connect(it.url, { applicationName: 'closing' })
  await expect.poll(async () => (await book(other.db, [1])).length).toBe(1)
  const open = async () =>
    (await sql<{ n: number }>`select count(*)::int as n from pg_stat_activity where application_name = 'closing'`.execute(it.db)).rows[0]!.n
  await expect
    .poll(async () => {
      await book(other.db, [1])
      return open()
    })
    .toBe(2)
  const asked = Array.from({ length: 50 }, (_, i) => book(other.db, [i + 1]))
  await other.close()
  expect((await Promise.all(asked)).flat()).toHaveLength(50)
  await expect.poll(open).toBe(0)
})
