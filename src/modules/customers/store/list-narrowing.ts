import { type RawBuilder, sql } from 'kysely'
import type { Reach } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import type { CustomerFilter } from '../domain/customer-list.ts'
import { all, archiveConditions, bookConditions } from './list-conditions.ts'
import { segmentSides } from './list-segment.ts'
import { nameSearch } from './name-search.ts'
import { type ManyFound, textSearch } from './text-search.ts'
import { these } from './these.ts'

/** Those whom search text and filters of the archive leave: few by their ids, many by conditions on row `c`; null where nothing narrows. */
export type Narrowed = null | { readonly ids: readonly string[] } | Many
export interface Many {
  readonly conditions: readonly RawBuilder<unknown>[]
  /** Those whom the text leaves, where there is a text; what the other filters say of them. */
  readonly found: ManyFound | null
  readonly onArchive: readonly RawBuilder<unknown>[]
}

/** Up to here it is quicker to collect customers and sort them than to walk along a sorted index and look at each. */
const fewNarrowed = 5000

export async function narrow(db: Db, filter: CustomerFilter): Promise<Narrowed> {
  const search = filter.q === undefined ? null : filter.namesOnly ? nameSearch(filter.q) : await textSearch(db, filter.q)
  const onArchive = archiveConditions(filter)
  if (search === null && onArchive.length === 0 && filter.inSegment === undefined) return null
  if (search !== null && 'ids' in search) return onArchive.length === 0 ? search : { ids: await amongThese(db, search.ids, onArchive) }
  const many = { conditions: [...onArchive, ...(search === null ? [] : [search.condition])], found: search, onArchive }
  if (filter.inSegment !== undefined) {
    const few = await fewInSegment(db, filter)
    if (few !== null) return { ids: search === null ? few : await amongThese(db, few, [search.condition]) }
    if (search === null) return onArchive.length === 0 ? null : many
  }
  if (onArchive.length === 0) return many
  if (search !== null) {
    // Few whom the filters leave are looked at one by one: a text that finds very many is then not collected. No index knows persons from
    // companies, nor who is a target customer, nor what a segment may ask for: to look for these could mean to look at everybody.
    const { kind, target, inSegment, ...indexed } = filter
    const byIndex = archiveConditions(indexed)
    const few = byIndex.length === 0 ? null : await fewOf(db, sql`select c.customer_id from customers.customer c where ${all(byIndex)}`)
    if (few !== null) return { ids: await amongThese(db, few, many.conditions) }
  }
  const wanted = search?.named ? gathered(many) : sql`select c.customer_id from customers.customer c where ${all(many.conditions)}`
  const ids = await fewOf(db, wanted)
  return ids === null ? many : { ids }
}

/**
 * Whom a segment leaves together with all other filters, where one side of it leaves few: the archive, the book, or a clause with alternatives on both, each of which is looked for by itself. Null where each
 * leaves many: then the next one is seldom far along any index.
 */
async function fewInSegment(db: Db, filter: CustomerFilter): Promise<readonly string[] | null> {
  const [onArchive, onBook] = [archiveConditions(filter), bookConditions(filter)]
  const { archive, both } = segmentSides(filter)
  const { inSegment, ...others } = filter
  const alone = [...archiveConditions(others), ...archive]
  const sides = [
    ...(alone.length > 0 ? [sql`select c.customer_id from customers.customer c where ${all(alone)}`] : []),
    ...(onBook.length > 0 ? [sql`select b.customer_id from customers.book b where ${all(onBook)}`] : []),
    ...both,
  ]
  for (const side of sides) {
    const few = await fewOf(db, side)
    if (few !== null) return sides.length === 1 || few.length === 0 ? few : amongThese(db, few, onArchive)
  }
  return null
}

/** Those of some customers who meet conditions on row `c`. */
const amongThese = (db: Db, ids: readonly string[], conditions: readonly RawBuilder<unknown>[]) =>
  idsOf(db, sql`select c.customer_id from ${these(ids)} join customers.customer c using (customer_id) where ${all(conditions)}`)

/** The ids of all of them, collected: those whom the text finds from its own index, of whom the archive is then asked. */
export function gathered({ conditions, found, onArchive }: Many): RawBuilder<unknown> {
  if (found === null) return sql`select c.customer_id from customers.customer c where ${all(conditions)}`
  if (onArchive.length === 0) return sql`select k.customer_id from (${found.among}) k`
  return sql`select c.customer_id from (${found.among}) k join customers.customer c using (customer_id) where ${all(onArchive)}`
}

async function idsOf(db: Db, query: RawBuilder<unknown>): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`select customer_id as id from (${query}) x`.execute(db)
  return rows.map(({ id }) => id)
}

/** All whom a query finds, where they are few. */
async function fewOf(db: Db, query: RawBuilder<unknown>): Promise<readonly string[] | null> {
  const ids = await idsOf(db, sql`${query} limit ${sql.lit(fewNarrowed + 1)}`)
  return ids.length <= fewNarrowed ? ids : null
}

/**
 * Whether the customer whom a column names is within reach. Those of one person are few and named; those of a large team are looked at one by one and as a value, so that a walk along an index stays
 * a walk.
 */
export async function seenWithin(db: Db, reach: Reach): Promise<(column: string) => RawBuilder<boolean>> {
  if (reach === 'all') return () => sql<boolean>`true`
  const owned = sql`c.owner_id = any(${reach}::text[])`
  const few = await fewOf(db, sql`select c.customer_id from customers.customer c where ${owned}`)
  return few === null
    ? (column) => sql<boolean>`coalesce((select ${owned} from customers.customer c where c.customer_id = ${sql.ref(column)}), false)`
    : (column) => sql<boolean>`${sql.ref(column)} = any(${few}::uuid[])`
}
