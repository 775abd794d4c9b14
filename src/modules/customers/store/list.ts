import { type RawBuilder, sql } from 'kysely'
import type { Place } from '#platform/cursor.ts'
import type { Db } from '#platform/database/connection.ts'
import { activities, segments, tiers, valueLabels } from '../domain/book.ts'
import type { CustomerFilter, CustomerSort, Direction } from '../domain/customer-list.ts'
import { isNumeric, type OwnCondition } from '../domain/own-fields.ts'
import type { TargetRule } from '../domain/qualification.ts'
import { furtherConditions, given, ownPlaces } from './list-further.ts'
import { archiveColumns, bookColumns, type ListedCustomer, listed, type Row } from './listed-customer.ts'
import { nameSearch } from './name-search.ts'
import type { Looking } from './own-values.ts'
import { isCustomer, isOfRole } from './roles.ts'
import { isTarget } from './target.ts'
import { type ManyFound, type TextSearch, textSearch } from './text-search.ts'

export interface ListQuery {
  readonly filter: CustomerFilter
  readonly sort: CustomerSort
  readonly direction: Direction
  /** The own field that is sorted by, where `sort` says so. */
  readonly sortField?: OwnCondition['field'] | undefined
  /** The rule by which each is told to be a target customer or not. */
  readonly targetRule?: TargetRule | undefined
  readonly after: Place | null
  readonly limit: number
}

/** One page of customers, and the place of each row for the cursor. */
export async function listCustomers(
  db: Db,
  query: ListQuery,
): Promise<{ readonly items: readonly ListedCustomer[]; readonly places: readonly Place[] }> {
  const narrowed = await narrow(db, query.filter)
  if (narrowed !== null && 'ids' in narrowed && narrowed.ids.length === 0) return { items: [], places: [] }
  const keys = sortOf[query.sort].archive ? walkArchive(query, narrowed) : await walkBook(db, query, narrowed)
  const { rows } = await sql<Row & { readonly place: string | number | Date }>`
    select p.place, ${archiveColumns}, ${bookColumns}, ${isTarget(query.targetRule ?? [])} as target from (${keys}) p
    join customers.customer c on c.customer_id = p.customer_id left join customers.book b on b.customer_id = p.customer_id
    order by p.place ${way(query)}, p.customer_id ${way(query)}`.execute(db)
  return { items: rows.map(listed), places: rows.map((row) => [placeText(row.place), row.id]) }
}

/** At most so many are counted; one more means "or more". */
export const countLimit = 10_000

/** How many the filter leaves, at most one more than `countLimit`. */
export async function countMatching(db: Db, filter: CustomerFilter): Promise<number> {
  const narrowed = await narrow(db, filter)
  const onBook = bookConditions(filter)
  if (narrowed !== null && 'ids' in narrowed && narrowed.ids.length === 0) return 0
  const book = sql`customers.book b`
  const [from, conditions] =
    narrowed === null
      ? onBook.length === 0
        ? [sql`customers.customer c`, [isOfRole(filter.role)]]
        : [book, onBook]
      : 'ids' in narrowed
        ? onBook.length === 0
          ? [sql`customers.customer c`, [sql`c.customer_id = any(${narrowed.ids}::uuid[])`, isOfRole(filter.role)]]
          : [book, [sql`b.customer_id = any(${narrowed.ids}::uuid[])`, ...onBook]]
        : countedAmong(narrowed, onBook, filter)
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (select 1 from ${from} where ${all(conditions)} limit ${sql.lit(countLimit + 1)}) x`.execute(db)
  return rows[0]!.n
}

function countedAmong(
  { found, onArchive }: Many,
  onBook: readonly RawBuilder<unknown>[],
  { role }: CustomerFilter,
): [RawBuilder<unknown>, readonly RawBuilder<unknown>[]] {
  const book = onBook.length === 0 ? sql`` : sql` join customers.book b using (customer_id)`
  if (found === null) return [sql`customers.customer c${book}`, [...onArchive, isOfRole(role), ...onBook]]
  const archive = onArchive.length === 0 ? sql`` : sql` join customers.customer c using (customer_id)`
  // Those who are no customers are few and looked up by themselves, so that the text's own index still answers.
  const whose = onArchive.length === 0 ? isCustomer('customer_id') : isOfRole(role)
  return [sql`(${found.among}) k${archive}${book}`, [...onArchive, whose, ...onBook]]
}

/** The same where it can be told within some milliseconds, else null: a list is not refused for want of its count. In a transaction. */
export async function countWithin(db: Db, filter: CustomerFilter, milliseconds: number): Promise<number | null> {
  await sql`savepoint counting`.execute(db)
  try {
    await sql`set local statement_timeout = ${sql.lit(milliseconds)}`.execute(db)
    return await countMatching(db, filter)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '57014') return null
    throw error
  } finally {
    // Also gives the transaction its own limit back.
    await sql`rollback to savepoint counting`.execute(db)
  }
}

const sortOf = {
  name: { archive: true, column: 'c.name_key', type: 'text' },
  created: { archive: true, column: 'c.created_at', type: 'timestamptz' },
  'lifetime-value': { archive: false, column: 'b.lifetime_value_minor', type: 'bigint' },
  profit: { archive: false, column: 'b.profit_minor', type: 'bigint' },
  revenue: { archive: false, column: 'b.revenue_minor', type: 'bigint' },
  'last-order': { archive: false, column: 'b.last_order_day', type: 'date' },
  own: { archive: true, column: 'o.place', type: 'text' },
} as const satisfies Record<CustomerSort, unknown>

const way = ({ direction }: ListQuery) => (direction === 'ascending' ? sql`asc` : sql`desc`)

/** Those whom search text and filters of the archive leave: few by their ids, many by conditions on row `c`; null where nothing narrows. */
type Narrowed = null | { readonly ids: readonly string[] } | Many
interface Many {
  readonly conditions: readonly RawBuilder<unknown>[]
  /** The same for a walk along all. */
  readonly walked: readonly RawBuilder<unknown>[]
  /** Those whom the text leaves, where there is a text; what the other filters say of them. */
  readonly found: ManyFound | null
  readonly onArchive: readonly RawBuilder<unknown>[]
}

/** Up to here it is quicker to collect customers and sort them than to walk along a sorted index and look at each. */
const fewNarrowed = 5000

async function narrow(db: Db, filter: CustomerFilter): Promise<Narrowed> {
  const search = filter.q === undefined ? null : filter.namesOnly ? nameSearch(filter.q) : await textSearch(db, filter.q)
  const onArchive = archiveConditions(filter)
  if (search === null && onArchive.length === 0) return null
  if (search !== null && 'ids' in search && (onArchive.length === 0 || search.ids.length === 0)) return search
  const conditions = [...onArchive, ...textCondition(search)]
  const walked = [...archiveConditions(filter, 'walked'), ...textCondition(search)]
  const found = search !== null && 'among' in search ? search : null
  if (onArchive.length === 0) return { conditions, walked, found, onArchive }
  // No index knows persons from companies: those whom the text finds are fewer than they.
  const { kind, ...indexed } = filter
  const [from, where] =
    found?.named && found.namedExactly && archiveConditions(indexed).length === 0
      ? [sql`(${found.among}) k join customers.customer c using (customer_id)`, onArchive]
      : [sql`customers.customer c`, conditions]
  const { rows } = await sql<{ id: string }>`
    select c.customer_id as id from ${from} where ${all(where)} limit ${sql.lit(fewNarrowed + 1)}`.execute(db)
  return rows.length <= fewNarrowed ? { ids: rows.map(({ id }) => id) } : { conditions, walked, found, onArchive }
}

const textCondition = (search: TextSearch | null): readonly RawBuilder<unknown>[] =>
  search === null ? [] : 'ids' in search ? [sql`c.customer_id = any(${search.ids}::uuid[])`] : [search.condition]

/** The next customers by a field of the archive. */
function walkArchive(query: ListQuery, narrowed: Narrowed): RawBuilder<unknown> {
  if (query.sort === 'name' && narrowed !== null && 'found' in narrowed && narrowed.found?.named)
    return walkNames(query, narrowed, narrowed.found)
  const onBook = bookConditions(query.filter)
  const own = narrowed === null ? [] : 'ids' in narrowed ? [sql`c.customer_id = any(${narrowed.ids}::uuid[])`] : narrowed.walked
  const conditions = [...own, isOfRole(query.filter.role), ...onBook, ...behindPlace(query, 'c.customer_id')]
  const book = onBook.length === 0 ? sql`` : sql`join customers.book b on b.customer_id = c.customer_id`
  const { column } = sortOf[query.sort]
  const field =
    query.sort === 'own' && query.sortField ? sql`join (${ownPlaces(query.sortField)}) o on o.customer_id = c.customer_id` : sql``
  return sql`
    select c.customer_id, ${sql.ref(column)} as place from customers.customer c ${field} ${book} where ${all(conditions)}
    order by ${sql.ref(column)} ${way(query)}, c.customer_id ${way(query)} limit ${sql.lit(query.limit)}`
}

/**
 * The next customers by name among many whom a text finds: those are sorted first, since names that hold a text stand together more often than not, and a walk along all names
 * could look at everybody before the first of them.
 */
function walkNames(query: ListQuery, { onArchive }: Many, { named, namedExactly, condition }: ManyFound): RawBuilder<unknown> {
  const onBook = bookConditions(query.filter)
  const others = [
    ...(namedExactly ? [] : [condition]),
    ...onArchive,
    ...(given(query.filter.role) ? [isOfRole(query.filter.role)] : []),
    ...onBook,
  ]
  const book = onBook.length === 0 ? sql`` : sql`join customers.book b on b.customer_id = c.customer_id`
  const met = sql`coalesce((select true from customers.customer c ${book} where c.customer_id = n.customer_id and ${all(others)}), false)`
  const [value, customerId] = query.after ?? []
  const behind =
    query.after === null
      ? sql`true`
      : sql`(name_key, customer_id) ${query.direction === 'ascending' ? sql`>` : sql`<`} (${value}, ${customerId}::uuid)`
  const order = sql`order by name_key ${way(query)}, customer_id ${way(query)}`
  const whose = given(query.filter.role) ? sql`true` : isCustomer('u.customer_id')
  const inOrder = sql`select customer_id, name_key from (${named}) u where ${behind} and ${whose} ${order}`
  const limit = sql`limit ${sql.lit(query.limit)}`
  // Without other conditions the first few are picked while sorting; else each is looked at in its turn.
  const kept = others.length === 0 ? sql`${inOrder} ${limit}` : sql`select * from (${inOrder} offset 0) n where ${met} ${order} ${limit}`
  return sql`select customer_id, name_key as place from (${kept}) k`
}

/**
 * The next customers by a figure of the book. The indexes of amounts begin with the tier: a list of several tiers is the merge of one short walk each.
 * Few customers whom text and filters left are simply sorted, and so are those whose last orders lie in a short time: who ordered long ago is seldom worth much, and the walk would meet everybody else before.
 */
async function walkBook(db: Db, query: ListQuery, narrowed: Narrowed): Promise<RawBuilder<unknown>> {
  const { column } = sortOf[query.sort]
  const few = narrowed !== null && 'ids' in narrowed
  const own = narrowed === null ? [] : few ? [sql`b.customer_id = any(${narrowed.ids}::uuid[])`] : [whileWalking(narrowed)]
  const walk = (conditions: readonly RawBuilder<unknown>[], among = sql`customers.book`) => sql`
    select b.customer_id, ${sql.ref(column)} as place from ${among} b
    where ${all([...conditions, ...behindPlace(query, 'b.customer_id'), ...own])}
    order by ${sql.ref(column)} ${way(query)}, b.customer_id ${way(query)} limit ${sql.lit(query.limit)}`
  if (query.sort === 'last-order' || few) return walk(bookConditions(query.filter))
  if (await fewOrderedThen(db, query.filter)) {
    const then = sql`(select * from customers.book b where ${all(bookConditions(query.filter))} offset 0)`
    return walk([], then)
  }
  const { tier, ...rest } = query.filter
  const wanted = tier === undefined || tier.length === 0 ? tiers : tier
  const walks = wanted.map((one) => sql`(${walk([sql`b.tier = ${sql.lit(tiers.indexOf(one))}`, ...bookConditions(rest)])})`)
  return sql`select * from (${sql.join(walks, sql` union all `)}) t order by place ${way(query)}, customer_id ${way(query)} limit ${sql.lit(query.limit)}`
}

/** Up to here rows of a range of last orders are looked up and sorted in less time than a walk along all amounts may take. */
const fewThen = 30_000

async function fewOrderedThen(db: Db, { lastOrderFrom, lastOrderTo }: CustomerFilter): Promise<boolean> {
  if (lastOrderFrom === undefined && lastOrderTo === undefined) return false
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (select 1 from customers.book b where ${all(bookConditions({ lastOrderFrom, lastOrderTo }))} limit ${sql.lit(fewThen + 1)}) x`.execute(
    db,
  )
  return rows[0]!.n <= fewThen
}

/** As a value and not as a join, so that the walk along the index stays a walk: with thousands left, the next page is never far. */
const whileWalking = ({ conditions }: Many) =>
  sql`coalesce((select true from customers.customer c where c.customer_id = b.customer_id and ${all(conditions)} limit 1), false)`

function behindPlace(query: ListQuery, id: string): readonly RawBuilder<unknown>[] {
  if (query.after === null) return []
  const { column } = sortOf[query.sort]
  const type = query.sort === 'own' && query.sortField && isNumeric(query.sortField.type) ? 'float8' : sortOf[query.sort].type
  const [value, customerId] = query.after
  const place = sql`(${value}::${sql.raw(type)}, ${customerId}::uuid)`
  return [sql`(${sql.ref(column)}, ${sql.ref(id)}) ${query.direction === 'ascending' ? sql`>` : sql`<`} ${place}`]
}

function archiveConditions(filter: CustomerFilter, looking: Looking = 'found'): readonly RawBuilder<unknown>[] {
  return [
    ...(filter.kind === undefined ? [] : [sql`c.kind = ${filter.kind}`]),
    ...(given(filter.city) ? [sql`c.city = any(${filter.city}::text[])`] : []),
    ...(given(filter.owner) ? [sql`c.owner_id = any(${filter.owner}::text[])`] : []),
    ...(filter.reach === undefined ? [] : [sql`c.owner_id = any(${filter.reach}::text[])`]),
    ...(given(filter.tag) ? [sql`(c.tags && ${filter.tag}::text[] and c.tags <> '{}')`] : []),
    ...furtherConditions(filter, looking),
  ]
}

function bookConditions(filter: CustomerFilter): readonly RawBuilder<unknown>[] {
  const codes = <W extends string>(column: string, words: readonly W[], wanted: readonly W[] | undefined) =>
    given(wanted) ? [sql`${sql.ref(column)} in (${sql.join(wanted.map((word) => sql.lit(words.indexOf(word))))})`] : []
  const range = (column: string, from: unknown, to: unknown) => [
    ...(from === undefined ? [] : [sql`${sql.ref(column)} >= ${from}`]),
    ...(to === undefined ? [] : [sql`${sql.ref(column)} <= ${to}`]),
  ]
  return [
    ...codes('b.tier', tiers, filter.tier),
    ...codes('b.value_label', valueLabels, filter.valueLabel),
    ...codes('b.activity', activities, filter.activity),
    ...codes('b.segment', segments, filter.segment),
    ...range('b.last_order_day', filter.lastOrderFrom, filter.lastOrderTo),
    // Who never ordered has a day before all days, which "until" would otherwise find.
    ...(filter.lastOrderTo !== undefined && filter.lastOrderFrom === undefined ? [sql`b.last_order_day > '-infinity'`] : []),
    ...range('b.lifetime_value_minor', filter.lifetimeValueFrom, filter.lifetimeValueTo),
    ...range('b.profit_minor', filter.profitFrom, filter.profitTo),
    ...range('b.recency_score', filter.recencyScore, filter.recencyScore),
    ...range('b.frequency_score', filter.frequencyScore, filter.frequencyScore),
    ...range('b.monetary_score', filter.monetaryScore, filter.monetaryScore),
  ]
}

const all = (conditions: readonly RawBuilder<unknown>[]) => (conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `))

const placeText = (place: string | number | Date) => (place instanceof Date ? place.toISOString() : place)
