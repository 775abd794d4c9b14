import { sql } from 'kysely'
import { copyIn } from '#platform/database/binary-copy.ts'
import { type Database, type Db, withTransaction } from '#platform/database/connection.ts'
import { distributeByCustomer } from '#platform/database/distribute.ts'
import type { BookColumns } from '../domain/book.ts'
import { fillBookRows } from './book-rows.ts'
import { bookColumns, bookIndexes, bookKey, bookView } from './book-shape.ts'

/** The moment from which a valuation looked at the data: rows of the book that somebody writes after it are fresher than the valuation's. */
export interface BookMark {
  readonly snapshot: string
}

/** To be taken before the first read of what the figures are computed from, in a transaction of its own or outside of one. Survives as JSON. */
export async function markBook(db: Db): Promise<BookMark> {
  const { rows } = await sql<{ snapshot: string }>`select pg_current_snapshot()::text as snapshot`.execute(db)
  return rows[0]!
}

/** Figures of many customers, usually of all, that are on the server and wait to be put in place. */
export interface StagedBook {
  /** Comes when they can be put in place within a moment. */
  readonly ready: Promise<void>
  /** Puts them in place, in the transaction of `db` (of withTransaction). What single writers wrote after `mark` stays; so do the rows of customers who were not given. */
  publish(db: Db, mark: BookMark): Promise<void>
  /** Throws them away. */
  drop(): Promise<void>
}

export interface ManyFigures {
  /** How many customers there are. */
  readonly count: number
  /** Their figures, some customers at a time, ascending by id throughout. Each is read before the next one is asked for. */
  readonly slices: AsyncIterable<BookColumns>
}

/** Between attempts to put the next book in place, in milliseconds; three hundred of them last the better part of an hour. */
const longestPause = 10_000

/** Up to here single updates are cheaper than a new table. */
const fewRows = 20_000

/**
 * Brings the figures of many customers to the server. For many, the book is built anew beside the old one, in transactions of its own, so that two connections can build its indexes side by side while
 * the caller goes on with something else; nobody sees it until it is put in place. What a crash leaves of it, the next one takes away. `fewer` is the limit below which rows are updated in place.
 */
export async function stageBook(
  database: Database,
  { count, slices }: ManyFigures,
  options: { readonly fewer?: number } = {},
): Promise<StagedBook> {
  if (count < (options.fewer ?? fewRows)) {
    const given: BookColumns[] = []
    // They are written when the book is put in place, and whoever made them has used their memory again by then.
    for await (const slice of slices) given.push(structuredClone(slice))
    return { ready: Promise.resolve(), publish: (db, mark) => updateInPlace(db, mark, given), drop: async () => {} }
  }
  await dropLeftovers(database.db)
  const next = await withTransaction(database, (db) => fillNext(db, slices))
  const { ready } = await buildIndexes(database, next)
  return {
    ready,
    publish: (db, mark) => swapPatiently(db, { next, count }, mark),
    async drop() {
      await ready.catch(() => {})
      await dropTable(database.db, next)
    },
  }
}

async function dropLeftovers(db: Db): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'customers' and c.relkind = 'r' and c.relname like 'book\\_%\\_next'`.execute(db)
  for (const { name } of rows) await dropTable(db, name)
}

const tableOf = (name: string) => sql.id('customers', name)
const dropTable = async (db: Db, name: string): Promise<void> => void (await sql`drop table if exists ${tableOf(name)}`.execute(db))

/** Rows that are made and filled in one transaction need no second look after it, and on the private server no log. */
async function fillNext(db: Db, slices: AsyncIterable<BookColumns>): Promise<string> {
  const { rows } = await sql<{ id: string }>`select pg_current_xact_id()::text as id`.execute(db)
  // A backup leaves out tables of such a name.
  const next = `book_${rows[0]!.id}_next`
  // The indexes come soon, and a vacuum would only be in their way. Later a day's rescoring takes some thousand rows out, from pages all over: until a vacuum has been there, no list is read from its index alone.
  await sql`
    create table ${tableOf(next)} (like customers.book_settled including defaults including constraints)
    with (autovacuum_enabled = off, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)`.execute(db)
  await distributeByCustomer(db, `customers.${next}`, 'customers.customer')
  await copyIn(db, `customers.${next} (${bookColumns.join(', ')})`, (out) => fillBookRows(out, slices), { freeze: true })
  await sql`analyze ${tableOf(next)}`.execute(db)
  return next
}

/** Each builds one index at a time with one process: together they keep two processors busy, as parallel workers would not. */
const lanes = 2

/** Answers when both have begun, or one has failed, with what comes when all are built: whoever computes on meanwhile keeps none of them waiting. */
async function buildIndexes(database: Database, next: string): Promise<{ readonly ready: Promise<void> }> {
  const waiting = [...bookIndexes.map(({ name, on }) => sql`create index ${sql.id(`${next}_${name}`)} on ${tableOf(next)} ${sql.raw(on)}`)]
  waiting.push(sql`create unique index ${sql.id(`${next}_pkey`)} on ${tableOf(next)} ${sql.raw(bookKey)}`)
  const build = async (begun: () => void) => {
    for (let statement = waiting.shift(); statement !== undefined; statement = waiting.shift()) {
      const one = statement
      await withTransaction(database, async (db) => {
        await sql`set local max_parallel_maintenance_workers = 0`.execute(db)
        // What fits into the processor's own memory is sorted faster than what does not, by more than it costs to merge the parts.
        await sql`set local maintenance_work_mem = '16MB'`.execute(db)
        const built = one.execute(db)
        begun()
        await built
      })
    }
  }
  const begun = Array.from({ length: lanes }, () => Promise.withResolvers<void>())
  const ready = allEnded(begun.map(({ resolve }) => build(resolve)))
  // Whoever waits for it is told of a failure; until then it must not end the process, nor keep the caller from throwing away what was filled.
  const ended = ready.catch(() => {})
  await Promise.race([Promise.all(begun.map(({ promise }) => promise)), ended])
  return { ready }
}

async function allEnded(works: readonly Promise<void>[]): Promise<void> {
  for (const one of await Promise.allSettled(works)) if (one.status === 'rejected') throw one.reason
}

/** The plain way: into a scratch table, then row by row, while single writers wait. Rows of the fresh half that stay there are fresher. */
async function updateInPlace(db: Db, mark: BookMark, slices: readonly BookColumns[]): Promise<void> {
  await sql`create temporary table book_given (like customers.book_settled including defaults) on commit drop`.execute(db)
  await copyIn(db, `book_given (${bookColumns.join(', ')})`, (out) => fillBookRows(out, slices))
  await sql`lock table customers.book in share row exclusive mode`.execute(db)
  await sql`delete from customers.book_fresh b using book_given g where g.customer_id = b.customer_id and not ${isFresher(mark)}`.execute(
    db,
  )
  await sql`
    insert into customers.book_settled (${names}) select ${names} from book_given g
    where exists (select from customers.customer c where c.customer_id = g.customer_id and c.role = 'customer')
      and not exists (select from customers.book_fresh b where b.customer_id = g.customer_id) order by customer_id
    on conflict (customer_id) do update set ${sql.join(bookColumns.slice(1).map((name) => sql`${sql.id(name)} = ${sql.id('excluded', name)}`))}`.execute(
    db,
  )
  await sql`drop table book_given`.execute(db)
}

const names = sql.join(bookColumns.map((name) => sql.id(name)))

/** Whether row b was written by somebody whom the valuation could not see. */
const isFresher = (mark: BookMark) =>
  sql<boolean>`(b.written_in >= pg_snapshot_xmin(${mark.snapshot}::pg_snapshot)::text::bigint and not pg_visible_in_snapshot(b.written_in::text::xid8, ${mark.snapshot}::pg_snapshot))`

/** A book that waits, and how many rows were put in. */
interface Waiting {
  readonly next: string
  readonly count: number
}

/**
 * A reader that takes its time would hold up the swap, and everybody who comes after the swap waits behind it. So the swap gives up after a moment, lets
 * everybody pass, and tries again.
 */
async function swapPatiently(db: Db, waiting: Waiting, mark: BookMark): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await sql`savepoint swap_book`.execute(db)
    try {
      await sql`set local lock_timeout = '700ms'`.execute(db)
      await swap(db, waiting, mark)
      await sql`release savepoint swap_book`.execute(db)
      return
    } catch (error) {
      const waited = error instanceof Error && 'code' in error && (error.code === '55P03' || error.code === '40P01')
      if (!waited || attempt === 300) throw error
      await sql`rollback to savepoint swap_book`.execute(db)
      // Each attempt holds everybody up for a moment, so the longer it takes, as while a backup is written, the rarer they are.
      await new Promise((resolve) => setTimeout(resolve, Math.min(300 * attempt, longestPause)))
    }
  }
}

async function swap(db: Db, { next, count }: Waiting, mark: BookMark): Promise<void> {
  await sql`lock table customers.book in share row exclusive mode`.execute(db)
  const removed = await dropRemoved(db, next, mark)
  const fresher = await keepFresher(db, next, mark)
  await keepOthers(db, next, count - removed - fresher)
  await sql`lock table customers.book in access exclusive mode`.execute(db)
  await sql`truncate customers.book_fresh`.execute(db)
  await sql`insert into customers.book_fresh (${names}) select ${names} from book_kept order by customer_id`.execute(db)
  await sql`drop table book_kept`.execute(db)
  await sql.raw(bookView(next)).execute(db)
  await sql`drop table customers.book_settled`.execute(db)
  await sql`alter table ${tableOf(next)} reset (autovacuum_enabled)`.execute(db)
  await sql`alter table ${tableOf(next)} rename to book_settled`.execute(db)
  await sql`alter table customers.book_settled add constraint book_settled_pkey primary key using index ${sql.id(`${next}_pkey`)}`.execute(
    db,
  )
  for (const { name } of bookIndexes)
    await sql`alter index ${sql.id('customers', `${next}_${name}`)} rename to ${sql.id(`book_settled_${name}`)}`.execute(db)
}

/** Answers how many rows went. */
async function dropRemoved(db: Db, next: string, mark: BookMark): Promise<number> {
  const since = await sql`
    select 1 from customers.removal where not pg_visible_in_snapshot(removed_in::text::xid8, ${mark.snapshot}::pg_snapshot) limit 1`.execute(
    db,
  )
  if (since.rows.length === 0) return 0
  const gone = await sql`
    delete from ${tableOf(next)} n where not exists (select from customers.customer c where c.customer_id = n.customer_id and c.role = 'customer')`.execute(
    db,
  )
  return Number(gone.numAffectedRows)
}

/** Of the fresh half stays what the valuation could not see, and whom it was not given; answers how many rows of the next book give way to it. */
async function keepFresher(db: Db, next: string, mark: BookMark): Promise<number> {
  await sql`
    create temporary table book_kept on commit drop as select * from customers.book_fresh b
    where (${isFresher(mark)} or not exists (select from ${tableOf(next)} n where n.customer_id = b.customer_id))
      and exists (select from customers.customer c where c.customer_id = b.customer_id and c.role = 'customer')`.execute(db)
  const gone = await sql`delete from ${tableOf(next)} n using book_kept k where k.customer_id = n.customer_id`.execute(db)
  return Number(gone.numAffectedRows)
}

/** Rows of the settled half that the valuation was not given. A whole valuation has as many rows (`count`) as the old book, and then there is nothing to look for. */
async function keepOthers(db: Db, next: string, count: number): Promise<void> {
  const { rows } = await sql<{ equal: boolean }>`
    select (select count(*) from customers.book) = ${count}::bigint + (select count(*) from book_kept) as equal`.execute(db)
  if (rows[0]!.equal) return
  await sql`
    insert into ${tableOf(next)} (${names}) select ${names} from customers.book_settled b
    where not exists (select from ${tableOf(next)} n where n.customer_id = b.customer_id)
    and exists (select from customers.customer c where c.customer_id = b.customer_id and c.role = 'customer') order by customer_id`.execute(
    db,
  )
}
