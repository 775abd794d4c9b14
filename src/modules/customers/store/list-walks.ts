import { type RawBuilder, sql } from 'kysely'
import type { Place } from '#platform/cursor.ts'
import type { Db } from '#platform/database/connection.ts'
import { tiers } from '../domain/book.ts'
import type { CustomerFilter, CustomerSort, Direction } from '../domain/customer-list.ts'
import { isNumeric, type OwnCondition } from '../domain/own-fields.ts'
import type { TargetRule } from '../domain/qualification.ts'
import { all, bookConditions } from './list-conditions.ts'
import { given, ownPlaces } from './list-further.ts'
import { gathered, type Many, type Narrowed } from './list-narrowing.ts'
import { segmentOnBook } from './list-segment.ts'
import { isCustomer, isOfRole, notErased } from './roles.ts'
import type { ManyFound } from './text-search.ts'
import { these } from './these.ts'

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

const sortOf = {
  name: { archive: true, column: 'c.name_key', type: 'text' },
  created: { archive: true, column: 'c.created_at', type: 'timestamptz' },
  'lifetime-value': { archive: false, column: 'b.lifetime_value_minor', type: 'bigint' },
  profit: { archive: false, column: 'b.profit_minor', type: 'bigint' },
  revenue: { archive: false, column: 'b.revenue_minor', type: 'bigint' },
  'last-order': { archive: false, column: 'b.last_order_day', type: 'date' },
  own: { archive: true, column: 'o.place', type: 'text' },
} as const satisfies Record<CustomerSort, unknown>

export const way = ({ direction }: ListQuery) => (direction === 'ascending' ? sql`asc` : sql`desc`)

/** How a page is found: its customers with their places; where these may be too few because the walk gave up, `surely` finds them. */
interface Walk {
  readonly keys: RawBuilder<unknown>
  readonly surely: RawBuilder<unknown> | null
}

/**
 * Among many whom text and filters leave, the next is seldom far along a sorted index, wherever they lie in it by chance. But a team that looks after those who are worth least stands at the very
 * end of it: a walk looks at no more than so many, then all of them are collected and sorted.
 */
const patience = 12_000

export async function walkTo(db: Db, query: ListQuery, narrowed: Narrowed): Promise<Walk> {
  const { archive, column } = sortOf[query.sort]
  // A segment asks for more of the book than any index of it holds: a name is walked to and its row looked at.
  if (archive && narrowed === null && segmentOnBook(query.filter).length > 0) return walkArchiveOfMany(query, everybody)
  if (narrowed === null || 'ids' in narrowed)
    return once(archive ? walkArchive(query, narrowed) : await walkBook(db, query, narrowed, query.limit))
  if (archive) return walkArchiveOfMany(query, narrowed)
  const order = inOrder(query, 'place', 'customer_id', query.limit)
  return {
    keys: sql`select * from (${await walkBook(db, query, null, patience)}) b where ${whileWalking(narrowed)} ${order}`,
    surely: collected(
      query,
      sql`
      select b.customer_id, ${sql.ref(column)} as place from (${gathered(narrowed)}) g join customers.book b using (customer_id)
      where ${all([...bookConditions(query.filter), notErased('b.customer_id'), ...behindPlace(query, 'b.customer_id')])}`,
    ),
  }
}

const everybody: Many = { conditions: [], found: null, onArchive: [] }

/** Those whom text and filters leave, where they are few; null: everybody. */
type Few = Exclude<Narrowed, Many>

/** All of them, then sorted: `offset 0` keeps the server from walking along the sort all the same because only a page is wanted. */
const collected = (query: ListQuery, all: RawBuilder<unknown>) =>
  sql`select * from (${all} offset 0) x ${inOrder(query, 'place', 'customer_id', query.limit)}`

const once = (keys: RawBuilder<unknown>): Walk => ({ keys, surely: null })

const inOrder = (query: ListQuery, place: string, id: string, limit: number) =>
  sql`order by ${sql.ref(place)} ${way(query)}, ${sql.ref(id)} ${way(query)} limit ${sql.lit(limit)}`

/** The next customers by a field of the archive; few are looked up and sorted. */
function walkArchive(query: ListQuery, few: Few): RawBuilder<unknown> {
  const among =
    few === null ? sql`customers.customer` : sql`(select c.* from ${these(few.ids)} join customers.customer c using (customer_id) offset 0)`
  const { column } = sortOf[query.sort]
  const field =
    query.sort === 'own' && query.sortField ? sql`join (${ownPlaces(query.sortField)}) o on o.customer_id = c.customer_id` : sql``
  return sql`
    select c.customer_id, ${sql.ref(column)} as place from ${among} c ${field} ${bookWhere(query)}
    where ${all([...archiveWalked(query), ...bookConditions(query.filter)])} ${inOrder(query, column, 'c.customer_id', query.limit)}`
}

function walkArchiveOfMany(query: ListQuery, many: Many): Walk {
  if (query.sort === 'name' && many.found?.named) return once(walkNames(query, many, many.found))
  if (query.sort === 'own') return once(walkOwn(query, many))
  const { column } = sortOf[query.sort]
  const onBook = bookConditions(query.filter)
  const order = inOrder(query, column, 'c.customer_id', query.limit)
  const next = sql`select * from customers.customer c where ${all(archiveWalked(query))} ${inOrder(query, column, 'c.customer_id', patience)}`
  return {
    keys: sql`
      select c.customer_id, ${sql.ref(column)} as place from (${next}) c ${bookWhere(query)} where ${all([...many.conditions, ...onBook])} ${order}`,
    surely: collected(
      query,
      sql`
      select c.customer_id, ${sql.ref(column)} as place from (${gathered(many)}) g join customers.customer c using (customer_id) ${bookWhere(query)}
      where ${all([...archiveWalked(query), ...onBook])}`,
    ),
  }
}

/** By an own field, of whom few have one as often as not: the server knows best where to begin. */
function walkOwn(query: ListQuery, { conditions }: Many): RawBuilder<unknown> {
  const field = query.sortField ? sql`join (${ownPlaces(query.sortField)}) o on o.customer_id = c.customer_id` : sql``
  return sql`
    select c.customer_id, o.place from customers.customer c ${field} ${bookWhere(query)}
    where ${all([...conditions, ...archiveWalked(query), ...bookConditions(query.filter)])} ${inOrder(query, 'o.place', 'c.customer_id', query.limit)}`
}

const bookWhere = ({ filter }: ListQuery) =>
  bookConditions(filter).length === 0 ? sql`` : sql`join customers.book b on b.customer_id = c.customer_id`

const archiveWalked = (query: ListQuery) => [isOfRole(query.filter.role), ...behindPlace(query, 'c.customer_id')]

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
  const met = sql`coalesce((select true from customers.customer c ${bookWhere(query)} where c.customer_id = n.customer_id and ${all(others)}), false)`
  const [value, customerId] = query.after ?? []
  const behind =
    query.after === null
      ? sql`true`
      : sql`(name_key, customer_id) ${query.direction === 'ascending' ? sql`>` : sql`<`} (${value}, ${customerId}::uuid)`
  const order = sql`order by name_key ${way(query)}, customer_id ${way(query)}`
  const whose = given(query.filter.role) ? sql`true` : isCustomer('u.customer_id')
  const sorted = sql`select customer_id, name_key from (${named}) u where ${behind} and ${whose} ${order}`
  const limit = sql`limit ${sql.lit(query.limit)}`
  // Without other conditions the first few are picked while sorting; else each is looked at in its turn.
  const kept = others.length === 0 ? sql`${sorted} ${limit}` : sql`select * from (${sorted} offset 0) n where ${met} ${order} ${limit}`
  return sql`select customer_id, name_key as place from (${kept}) k`
}

/**
 * The next customers by a figure of the book. The indexes of amounts begin with the tier: a list of several tiers is the merge of one short walk each.
 * Few customers whom text and filters left are simply sorted, and so are those whose last orders lie in a short time: who ordered long ago is seldom worth much, and the walk would meet everybody else before.
 */
async function walkBook(db: Db, query: ListQuery, few: Few, limit: number): Promise<RawBuilder<unknown>> {
  const { column } = sortOf[query.sort]
  const walk = (conditions: readonly RawBuilder<unknown>[], among = sql`customers.book`) => sql`
    select b.customer_id, ${sql.ref(column)} as place from ${among} b
    where ${all([...conditions, notErased('b.customer_id'), ...behindPlace(query, 'b.customer_id')])} ${inOrder(query, column, 'b.customer_id', limit)}`
  const onBook = bookConditions(query.filter)
  if (few !== null)
    return walk([], sql`(select b.* from ${these(few.ids)} join customers.book b using (customer_id) where ${all(onBook)} offset 0)`)
  if (query.sort === 'last-order') return walk(onBook)
  if (await fewOrderedThen(db, query.filter)) return walk([], sql`(select * from customers.book b where ${all(onBook)} offset 0)`)
  const { tier, ...rest } = query.filter
  // Each once, however often it is asked for: a customer would be listed as often.
  const wanted = given(tier) ? tiers.filter((one) => tier.includes(one)) : tiers
  const walks = wanted.map((one) => sql`(${walk([sql`b.tier = ${sql.lit(tiers.indexOf(one))}`, ...bookConditions(rest)])})`)
  return sql`select * from (${sql.join(walks, sql` union all `)}) t ${inOrder(query, 'place', 'customer_id', limit)}`
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
