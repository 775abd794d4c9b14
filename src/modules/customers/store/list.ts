import { type RawBuilder, sql } from 'kysely'
import type { Place } from '#platform/cursor.ts'
import type { Db } from '#platform/database/connection.ts'
import type { CustomerFilter } from '../domain/customer-list.ts'
import { all, bookConditions } from './list-conditions.ts'
import { given } from './list-further.ts'
import { gathered, type Narrowed, narrow } from './list-narrowing.ts'
import { type ListQuery, walkTo, way } from './list-walks.ts'
import { archiveColumns, bookColumns, type ListedCustomer, listed, type Row } from './listed-customer.ts'
import { isCustomer, isOfRole, notErased } from './roles.ts'
import { isTarget } from './target.ts'
import { these } from './these.ts'

export type { ListQuery } from './list-walks.ts'

/** One page of customers, and the place of each row for the cursor. Whoever lists and counts narrows once for both (`known`). */
export async function listCustomers(
  db: Db,
  query: ListQuery,
  known?: Narrowed,
): Promise<{ readonly items: readonly ListedCustomer[]; readonly places: readonly Place[] }> {
  const narrowed = known === undefined ? await narrow(db, query.filter) : known
  if (narrowed !== null && 'ids' in narrowed && narrowed.ids.length === 0) return { items: [], places: [] }
  const { keys, surely } = await walkTo(db, query, narrowed)
  const quick = await pageOf(db, query, keys)
  const rows = surely !== null && quick.length < query.limit ? await pageOf(db, query, surely) : quick
  return { items: rows.map(listed), places: rows.map((row) => [placeText(row.place), row.id]) }
}

async function pageOf(db: Db, query: ListQuery, keys: RawBuilder<unknown>) {
  const { rows } = await sql<Row & { readonly place: string | number | Date }>`
    select p.place, ${archiveColumns}, ${bookColumns}, ${isTarget(query.targetRule ?? [])} as target from (${keys}) p
    join customers.customer c on c.customer_id = p.customer_id left join customers.book b on b.customer_id = p.customer_id
    order by p.place ${way(query)}, p.customer_id ${way(query)}`.execute(db)
  return rows
}

/** At most so many are counted; one more means "or more". */
export const countLimit = 10_000

/** How many the filter leaves, at most one more than `countLimit`. */
export async function countMatching(db: Db, filter: CustomerFilter, known?: Narrowed): Promise<number> {
  const narrowed = known === undefined ? await narrow(db, filter) : known
  if (narrowed !== null && 'ids' in narrowed && narrowed.ids.length === 0) return 0
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (select 1 from ${counted(filter, narrowed)} limit ${sql.lit(countLimit + 1)}) x`.execute(db)
  return rows[0]!.n
}

/** From where, and with which conditions. Only customers have a row of the book, so that with its figures nobody else needs to be left out, and the indexes alone answer. */
function counted(filter: CustomerFilter, narrowed: Narrowed): RawBuilder<unknown> {
  const onBook = bookConditions(filter)
  const plain = !given(filter.role)
  if (narrowed === null)
    return onBook.length > 0 && plain
      ? sql`customers.book b where ${all([...onBook, notErased('b.customer_id')])}`
      : sql`customers.customer c ${onBook.length > 0 ? joined('c') : sql``} where ${all([isOfRole(filter.role), ...onBook])}`
  const few =
    'ids' in narrowed
      ? sql`select c.customer_id from ${these(narrowed.ids)} join customers.customer c using (customer_id)`
      : gathered(narrowed)
  const role = onBook.length > 0 && plain ? [notErased('g.customer_id')] : plain ? [isCustomer('g.customer_id')] : [isOfRole(filter.role)]
  const archive = plain ? sql`` : sql`join customers.customer c on c.customer_id = g.customer_id`
  return sql`(${few}) g ${archive} ${onBook.length > 0 ? joined('g') : sql``} where ${all([...role, ...onBook])}`
}

const joined = (row: string) => sql`join customers.book b on b.customer_id = ${sql.ref(`${row}.customer_id`)}`

/** The same where it can be told within some milliseconds, else null: a list is not refused for want of its count. In a transaction. */
export async function countWithin(db: Db, filter: CustomerFilter, milliseconds: number, known?: Narrowed): Promise<number | null> {
  await sql`savepoint counting`.execute(db)
  try {
    // Each further process of the server would collect all who are within reach anew.
    const oneProcess = filter.reach === undefined ? sql`` : sql`, set_config('max_parallel_workers_per_gather', '0', true)`
    await sql`select set_config('statement_timeout', ${String(milliseconds)}, true) ${oneProcess}`.execute(db)
    return await countMatching(db, filter, known)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '57014') return null
    throw error
  } finally {
    // Also gives the transaction its own settings back.
    await sql`rollback to savepoint counting`.execute(db)
  }
}

const placeText = (place: string | number | Date) => (place instanceof Date ? place.toISOString() : place)
