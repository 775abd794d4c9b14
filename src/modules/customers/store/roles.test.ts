import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '#platform/database/testing.ts'
import { isOfRole } from './roles.ts'

let scratch: TestDatabase
beforeAll(async () => {
  scratch = await testDatabase()
  await sql`
    insert into customers.customer (customer_id, name, name_key, created_at, created_by, updated_at, erased_at)
    select gen_random_uuid(), 'n' || i, 'n' || lpad(i::text, 7, '0'), now(), 'tester', now(), case when i % 10 = 0 then now() end
    from generate_series(1, 20000) i`.execute(scratch.db)
  await sql`analyze customers.customer`.execute(scratch.db)
})
afterAll(() => scratch.close())

test('a walk past the erased costs what it meets, however many there are', async () => {
  const walk = sql`select c.name_key as key from customers.customer c where ${isOfRole(undefined)} order by c.name_key, c.customer_id limit 50`
  const { rows } = await sql<{ key: string }>`${walk}`.execute(scratch.db)
  expect([rows.length, rows[8]!.key, rows[9]!.key]).toEqual([50, 'n0000009', 'n0000011'])
  const plan = await sql<{ 'QUERY PLAN': [{ Plan: Node }] }>`explain (analyze, format json) ${walk}`.execute(scratch.db)
  // Two thousand are erased; the walk meets five of them.
  expect(rowsRead(plan.rows[0]!['QUERY PLAN'][0].Plan)).toBeLessThan(500)
})

interface Node {
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly Plans?: readonly Node[]
}
const rowsRead = (node: Node): number =>
  node['Actual Rows'] * node['Actual Loops'] + (node.Plans ?? []).reduce((sum, one) => sum + rowsRead(one), 0)
