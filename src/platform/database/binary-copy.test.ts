import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { copyIn, copyOut, placeOfWord, readDay, readInt8 } from './binary-copy.ts'
import { withTransaction } from './connection.ts'
import { type TestDatabase, testDatabase } from './testing.ts'

let scratch: TestDatabase
beforeAll(async () => {
  scratch = await testDatabase()
  await sql`create table public.thing (id uuid, day date, amount bigint, share real, word text, small smallint, n int)`.execute(scratch.db)
})
afterAll(() => scratch.close())

test('what goes in through a binary copy comes out of one, field by field', async () => {
  const ids = Buffer.alloc(16 * 50_000)
  for (let i = 0; i < 50_000; i++) ids.writeUInt32BE(i, i * 16)
  const amountOf = (i: number) => (i % 2 ? -1 : 1) * (i * 1_000_003 + 7_000_000_000)
  await withTransaction(scratch.database, (db) =>
    copyIn(db, 'public.thing', async (rows) => {
      for (let i = 0; i < 50_000; i++) {
        rows.row(7)
        rows.uuid(ids, i * 16)
        rows.day(i - 20_000)
        rows.int8(amountOf(i))
        rows.float4(i / 4)
        rows.text('客户'.repeat(i % 5))
        if (i % 3 === 0) rows.null()
        else rows.int2(-(i % 100))
        rows.int4(-i)
        if (rows.full) await rows.flush()
      }
    }),
  )
  const there = await sql<{ day: string; word: string; n: number }>`select day, word, n from public.thing where n = -20009`.execute(
    scratch.db,
  )
  expect(there.rows[0]).toEqual({ day: '1970-01-10', word: '客户客户客户客户', n: -20009 })
  let wrong = 0
  let chunks = 0
  const rows = await withTransaction(scratch.database, (db) =>
    copyOut(
      db,
      'select n, day, amount, share, word, small from public.thing order by n desc',
      6,
      (bytes, at, length) => {
        const i = -bytes.readInt32BE(at[0]!)
        const right =
          readDay(bytes, at[1]!) === i - 20_000 &&
          readInt8(bytes, at[2]!) === amountOf(i) &&
          bytes.readFloatBE(at[3]!) === i / 4 &&
          bytes.toString('utf8', at[4]!, at[4]! + length[4]!) === '客户'.repeat(i % 5) &&
          (length[5] === -1) === (i % 3 === 0)
        if (!right) wrong++
      },
      () => {
        chunks++
      },
    ),
  )
  expect([rows, wrong]).toEqual([50_000, 0])
  expect(chunks).toBeGreaterThan(1)
})

test('a copy that the server refuses, or that the filling gives up, leaves nothing and says why', async () => {
  const refused = withTransaction(scratch.database, (db) =>
    copyIn(db, 'public.thing (id, n)', async (rows) => {
      rows.row(3)
      rows.int4(1)
      rows.int4(1)
      rows.int4(1)
    }),
  )
  await expect(refused).rejects.toThrow()
  const given = withTransaction(scratch.database, (db) =>
    copyIn(db, 'public.thing (n)', async () => {
      throw new Error('enough')
    }),
  )
  await expect(given).rejects.toThrow('enough')
  const { rows } = await sql<{ n: number }>`select count(*) as n from public.thing`.execute(scratch.db)
  expect(rows[0]?.n).toBe(50_000)
})

test('a word is found among a few by its bytes, and nothing else is', () => {
  const place = placeOfWord(['gold', 'iron', 'platinum', '白金'])
  const bytes = Buffer.from('..irongoldplatinum白金go')
  expect([place(bytes, 2, 4), place(bytes, 6, 4), place(bytes, 10, 8), place(bytes, 18, 6)]).toEqual([1, 0, 2, 3])
  expect([place(bytes, 3, 4), place(bytes, 24, 2), place(bytes, 0, 0)]).toEqual([-1, -1, -1])
})
