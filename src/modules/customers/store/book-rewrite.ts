import { sql } from 'kysely'
import { type BinaryRows, copyIn } from '#platform/database/binary-copy.ts'
import type { Db } from '#platform/database/connection.ts'
import { distributeByCustomer } from '#platform/database/distribute.ts'
import { type BookColumns, noCode, noDay } from '../domain/book.ts'
import { bookColumns, bookIndexes } from './book-shape.ts'

/** The moment from which a valuation looked at the data: rows of the book that somebody writes after it are fresher than the valuation's. */
export interface BookMark {
  readonly snapshot: string
}

/** To be taken before the first read of what the figures are computed from, in a transaction of its own or outside of one. Survives as JSON. */
export async function markBook(db: Db): Promise<BookMark> {
  const { rows } = await sql<{ snapshot: string }>`select pg_current_snapshot()::text as snapshot`.execute(db)
  return rows[0]!
}

/** Up to here single updates are cheaper than a new table. */
const fewRows = 20_000

/**
 * Writes the figures of many customers, usually of all, in the transaction of `db` (of withTransaction). For many, the book is built anew beside the old one and
 * swapped in at the end: readers go on with the old one until then, single writers wait a moment and lose nothing, because what they wrote after `mark` stays.
 * Customers who are not given keep their rows. `fewer` is the limit below which rows are updated in place.
 */
export async function rewriteBook(db: Db, mark: BookMark, columns: BookColumns, options: { readonly fewer?: number } = {}): Promise<void> {
  if (columns.count < (options.fewer ?? fewRows)) return updateInPlace(db, mark, columns)
  await sql`drop table if exists customers.book_next`.execute(db)
  await sql`create table customers.book_next (like customers.book including defaults including constraints)`.execute(db)
  await distributeByCustomer(db, 'customers.book_next', 'customers.customer')
  await copyIn(db, `customers.book_next (${bookColumns.join(', ')})`, (rows) => fill(rows, columns), { freeze: true })
  await sql`alter table customers.book_next add constraint book_next_pkey primary key (customer_id)`.execute(db)
  for (const { name, on } of bookIndexes)
    await sql`create index ${sql.id(`${name}_next`)} on customers.book_next ${sql.raw(on)}`.execute(db)
  await sql`analyze customers.book_next`.execute(db)
  await swapPatiently(db, mark)
}

/** The plain way: into a scratch table, then row by row. */
async function updateInPlace(db: Db, mark: BookMark, columns: BookColumns): Promise<void> {
  if (columns.count === 0) return
  await sql`create temporary table book_given (like customers.book including defaults) on commit drop`.execute(db)
  await copyIn(db, `book_given (${bookColumns.join(', ')})`, (rows) => fill(rows, columns))
  const names = sql.join(bookColumns.map((name) => sql.id(name)))
  await sql`
    insert into customers.book as b (${names}) select ${names} from book_given g
    where exists (select from customers.customer c where c.customer_id = g.customer_id and c.role = 'customer') order by customer_id
    on conflict (customer_id) do update set ${sql.join(bookColumns.slice(1).map((name) => sql`${sql.id(name)} = ${sql.id('excluded', name)}`))}
    where not ${isFresher(mark)}`.execute(db)
  await sql`drop table book_given`.execute(db)
}

/** Whether row b was written by somebody whom the valuation could not see. */
const isFresher = (mark: BookMark) =>
  sql<boolean>`(b.written_in >= pg_snapshot_xmin(${mark.snapshot}::pg_snapshot)::text::bigint and not pg_visible_in_snapshot(b.written_in::text::xid8, ${mark.snapshot}::pg_snapshot))`

/**
 * A reader that takes its time would hold up the swap, and everybody who comes after the swap waits behind it. So the swap gives up after a moment, lets
 * everybody pass, and tries again.
 */
async function swapPatiently(db: Db, mark: BookMark): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await sql`savepoint swap_book`.execute(db)
    try {
      await sql`set local lock_timeout = '700ms'`.execute(db)
      await swap(db, mark)
      await sql`release savepoint swap_book`.execute(db)
      return
    } catch (error) {
      const waited = error instanceof Error && 'code' in error && (error.code === '55P03' || error.code === '40P01')
      if (!waited || attempt === 300) throw error
      await sql`rollback to savepoint swap_book`.execute(db)
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
  }
}

async function swap(db: Db, mark: BookMark): Promise<void> {
  await sql`lock table customers.book in share row exclusive mode`.execute(db)
  await keepFresher(db, mark)
  await dropRemoved(db, mark)
  await keepOthers(db)
  await sql`lock table customers.book in access exclusive mode`.execute(db)
  await sql`drop table customers.book`.execute(db)
  await sql`alter table customers.book_next rename to book`.execute(db)
  await sql`alter index customers.book_next_pkey rename to book_pkey`.execute(db)
  for (const { name } of bookIndexes) await sql`alter index ${sql.id('customers', `${name}_next`)} rename to ${sql.id(name)}`.execute(db)
}

const names = sql.join(bookColumns.map((name) => sql.id(name)))

async function keepFresher(db: Db, mark: BookMark): Promise<void> {
  await sql`
    insert into customers.book_next (${names}) select ${names} from customers.book b where ${isFresher(mark)} order by customer_id
    on conflict (customer_id) do update set ${sql.join(bookColumns.slice(1).map((name) => sql`${sql.id(name)} = ${sql.id('excluded', name)}`))}`.execute(
    db,
  )
}

async function dropRemoved(db: Db, mark: BookMark): Promise<void> {
  const since = await sql`
    select 1 from customers.removal where not pg_visible_in_snapshot(removed_in::text::xid8, ${mark.snapshot}::pg_snapshot) limit 1`.execute(
    db,
  )
  if (since.rows.length > 0)
    await sql`delete from customers.book_next n where not exists (select from customers.customer c where c.customer_id = n.customer_id and c.role = 'customer')`.execute(
      db,
    )
}

/** Rows that the valuation was not given. A whole valuation has as many rows as the old book, and then there is nothing to look for. */
async function keepOthers(db: Db): Promise<void> {
  const { rows } = await sql<{ equal: boolean }>`
    select (select count(*) from customers.book) = (select count(*) from customers.book_next) as equal`.execute(db)
  if (rows[0]!.equal) return
  await sql`
    insert into customers.book_next (${names}) select ${names} from customers.book b
    where not exists (select from customers.book_next n where n.customer_id = b.customer_id)
    and exists (select from customers.customer c where c.customer_id = b.customer_id and c.role = 'customer') order by customer_id`.execute(
    db,
  )
}

async function fill(rows: BinaryRows, columns: BookColumns): Promise<void> {
  const valuedOn = Date.parse(columns.valuedOn) / 86_400_000
  for (let i = 0; i < columns.count; i++) {
    rows.row(bookColumns.length)
    rows.uuid(columns.ids, i * 16)
    rows.int8(columns.revenueMinor[i]!)
    rows.int8(columns.profitMinor[i]!)
    rows.int8(columns.lifetimeValueMinor[i]!)
    if (Number.isNaN(columns.expectedSpendMinor[i]!)) rows.null()
    else rows.int8(columns.expectedSpendMinor[i]!)
    rows.int8(0)
    rows.int4(columns.orders[i]!)
    day(rows, columns.firstOrderDay[i]!)
    day(rows, columns.lastOrderDay[i]!)
    rows.day(valuedOn)
    real(rows, columns.probabilityAlive[i]!)
    real(rows, columns.probabilityOrdering[i]!)
    real(rows, columns.expectedOrders[i]!)
    rows.int2(columns.tier[i]!)
    rows.int2(columns.valueLabel[i]!)
    rows.int2(columns.activity[i]!)
    code(rows, columns.recencyScore[i]!)
    code(rows, columns.frequencyScore[i]!)
    code(rows, columns.monetaryScore[i]!)
    code(rows, columns.segment[i]!)
    if (rows.full) await rows.flush()
  }
}

/** PostgreSQL keeps '-infinity' as the smallest int4, which the shift of epochs must not touch. */
const day = (rows: BinaryRows, value: number) => (value === noDay ? rows.int4(noDay) : rows.day(value))
const real = (rows: BinaryRows, value: number) => (Number.isNaN(value) ? rows.null() : rows.float4(value))
const code = (rows: BinaryRows, value: number) => (value === noCode ? rows.null() : rows.int2(value))
