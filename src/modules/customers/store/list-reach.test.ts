import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Place } from '#platform/cursor.ts'
import { withTransaction } from '#platform/database/connection.ts'
import { type TestDatabase, testDatabase } from '#platform/database/testing.ts'
import { tiers } from '../domain/book.ts'
import { type CustomerFilter, customerSorts, directions, usualDirection } from '../domain/customer-list.ts'
import type { SegmentCondition, SegmentDefinition } from '../domain/segment.ts'
import { bestHits } from './best-hits.ts'
import { writeBook } from './book.ts'
import { ensureCustomers } from './ensure.ts'
import { frequentWords } from './filter-words.ts'
import { countMatching, countWithin, type ListQuery, listCustomers } from './list.ts'
import { notErased } from './roles.ts'
import { sourceId } from './sources.ts'

// More than five thousand within reach, so that they are too many to be collected first.
const customers = 15_000
const reach = ['ann', 'bob']
const ownerOf = (i: number) => (i % 5 < 2 ? reach[i % 2]! : i % 5 === 2 ? null : 'somebody else')
const nameOf = (i: number) => (i % 3 === 0 ? `Anna Zhang ${i}` : `王${[...'伟芳娜敏静丽强磊'][i % 8]} ${i}`)
let scratch: TestDatabase

beforeAll(async () => {
  scratch = await testDatabase()
  const { db } = scratch
  const source = await sourceId(db, 'shop')
  const numbers = Array.from({ length: customers }, (_, i) => i)
  const { ids } = await withTransaction(scratch.database, (transaction) =>
    ensureCustomers(transaction, {
      source: 'shop',
      sourceId: source,
      keys: numbers.map((i) => `K${i}`),
      names: numbers.map(nameOf),
      runId: null,
      by: 'test',
      now: new Date('2026-01-01T00:00:00Z'),
    }),
  )
  const hex = numbers.map((i) => ids.toString('hex', i * 16, i * 16 + 16))
  // Who is within reach is worth least, and stands at the end of every sort by a figure.
  const worth = numbers.map((i) => (reach.includes(ownerOf(i) ?? '') ? i % 1000 : 1000 + i))
  await writeBook(db, {
    ids: hex,
    tier: numbers.map((i) => i % tiers.length),
    lifetimeValueMinor: worth,
    profitMinor: worth.map((amount) => amount * 2),
    revenueMinor: worth.map((amount) => amount * 3),
  })
  await sql`
    update customers.customer c set owner_id = x.owner, city = 'city ' || (right(x.id, 1)) from unnest(${hex}::text[], ${numbers.map(ownerOf)}::text[]) x (id, owner)
    where c.customer_id = x.id::uuid`.execute(db)
  await sql`analyze`.execute(db)
})
afterAll(() => scratch.close())

/** Everybody, page by page. */
async function walk(query: Omit<ListQuery, 'after' | 'limit'>, limit: number): Promise<string[]> {
  const found: string[] = []
  for (let after: Place | null = null; ; ) {
    const { items, places }: Awaited<ReturnType<typeof listCustomers>> = await listCustomers(scratch.db, { ...query, after, limit })
    found.push(...items.map(({ id }) => id))
    if (items.length < limit) return found
    after = places.at(-1)!
  }
}

const columns = {
  name: 'c.name_key',
  created: 'c.created_at',
  'lifetime-value': 'b.lifetime_value_minor',
  profit: 'b.profit_minor',
  revenue: 'b.revenue_minor',
  'last-order': 'b.last_order_day',
} as const

/** The same by looking at everybody. */
async function everybody(sort: keyof typeof columns, direction: string, where = sql`true`): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.customer_id as id from customers.customer c join customers.book b using (customer_id) where c.owner_id = any(${reach}::text[]) and ${where}
    order by ${sql.ref(columns[sort])} ${sql.raw(direction === 'ascending' ? 'asc' : 'desc')}, c.customer_id ${sql.raw(direction === 'ascending' ? 'asc' : 'desc')}`.execute(
    scratch.db,
  )
  return rows.map(({ id }) => id)
}

const named = customerSorts.filter((sort) => sort !== 'own')
describe.each(named)('many within reach by %s', (sort) => {
  test.each(directions)('%s: page by page each once, and the same where the walk finds too few', async (direction) => {
    const expected = await everybody(sort, direction)
    expect(expected).toHaveLength(6000)
    expect(await walk({ filter: { reach }, sort, direction }, 1700)).toEqual(expected)
    // More than there are: the walk comes to its end and all are collected and sorted instead.
    expect(await walk({ filter: { reach }, sort, direction }, 7000)).toEqual(expected)
  })

  test('with a filter of the book, with a text and with both', async () => {
    const direction = usualDirection(sort)
    const all = async (filter: CustomerFilter) => walk({ filter: { reach, ...filter }, sort, direction }, 400)
    const gold = sql`b.tier = ${tiers.indexOf('gold')}`
    const zhang = sql`c.name like '%Zhang%'`
    expect(await all({ tier: ['gold'] })).toEqual(await everybody(sort, direction, gold))
    expect(await all({ q: 'zhang' })).toEqual(await everybody(sort, direction, zhang))
    expect(await all({ q: 'zhang', tier: ['gold'] })).toEqual(await everybody(sort, direction, sql`${gold} and ${zhang}`))
  })
})

describe('in a segment', () => {
  const today = '2026-01-02'
  const asked = (match: 'all' | 'any', ...conditions: SegmentCondition[]): SegmentDefinition => ({
    match: 'all',
    groups: [{ match, conditions }],
  })
  const gold: SegmentCondition = { column: 'tier', is: 'in', values: ['gold'] }
  const city: SegmentCondition = { column: 'city', is: 'in', values: ['city 7'] }
  const rich: SegmentCondition = { column: 'lifetimeValue', is: 'between', from: 14_000 }
  const lately: SegmentCondition = { column: 'created', is: 'within', days: 3 }
  const [isGold, isCity, isRich] = [sql`b.tier = ${tiers.indexOf('gold')}`, sql`c.city = 'city 7'`, sql`b.lifetime_value_minor >= 14000`]
  const definitions: readonly [string, SegmentDefinition, RawBuilder<unknown>][] = [
    ['few of the archive', asked('all', city), isCity],
    ['many of the archive', asked('all', lately), sql`true`],
    ['nearly everybody', asked('all', { ...city, not: true }), sql`not ${isCity}`],
    ['many of the book', asked('all', { ...gold, not: true }), sql`not ${isGold}`],
    ['few of the book', asked('all', rich), isRich],
    ['both at once', asked('all', city, gold), sql`${isCity} and ${isGold}`],
    ['either, few', asked('any', city, rich), sql`(${isCity} or ${isRich})`],
    ['either, many', asked('any', { ...city, not: true }, gold), sql`(not ${isCity} or ${isGold})`],
    [
      'one of two groups, each on both',
      { match: 'any', groups: [...asked('all', city, gold).groups, ...asked('all', rich, lately).groups] },
      sql`(${isCity} and ${isGold} or ${isRich})`,
    ],
    ['nobody', asked('all', { column: 'country', is: 'in', values: ['Atlantis'] }), sql`false`],
    ['no conditions', { match: 'all', groups: [] }, sql`true`],
  ]
  const zhang = sql`c.name like '%Zhang%'`
  test.each(definitions)('%s, by every sort, beside other filters, and counted', async (_, definition, met) => {
    const inSegment = { definition, terms: { ownFields: [], target: [] }, today }
    for (const sort of named) {
      const direction = usualDirection(sort)
      const expected = await everybody(sort, direction, met)
      expect(await walk({ filter: { reach, inSegment }, sort, direction }, 1700)).toEqual(expected)
      const both = { reach, inSegment, q: 'zhang', tier: ['gold'] } as const
      expect(await walk({ filter: both, sort, direction }, 400)).toEqual(
        await everybody(sort, direction, sql`${met} and ${zhang} and ${isGold}`),
      )
    }
    expect(await countMatching(scratch.db, { reach, inSegment })).toBe((await everybody('name', 'ascending', met)).length)
    const { rows } = await sql<{ n: number }>`
      select least(10001, count(*)::int) as n from customers.customer c join customers.book b using (customer_id) where ${met}`.execute(
      scratch.db,
    )
    expect(await countMatching(scratch.db, { inSegment })).toBe(rows[0]!.n)
  })
})

test('counted within reach, alone, with a figure, with a text and with those who are no customers', async () => {
  const count = (filter: CustomerFilter) => countMatching(scratch.db, { reach, ...filter })
  expect(await count({})).toBe(6000)
  expect(await count({ tier: ['gold'] })).toBe((await everybody('name', 'ascending', sql`b.tier = ${tiers.indexOf('gold')}`)).length)
  expect(await count({ q: 'zhang' })).toBe(2000)
  expect(await count({ q: 'wang' })).toBe(4000)
  expect(await count({ q: '王', city: ['city 7'] })).toBe(
    (await everybody('name', 'ascending', sql`c.name like '王%' and c.city = 'city 7'`)).length,
  )
  expect(await count({ role: ['dealer'] })).toBe(0)
  expect(await count({ role: ['dealer', 'customer'] })).toBe(6000)
  expect(await countMatching(scratch.db, {})).toBe(10_001)
})

test('a count that has so long and no longer leaves the transaction as it was', async () => {
  await withTransaction(scratch.database, async (db) => {
    const settings = async () =>
      (await sql`select current_setting('statement_timeout'), current_setting('max_parallel_workers_per_gather') as workers`.execute(db))
        .rows
    const before = await settings()
    for (const filter of [{ reach }, { reach, tier: ['gold'] }, { tier: ['gold'] }] as const)
      expect(await countWithin(db, filter, 10_000)).toBe(await countMatching(db, filter))
    expect(await countWithin(db, { reach, q: '王' }, 1)).toBeOneOf([null, 4000])
    expect(await settings()).toEqual(before)
  })
})

test('the palette finds nobody beyond reach, also among very many', async () => {
  const owners = async (text: string, within: readonly string[] | 'all') => {
    const hits = await bestHits(scratch.db, text, 10, within, { namesOnly: false, byValue: true })
    const { rows } = await sql<{
      owner: string | null
    }>`select owner_id as owner from customers.customer where customer_id = any(${hits.map(({ id }) => id)}::uuid[])`.execute(scratch.db)
    return rows.map(({ owner }) => owner)
  }
  for (const text of ['王', 'wang', 'a', 'zhang anna']) {
    const found = await owners(text, reach)
    expect(found).toHaveLength(10)
    expect(found.filter((owner) => owner === null || !reach.includes(owner))).toEqual([])
    expect(await owners(text, 'all')).toHaveLength(10)
  }
  expect(await owners('王', ['nobody of this name'])).toEqual([])
})

test('words of filters come from those within reach', async () => {
  await sql`update customers.customer set city = 'Elsewhere' where owner_id = 'somebody else'`.execute(scratch.db)
  const { city, tag } = await frequentWords(scratch.db, reach, { customers: 20_000, words: 50 })
  expect(city).toHaveLength(16)
  expect(city).not.toContain('Elsewhere')
  expect(tag).toEqual([])
  expect((await frequentWords(scratch.db, 'all', { customers: 20_000, words: 50 })).city[0]).toBe('Elsewhere')
})

test('very many who were erased are left out of every list, and looked up by hash, not one after the other', async () => {
  await sql`
    update customers.customer set erased_at = now() where customer_id in
      (select customer_id from customers.book where lifetime_value_minor % 3 > 0 order by customer_id limit 8000)`.execute(scratch.db)
  await sql`analyze customers.customer`.execute(scratch.db)
  const left = await everybody('lifetime-value', 'descending', sql`c.erased_at is null`)
  expect(left.length).toBeLessThan(6000)
  expect(await walk({ filter: { reach }, sort: 'lifetime-value', direction: 'descending' }, 1700)).toEqual(left)
  expect(await countMatching(scratch.db, { reach })).toBe(left.length)
  expect(await countMatching(scratch.db, {})).toBe(7000)
  const { rows } = await sql<Record<string, string>>`
    explain select from customers.book b where ${notErased('b.customer_id')} order by b.lifetime_value_minor desc limit 50`.execute(
    scratch.db,
  )
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/hashed SubPlan/)
})
