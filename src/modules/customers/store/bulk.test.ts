import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withTransaction } from '#platform/database/connection.ts'
import { type TestDatabase, testDatabase } from '#platform/database/testing.ts'
import { countStatements } from '#test/count-statements.ts'
import { lockCustomers } from './bulk.ts'
import { ensureCustomers, uuidText } from './ensure.ts'
import { sourceId } from './sources.ts'

let scratch: TestDatabase
beforeAll(async () => {
  scratch = await testDatabase()
})
afterAll(() => scratch.close())

test('many customers are held with one statement, ascending, without those who were erased or never there', async () => {
  const keys = Array.from({ length: 20 }, (_, i) => `K${i}`)
  const source = await sourceId(scratch.db, 'shop')
  const customers = { source: 'shop', sourceId: source, keys, names: keys, runId: null, by: 'test', now: new Date('2026-01-01T00:00:00Z') }
  const { ids } = await withTransaction(scratch.database, (db) => ensureCustomers(db, customers))
  const all = keys.map((_, i) => uuidText(ids, i * 16))
  await sql`update customers.customer set erased_at = now() where customer_id = ${all[3]!}::uuid`.execute(scratch.db)
  await withTransaction(scratch.database, async (db) => {
    let held: readonly string[] = []
    const statements = await countStatements(db, async () => {
      held = await lockCustomers(db, [...all, crypto.randomUUID()].toReversed())
    })
    expect(statements).toBe(1)
    expect(held).toEqual(all.filter((id) => id !== all[3]).toSorted())
    await withTransaction(scratch.database, async (other) => {
      const { rows } = await sql`select from customers.customer where customer_id = any(${all}::uuid[]) for update skip locked`.execute(
        other,
      )
      expect(rows).toHaveLength(1)
    })
  })
})
