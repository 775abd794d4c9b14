import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clientOf, connect, refuseUnsafeServer, withConnection, withTransaction } from './connection.ts'
import { type TestDatabase, testDatabase } from './testing.ts'

let it: TestDatabase
beforeAll(async () => {
  it = await testDatabase()
  await sql`create table account (id int primary key, balance bigint not null)`.execute(it.db)
  await sql`insert into account values (1, 100), (2, 100)`.execute(it.db)
})
afterAll(() => it?.close())

const balance = async (id: number): Promise<number> =>
  (await sql<{ balance: number }>`select balance from account where id = ${id}`.execute(it.db)).rows[0]!.balance

test('a transaction commits when its work returns and leaves nothing when it throws', async () => {
  await withTransaction(it.database, (db) => sql`update account set balance = 90 where id = 1`.execute(db))
  expect(await balance(1)).toBe(90)
  await expect(
    withTransaction(it.database, async (db) => {
      await sql`update account set balance = 0 where id = 1`.execute(db)
      throw new Error('changed my mind')
    }),
  ).rejects.toThrow('changed my mind')
  expect(await balance(1)).toBe(90)
})

test('a serialization failure is run again, as often as asked', async () => {
  let runs = 0
  const increment = (retries: number) =>
    withTransaction(
      it.database,
      async (db) => {
        runs++
        const before = (await sql<{ balance: number }>`select balance from account where id = 2`.execute(db)).rows[0]!.balance
        if (runs === 1) await sql`update account set balance = balance + 1000 where id = 2`.execute(it.db)
        await sql`update account set balance = ${before + 1} where id = 2`.execute(db)
      },
      { retries, isolation: 'repeatable read' },
    )
  await increment(1)
  expect(runs).toBe(2)
  expect(await balance(2)).toBe(1101)
  runs = 0
  await expect(increment(0)).rejects.toMatchObject({ code: '40001' })
  expect(runs).toBe(1)
})

test('nothing else is run again', async () => {
  let runs = 0
  const work = withTransaction(
    it.database,
    async (db) => {
      runs++
      await sql`select 1 / 0`.execute(db)
    },
    { retries: 5 },
  )
  await expect(work).rejects.toMatchObject({ code: '22012' })
  expect(runs).toBe(1)
})

test('a connection that the server ends during a statement rejects the work with the reason, and the next transaction works', async () => {
  const terminated = withTransaction(it.database, async (db) => {
    await sql`update account set balance = 1 where id = 1`.execute(db)
    const { pid } = (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)).rows[0]!
    const later = new Promise((resolve) => setTimeout(resolve, 100)).then(() => sql`select pg_terminate_backend(${pid})`.execute(it.db))
    await Promise.all([sql`select pg_sleep(5)`.execute(db), later])
  })
  await expect(terminated).rejects.toMatchObject({ code: '57P01' })
  expect(await withTransaction(it.database, async () => 'works')).toBe('works')
  expect(await balance(1)).toBe(90)
})

test('a connection that the server ends between two statements rejects the work too', async () => {
  const terminated = withTransaction(it.database, async (db) => {
    await sql`update account set balance = 1 where id = 1`.execute(db)
    const { pid } = (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)).rows[0]!
    await sql`select pg_terminate_backend(${pid})`.execute(it.db)
    await new Promise((resolve) => setTimeout(resolve, 50))
    await sql`select 1`.execute(db)
  })
  await expect(terminated).rejects.toThrow()
  expect(await withTransaction(it.database, async () => 'works')).toBe('works')
  expect(await balance(1)).toBe(90)
})

test('connections that die while nobody uses them do not matter', async () => {
  const lost: Error[] = []
  const other = connect(it.url, { poolSize: 3, onLost: (error) => lost.push(error) })
  const pids = await Promise.all(
    [1, 2, 3].map(() => withConnection(other, (client) => client.query('select pg_backend_pid() as pid, pg_sleep(0.1)'))),
  )
  for (const { rows } of pids) await sql`select pg_terminate_backend(${rows[0].pid})`.execute(it.db)
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect((await sql<{ one: number }>`select 1 as one`.execute(other.db)).rows).toEqual([{ one: 1 }])
  expect(lost.length).toBe(3)
  await other.close()
})

test('a session that is left inside a transaction does not reach the next borrower', async () => {
  const narrow = connect(it.url, { poolSize: 1 })
  await withConnection(narrow, (client) => client.query('begin; update account set balance = 5 where id = 1'))
  expect(await withConnection(narrow, async (client) => client.getTransactionStatus())).toBe('I')
  expect(await balance(1)).toBe(90)
  await narrow.close()
})

test('a statement that takes longer than allowed is cancelled, and the limit ends with the transaction', async () => {
  const narrow = connect(it.url, { poolSize: 1 })
  const slow = withTransaction(narrow, (db) => sql`select pg_sleep(5)`.execute(db), { statementTimeout: 50 })
  await expect(slow).rejects.toMatchObject({ code: '57014' })
  expect((await sql<{ limit: string }>`select current_setting('statement_timeout') as limit`.execute(narrow.db)).rows[0]?.limit).toBe('0')
  await narrow.close()
})

test('a read-only transaction refuses to write', async () => {
  const write = withTransaction(it.database, (db) => sql`delete from account`.execute(db), { readOnly: true })
  await expect(write).rejects.toMatchObject({ code: '25006' })
})

test('the raw connection of a transaction sees what the transaction wrote', async () => {
  await withTransaction(it.database, async (db) => {
    await sql`insert into account values (3, 7)`.execute(db)
    expect((await clientOf(db).query('select balance from account where id = 3')).rows).toEqual([{ balance: 7 }])
  })
  expect(() => clientOf(it.db)).toThrow('withTransaction')
})

test('values arrive as the stores expect them', async () => {
  const { rows } =
    await sql`select 9007199254740991::bigint as int8, '{1,null}'::bigint[] as int8s, date '2024-02-29' as day, '{2024-02-29}'::date[] as days,
    1.10::numeric as numeric, timestamptz '2024-02-29T12:00:00Z' as instant, '{"a":1}'::jsonb as json, count(*) as count from account where id = 1`.execute(
      it.db,
    )
  expect(rows).toEqual([
    {
      int8: 9007199254740991,
      int8s: [1, null],
      day: '2024-02-29',
      days: ['2024-02-29'],
      numeric: '1.10',
      instant: new Date('2024-02-29T12:00:00Z'),
      json: { a: 1 },
      count: 1,
    },
  ])
  await expect(sql`select 9007199254740992::bigint`.execute(it.db)).rejects.toThrow('9007199254740992')
})

test('a server that may lose confirmed work is refused by name', async () => {
  await expect(refuseUnsafeServer(it.db)).rejects.toThrow('fsync and full_page_writes and synchronous_commit switched off')
  await refuseUnsafeServer(it.db, { unsafeForTests: true })
})
