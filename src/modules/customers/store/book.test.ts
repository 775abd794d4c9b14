import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { withTransaction } from '#platform/database/connection.ts'
import { type TestDatabase, testDatabase } from '#platform/database/testing.ts'
import { derivedId } from '#platform/identifier.ts'
import { activities, type BookColumns, noCode, noDay, segments, tiers, valueLabels } from '../domain/book.ts'
import { figuresOf, writeBook } from './book.ts'
import { type BookMark, markBook, stageBook } from './book-rewrite.ts'
import { bookColumns, bookIndexes } from './book-shape.ts'
import { ensureCustomers } from './ensure.ts'
import { noteRemoval } from './removal.ts'
import { lockForRemoval } from './removal-lock.ts'
import { sourceId } from './sources.ts'

let scratch: TestDatabase
const keys = Array.from({ length: 300 }, (_, i) => `C${i}`)
const ids = keys.map((key) => derivedId('customer', 'shop', key)).sort()
const now = new Date('2026-01-01T00:00:00Z')
const dayNumber = (day: string) => Date.parse(day) / 86_400_000

beforeAll(async () => {
  scratch = await testDatabase()
  const source = await sourceId(scratch.db, 'shop')
  await withTransaction(scratch.database, (db) =>
    ensureCustomers(db, { source: 'shop', sourceId: source, keys, runId: null, by: 'test', now }),
  )
})
afterAll(() => scratch.close())
beforeEach(async () => {
  await sql`truncate customers.book_settled, customers.book_fresh, customers.removal`.execute(scratch.db)
  await writeBook(scratch.db, { ids })
})

const valuation = (of: readonly string[], shift = 0): BookColumns => {
  const list = <T extends { [i: number]: number }>(array: T, value: (i: number) => number): T => {
    for (let i = 0; i < of.length; i++) array[i] = value(i + shift)
    return array
  }
  const n = of.length
  return {
    count: n,
    ids: Buffer.from(of.join('').replaceAll('-', ''), 'hex'),
    orders: list(new Int32Array(n), (i) => i % 7),
    firstOrderDay: list(new Int32Array(n), (i) => (i % 7 === 0 ? noDay : 19_000 + i)),
    lastOrderDay: list(new Int32Array(n), (i) => (i % 7 === 0 ? noDay : 19_500 + i)),
    revenueMinor: list(new Float64Array(n), (i) => i * 1_000_003),
    profitMinor: list(new Float64Array(n), (i) => (i - 100) * 5_000_000_000),
    lifetimeValueMinor: list(new Float64Array(n), (i) => i * 99),
    expectedSpendMinor: list(new Float64Array(n), (i) => (i % 3 === 0 ? Number.NaN : i)),
    expectedOrders: list(new Float64Array(n), (i) => i / 4),
    probabilityAlive: list(new Float64Array(n), (i) => (i % 5 === 0 ? Number.NaN : 0.5)),
    probabilityOrdering: list(new Float64Array(n), () => 0.25),
    tier: list(new Uint8Array(n), (i) => i % 4),
    valueLabel: list(new Uint8Array(n), (i) => i % 3),
    activity: list(new Uint8Array(n), (i) => i % 5),
    segment: list(new Uint8Array(n), (i) => (i % 4 === 3 ? noCode : i % 2)),
    recencyScore: list(new Uint8Array(n), (i) => (i % 6 === 0 ? noCode : i % 6)),
    frequencyScore: list(new Uint8Array(n), (i) => 1 + (i % 5)),
    monetaryScore: list(new Uint8Array(n), (i) => 1 + (i % 5)),
    valuedOn: '2026-01-01',
  }
}

const rewrite = async (columns: BookColumns, fewer: number) => {
  const mark = await markBook(scratch.db)
  await writeMany(mark, columns, fewer)
}
async function writeMany(mark: BookMark, columns: BookColumns, fewer: number): Promise<void> {
  const staged = await stageBook(scratch.database, { count: columns.count, slices: slicesOf(columns) }, { fewer })
  await staged.ready
  await withTransaction(scratch.database, (db) => staged.publish(db, mark))
}
async function* slicesOf(columns: BookColumns): AsyncGenerator<BookColumns> {
  yield columns
}
const wholeBook = async () =>
  (await scratch.db.selectFrom('customers.book').selectAll().orderBy('customer_id').execute()).map(({ written_in: _, ...row }) => row)

test('figures of one customer are written as given and the others stay', async () => {
  await writeBook(scratch.db, {
    ids: [ids[0]!],
    orders: [3],
    firstOrderDay: [noDay],
    lastOrderDay: [dayNumber('2025-12-01')],
    tier: [tiers.indexOf('gold')],
    segment: [segments.indexOf('lost')],
    frequencyScore: [noCode],
    probabilityAlive: [Number.NaN],
  })
  await writeBook(scratch.db, {
    ids: [ids[0]!],
    profitMinor: [-5_000_000_000],
    valueLabel: [valueLabels.indexOf('high')],
    activity: [activities.indexOf('old')],
    probabilityOrdering: [0.25],
    expectedOrders: [1e-49],
    valuedOn: '2026-01-01',
  })
  expect(await figuresOf(scratch.db, ids[0]!)).toMatchObject({
    orders: 3,
    lastOrderDay: '2025-12-01',
    firstOrderDay: null,
    tier: 'gold',
    segment: 'lost',
    profitMinor: -5_000_000_000,
    valueLabel: 'high',
    activity: 'old',
    frequencyScore: null,
    probabilityAlive: null,
    probabilityOrdering: 0.25,
    expectedOrders: 0,
    valuedOn: '2026-01-01',
  })
  expect(await figuresOf(scratch.db, ids[1]!)).toMatchObject({ orders: 0, tier: 'iron', lastOrderDay: null })
})

test('nobody gets a row of the book who is not in the archive', async () => {
  await writeBook(scratch.db, { ids: [derivedId('customer', 'shop', 'nobody')], orders: [1] })
  expect(await wholeBook()).toHaveLength(keys.length)
})

test('writing everybody anew gives the same as updating row by row', async () => {
  await rewrite(valuation(ids), 1_000_000)
  const plain = await wholeBook()
  await rewrite(valuation(ids, 13), 0)
  expect(await wholeBook()).not.toEqual(plain)
  await rewrite(valuation(ids), 0)
  expect(await wholeBook()).toEqual(plain)
  expect(plain[8]).toMatchObject({
    orders: 1,
    first_order_day: '2022-01-16',
    profit_minor: -460_000_000_000,
    expected_spend_minor: 8,
    segment: 0,
  })
  expect(plain[7]).toMatchObject({ orders: 0, first_order_day: '-infinity', last_order_day: '-infinity', segment: null })
})

test('customers whom the valuation was not given keep their rows, in both ways', async () => {
  await writeBook(scratch.db, { ids: [ids[299]!], orders: [77] })
  const mine = async () => (await figuresOf(scratch.db, ids[299]!)).orders
  await rewrite(valuation(ids.slice(0, 200)), 1_000_000)
  expect(await mine()).toBe(77)
  await rewrite(valuation(ids.slice(0, 200)), 0)
  expect(await mine()).toBe(77)
  expect(await wholeBook()).toHaveLength(keys.length)
})

test.each([
  ['swapped', 0],
  ['updated', 1_000_000],
])('what single writers write while a valuation computes is not lost when the book is %s', async (_, fewer) => {
  const mark = await markBook(scratch.db)
  await writeBook(scratch.db, { ids: [ids[5]!], revenueMinor: [4242] })
  const writing = withTransaction(scratch.database, async (db) => {
    await writeBook(db, { ids: [ids[6]!], revenueMinor: [4343] })
    await new Promise((resolve) => setTimeout(resolve, 900))
  })
  await new Promise((resolve) => setTimeout(resolve, 100))
  const rewriting = writeMany(mark, valuation(ids), fewer)
  await Promise.all([writing, rewriting])
  expect((await figuresOf(scratch.db, ids[5]!)).revenueMinor).toBe(4242)
  expect((await figuresOf(scratch.db, ids[6]!)).revenueMinor).toBe(4343)
  expect((await figuresOf(scratch.db, ids[7]!)).revenueMinor).toBe(7 * 1_000_003)
})

/** Somebody who is one too many, and how they are taken away, as a merge does it: alone, their rows of the book and themselves. */
async function oneTooMany(key: string): Promise<string> {
  const source = await sourceId(scratch.db, 'shop')
  await withTransaction(scratch.database, (db) =>
    ensureCustomers(db, { source: 'shop', sourceId: source, keys: [key], runId: null, by: 'test', now }),
  )
  const id = derivedId('customer', 'shop', key)
  await writeBook(scratch.db, { ids: [id], orders: [1] })
  return id
}
async function takeAway(db: TestDatabase['db'], id: string): Promise<void> {
  await lockForRemoval(db)
  for (const table of ['search_key', 'source_record', 'book_settled', 'book_fresh', 'customer'])
    await sql`delete from ${sql.id('customers', table)} where customer_id = ${id}::uuid`.execute(db)
  await noteRemoval(db, now)
}
const halvesOf = async (id: string) => {
  const { rows } = await sql<{ n: number }>`
    select (select count(*) from customers.book_settled where customer_id = ${id}::uuid) +
      (select count(*) from customers.book_fresh where customer_id = ${id}::uuid) as n`.execute(scratch.db)
  return rows[0]!.n
}
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 300))

test('figures that are written while their customer is merged away leave no row for nobody', async () => {
  const gone = await oneTooMany('gone while written')
  let writing: Promise<void> | undefined
  await withTransaction(scratch.database, async (db) => {
    await takeAway(db, gone)
    writing = withTransaction(scratch.database, (other) => writeBook(other, { ids: [gone, ids[3]!].sort(), orders: [8, 8] }))
    await aMoment()
  })
  await writing
  expect(await halvesOf(gone)).toBe(0)
  expect((await figuresOf(scratch.db, ids[3]!)).orders).toBe(8)
})

test('whoever is merged away waits for figures that are being written, and takes them along', async () => {
  const gone = await oneTooMany('gone after writing')
  // The row that is written is new, so nobody who looks for one to delete can see it.
  await sql`delete from customers.book_fresh where customer_id = ${gone}::uuid`.execute(scratch.db)
  let taking: Promise<void> | undefined
  await withTransaction(scratch.database, async (db) => {
    await writeBook(db, { ids: [gone], orders: [8] })
    taking = withTransaction(scratch.database, (other) => takeAway(other, gone))
    await aMoment()
  })
  await taking
  expect(await halvesOf(gone)).toBe(0)
})

test.each([
  ['swapped', 0],
  ['updated', 1_000_000],
])(
  'a valuation does not bring back whom it saw before they were merged away, nor a row that was left of them, when the book is %s',
  async (_, fewer) => {
    const [gone, left] = [await oneTooMany(`gone ${fewer}`), await oneTooMany(`left ${fewer}`)]
    const mark = await markBook(scratch.db)
    await withTransaction(scratch.database, async (db) => {
      await takeAway(db, gone)
      await takeAway(db, left)
      // A row for nobody, as no writer makes one any more.
      await sql`
      insert into customers.book_fresh select * from jsonb_populate_record(null::customers.book_fresh,
        (select to_jsonb(b) || jsonb_build_object('customer_id', ${left}::text) from customers.book_fresh b where customer_id = ${ids[0]!}::uuid))`.execute(
        db,
      )
    })
    await writeMany(mark, valuation([...ids, gone, left].sort()), fewer)
    expect([await halvesOf(gone), await halvesOf(left)]).toEqual([0, 0])
    expect(await wholeBook()).toHaveLength(keys.length)
  },
)

test('readers go on with the old book until the new one is swapped in, and writers wait', async () => {
  const mark = await markBook(scratch.db)
  let swapped = false
  const rewriting = writeMany(mark, valuation(ids), 0).then(() => {
    swapped = true
  })
  const writing = Array.from({ length: 20 }, async (_, i) => {
    await new Promise((resolve) => setTimeout(resolve, i * 10))
    await writeBook(scratch.db, { ids: [ids[20 + i]!], revenueMinor: [1000 + i] })
  })
  const reading = (async () => {
    let reads = 0
    while (!swapped && reads < 10_000) {
      expect(await wholeBook()).toHaveLength(keys.length)
      reads++
    }
  })()
  await Promise.all([rewriting, reading, ...writing])
  const after = await wholeBook()
  expect(after).toHaveLength(keys.length)
  for (let i = 0; i < 20; i++) expect((await figuresOf(scratch.db, ids[20 + i]!)).revenueMinor).toBe(1000 + i)
})

test('the book built by a valuation has the columns, indexes and view of the migration, as its fresh half has', async () => {
  const shapeOf = async (db: TestDatabase['db'], table: string) => {
    const { rows: columns } = await sql<{ text: string }>`
      select attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull || ' ' || coalesce(pg_get_expr(adbin, adrelid), '') as text
      from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
      where attrelid = ${`customers.${table}`}::regclass and attnum > 0 order by attnum`.execute(db)
    const { rows: indexes } = await sql<{ text: string }>`
      select replace(indexdef, ${table}, 'book') as text from pg_indexes where schemaname = 'customers' and tablename = ${table} order by indexname`.execute(
      db,
    )
    const { rows: view } = await sql<{ text: string }>`select pg_get_viewdef('customers.book') as text`.execute(db)
    return { columns: columns.map(({ text }) => text), indexes: indexes.map(({ text }) => text), view: view[0]!.text }
  }
  const fresh = await testDatabase()
  const migrated = await shapeOf(fresh.db, 'book_settled')
  expect(await shapeOf(fresh.db, 'book_fresh')).toEqual(migrated)
  await fresh.close()
  await rewrite(valuation(ids), 0)
  const built = await shapeOf(scratch.db, 'book_settled')
  expect(built).toEqual(migrated)
  expect(built.columns.map((text) => text.split(' ')[0])).toEqual([...bookColumns])
  expect(built.indexes).toHaveLength(bookIndexes.length + 1)
})

test('every customer lies in one half of the book: a valuation settles everybody, single writers take theirs out', async () => {
  const halves = async () => {
    const { rows } = await sql<{ settled: number; fresh: number }>`
      select (select count(*) from customers.book_settled) as settled, (select count(*) from customers.book_fresh) as fresh`.execute(
      scratch.db,
    )
    return rows[0]!
  }
  for (const fewer of [0, 1_000_000]) {
    await rewrite(valuation(ids), fewer)
    expect(await halves()).toEqual({ settled: keys.length, fresh: 0 })
    await writeBook(scratch.db, { ids: ids.slice(3, 5), revenueMinor: [1, 2] })
    await writeBook(scratch.db, { ids: ids.slice(4, 6), orders: [7, 8] })
    expect(await halves()).toEqual({ settled: keys.length - 3, fresh: 3 })
    expect(await figuresOf(scratch.db, ids[4]!)).toMatchObject({ revenueMinor: 2, orders: 7, lifetimeValueMinor: 4 * 99 })
    expect(await wholeBook()).toHaveLength(keys.length)
  }
})

test('what a broken-off valuation left behind goes with the next one', async () => {
  const left = await stageBook(scratch.database, { count: keys.length, slices: slicesOf(valuation(ids)) }, { fewer: 0 })
  await left.ready
  await rewrite(valuation(ids), 0)
  const { rows } = await sql`select from pg_class where relname like 'book\\_%\\_next'`.execute(scratch.db)
  expect(rows).toHaveLength(0)
})
