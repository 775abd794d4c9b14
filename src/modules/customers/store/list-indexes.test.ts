import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withTransaction } from '#platform/database/connection.ts'
import { type TestDatabase, testDatabase } from '#platform/database/testing.ts'
import { ensureCustomers } from './ensure.ts'
import { archiveIsEmpty, buildListIndexes, dropListIndexes, listIndexes } from './list-indexes.ts'
import { sourceId } from './sources.ts'

let scratch: TestDatabase
beforeAll(async () => {
  scratch = await testDatabase()
})
afterAll(() => scratch.close())

async function indexes(): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`
    select indexdef as text from pg_indexes where schemaname = 'customers' and tablename in ('customer', 'search_key') order by 1`.execute(
    scratch.db,
  )
  return rows.map(({ text }) => text)
}

test('the indexes that a first load drops come back as the migration made them', async () => {
  const before = await indexes()
  await withTransaction(scratch.database, dropListIndexes)
  expect(await indexes()).toHaveLength(before.length - listIndexes.length)
  await withTransaction(scratch.database, buildListIndexes)
  await withTransaction(scratch.database, buildListIndexes)
  expect(await indexes()).toEqual(before)
})

test('customers who were there all the same are not made again when nobody was looked for', async () => {
  const source = await sourceId(scratch.db, 'shop')
  const ensure = (keys: readonly string[], allNew: boolean) =>
    withTransaction(scratch.database, (db) =>
      ensureCustomers(db, { source: 'shop', sourceId: source, keys, allNew, runId: null, by: 'tester', now: new Date('2026-01-02') }),
    )
  expect(await archiveIsEmpty(scratch.db)).toBe(true)
  expect([...(await ensure(['a', 'b'], true)).made]).toEqual([1, 1])
  expect([...(await ensure(['c', 'b', 'd'], true)).made]).toEqual([1, 0, 1])
  expect(await archiveIsEmpty(scratch.db)).toBe(false)
  const { rows } = await sql<{ key: string }>`select external_key as key from customers.customer order by 1`.execute(scratch.db)
  expect(rows.map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd'])
})
