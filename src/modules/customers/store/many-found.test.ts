import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Place } from '#platform/cursor.ts'
import { withTransaction } from '#platform/database/connection.ts'
import { type TestDatabase, testDatabase } from '#platform/database/testing.ts'
import { tiers } from '../domain/book.ts'
import type { CustomerFilter, Direction } from '../domain/customer-list.ts'
import { writeBook } from './book.ts'
import { ensureCustomers } from './ensure.ts'
import { listCustomers } from './list.ts'
import { searchWords, writeKeys } from './search-keys.ts'
import { sourceId } from './sources.ts'

let scratch: TestDatabase
const given = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平']
const names = Array.from({ length: 9000 }, (_, i) =>
  i % 3 === 0 ? `Anna Zhang ${i}` : `${i % 3 === 1 ? '张' : '王'}${given[i % 20]}${given[Math.floor(i / 20) % 20]}`,
)
const keys = names.map((_, i) => `K${i}`)

beforeAll(async () => {
  scratch = await testDatabase()
  const source = await sourceId(scratch.db, 'shop')
  const { ids } = await withTransaction(scratch.database, (db) =>
    ensureCustomers(db, { source: 'shop', sourceId: source, keys, names, runId: null, by: 'test', now: new Date('2026-01-01T00:00:00Z') }),
  )
  const some = keys.flatMap((_, i) => (i % 5 === 0 ? [ids.toString('hex', i * 16, i * 16 + 16)] : []))
  await writeBook(scratch.db, { ids: some, tier: some.map(() => tiers.indexOf('gold')) })
})
afterAll(() => scratch.close())

/** Names of all pages together. */
async function walk(filter: CustomerFilter, direction: Direction): Promise<string[]> {
  const found: string[] = []
  for (let after: Place | null = null; ; ) {
    const { items, places }: Awaited<ReturnType<typeof listCustomers>> = await listCustomers(scratch.db, {
      filter,
      sort: 'name',
      direction,
      after,
      limit: 500,
    })
    found.push(...items.map(({ name, externalKey }) => `${name} ${externalKey}`))
    if (items.length < 500) return found
    after = places.at(-1)!
  }
}

/** The same by looking at everybody. */
async function everybody(matches: (name: string, i: number) => boolean, direction: Direction): Promise<string[]> {
  const { rows } = await sql<{ text: string; key: string }>`
    select name || ' ' || external_key as text, external_key as key from customers.customer order by name_key, customer_id`.execute(
    scratch.db,
  )
  const found = rows.filter(({ key }) => matches(names[Number(key.slice(1))]!, Number(key.slice(1)))).map(({ text }) => text)
  return direction === 'ascending' ? found : found.reverse()
}

const holds = (name: string) => name.startsWith('张') || name.includes('Zhang')
test.each(['ascending', 'descending'] as const)(
  'many whom a text finds are listed by name, %s, page by page, each once',
  async (direction) => {
    const found = await walk({ q: 'zhang' }, direction)
    expect(found).toHaveLength(6000)
    expect(found).toEqual(await everybody(holds, direction))
  },
)

test('the same among those of a tier, and for several words', async () => {
  const gold = await walk({ q: 'zhang', tier: ['gold'] }, 'ascending')
  expect(gold).toEqual(await everybody((name, i) => holds(name) && i % 5 === 0, 'ascending'))
  expect(gold).toHaveLength(1200)
  expect(await walk({ q: 'zhang anna' }, 'ascending')).toEqual(await everybody((name) => name.includes('Anna'), 'ascending'))
})

test('companies and persons among them are told apart', async () => {
  await sql`update customers.customer set kind = 'company' where right(external_key, 1) = '7'`.execute(scratch.db)
  const companies = await walk({ q: 'zhang', kind: 'company' }, 'ascending')
  expect(companies).toEqual(await everybody((name, i) => holds(name) && i % 10 === 7, 'ascending'))
  expect(await walk({ q: 'zhang', kind: 'person' }, 'ascending')).toHaveLength(6000 - companies.length)
})

test('who gets another name is found in the new place', async () => {
  const { rows } = await sql<{ id: string }>`select customer_id as id from customers.customer where external_key = 'K0'`.execute(scratch.db)
  const values = { name: '阿 Zhang' }
  await sql`update customers.customer set name = ${values.name}, name_key = ${searchWords(values, []).nameKey} where customer_id = ${rows[0]!.id}`.execute(
    scratch.db,
  )
  await writeKeys(scratch.db, rows[0]!.id, searchWords(values, ['K0']))
  expect((await walk({ q: 'zhang' }, 'ascending'))[0]).toBe('阿 Zhang K0')
})
