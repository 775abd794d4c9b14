import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withTransaction } from '#platform/database/connection.ts'
import { type TestDatabase, testDatabase } from '#platform/database/testing.ts'
import { derivedId } from '#platform/identifier.ts'
import { type CustomersToEnsure, ensureCustomers, uuidText } from './ensure.ts'
import { sourceId } from './sources.ts'

let scratch: TestDatabase
let source: number
beforeAll(async () => {
  scratch = await testDatabase()
  source = await sourceId(scratch.db, 'shop')
})
afterAll(() => scratch.close())

const runId = '019b7c00-0000-7000-8000-000000000001'
const ensure = (keys: readonly string[], more: Partial<CustomersToEnsure> = {}) =>
  withTransaction(scratch.database, (db) =>
    ensureCustomers(db, {
      source: 'shop',
      sourceId: source,
      keys,
      runId,
      by: 'tester',
      now: new Date('2026-01-02T03:04:05.678Z'),
      ...more,
    }),
  )

test('customers are made once, under the id that their key gives them', async () => {
  const first = await ensure(['b', 'a', '王小明'], { names: ['Ann Baker', null, '王小明'] })
  expect([...first.made]).toEqual([1, 1, 1])
  const second = await ensure(['a', 'c', 'b'])
  expect([...second.made]).toEqual([0, 1, 0])
  expect(uuidText(first.ids, 0)).toBe(derivedId('customer', 'shop', 'b'))
  const row = await scratch.db
    .selectFrom('customers.customer')
    .selectAll()
    .where('customer_id', '=', derivedId('customer', 'shop', 'b'))
    .executeTakeFirstOrThrow()
  expect(row).toMatchObject({
    name: 'Ann Baker',
    name_key: 'ann baker',
    external_key: 'b',
    source_id: source,
    made_by_run: runId,
    kind: 'person',
  })
  expect(row.created_at).toEqual(new Date('2026-01-02T03:04:05.678Z'))
  const { rows: han } = await sql<{ key: string }>`
    select key from customers.search_key where customer_id = ${derivedId('customer', 'shop', '王小明')} order by key`.execute(scratch.db)
  expect(han.map(({ key }) => key)).toEqual(expect.arrayContaining(['小明', '王小明', 'wxm']))
})

test('two imports that make the same customers at the same moment both succeed and make each once', async () => {
  const keys = Array.from({ length: 500 }, (_, i) => `same-${i}`)
  const both = await Promise.all([ensure(keys), ensure(keys.toReversed())])
  expect(both[0].madeCount + both[1].madeCount).toBe(500)
  const { rows } = await sql<{ n: number }>`select count(*) as n from customers.customer where name like 'same-%'`.execute(scratch.db)
  expect(rows[0]!.n).toBe(500)
})

test('a key may not be given twice', () => expect(ensure(['x', 'x'])).rejects.toThrow(RangeError))

test('a source keeps its number, also when two ask at once', async () => {
  const numbers = await Promise.all(Array.from({ length: 5 }, () => sourceId(scratch.db, 'crm')))
  expect(new Set(numbers).size).toBe(1)
  expect(numbers[0]).not.toBe(source)
})
