import { type RawBuilder, sql } from 'kysely'
import type { Place } from '#platform/cursor.ts'
import type { Db } from '#platform/database/connection.ts'
import { activities, type BookFigures, tiers, valueLabels } from '../domain/book.ts'
import type { CustomerFilter, CustomerSort, Direction } from '../domain/customer-list.ts'
import { figures } from './book.ts'
import { type TextSearch, textSearch } from './text-search.ts'

export interface ListedCustomer extends BookFigures {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly company: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly city: string | null
  readonly ownerId: string | null
  readonly tags: readonly string[]
  readonly completeness: number
  readonly externalKey: string | null
  readonly createdAt: Date
}
export interface ListQuery {
  readonly filter: CustomerFilter
  readonly sort: CustomerSort
  readonly direction: Direction
  readonly after: Place | null
  readonly limit: number
}

/** One page of customers, and the place of each row for the cursor. */
export async function listCustomers(
  db: Db,
  query: ListQuery,
): Promise<{ readonly items: readonly ListedCustomer[]; readonly places: readonly Place[] }> {
  const search = query.filter.q === undefined ? null : await textSearch(db, query.filter.q)
  if (search !== null && 'ids' in search && search.ids.length === 0) return { items: [], places: [] }
  const keys = sortOf[query.sort].archive ? walkArchive(query, search) : walkBook(query, search)
  const { rows } = await sql<Row>`
    select p.place, ${archiveColumns}, ${bookColumns} from (${keys}) p
    join customers.customer c on c.customer_id = p.customer_id left join customers.book b on b.customer_id = p.customer_id
    order by p.place ${way(query)}, p.customer_id ${way(query)}`.execute(db)
  return { items: rows.map(listed), places: rows.map((row) => [placeText(row.place), row.id]) }
}

/** At most so many are counted; one more means "or more". */
export const countLimit = 10_000

/** How many the filter leaves, at most one more than `countLimit`. */
export async function countMatching(db: Db, filter: CustomerFilter): Promise<number> {
  const search = filter.q === undefined ? null : await textSearch(db, filter.q)
  if (search !== null && 'ids' in search && search.ids.length === 0) return 0
  const onArchive = archiveConditions(filter, search)
  const onBook = bookConditions(filter)
  const from =
    onBook.length === 0
      ? sql`customers.customer c`
      : onArchive.length === 0
        ? sql`customers.book b`
        : sql`customers.book b join customers.customer c on c.customer_id = b.customer_id`
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (select 1 from ${from} where ${all([...onArchive, ...onBook])} limit ${sql.lit(countLimit + 1)}) x`.execute(
    db,
  )
  return rows[0]!.n
}

const sortOf = {
  name: { archive: true, column: 'c.name_key', type: 'text' },
  created: { archive: true, column: 'c.created_at', type: 'timestamptz' },
  'lifetime-value': { archive: false, column: 'b.lifetime_value_minor', type: 'bigint' },
  profit: { archive: false, column: 'b.profit_minor', type: 'bigint' },
  revenue: { archive: false, column: 'b.revenue_minor', type: 'bigint' },
  'last-order': { archive: false, column: 'b.last_order_day', type: 'date' },
} as const satisfies Record<CustomerSort, unknown>

const way = ({ direction }: ListQuery) => (direction === 'ascending' ? sql`asc` : sql`desc`)

/** The next customers by a field of the archive. */
function walkArchive(query: ListQuery, search: TextSearch | null): RawBuilder<unknown> {
  const onBook = bookConditions(query.filter)
  const conditions = [...archiveConditions(query.filter, search), ...onBook, ...behindPlace(query, 'c.customer_id')]
  const book = onBook.length === 0 ? sql`` : sql`join customers.book b on b.customer_id = c.customer_id`
  const { column } = sortOf[query.sort]
  return sql`
    select c.customer_id, ${sql.ref(column)} as place from customers.customer c ${book} where ${all(conditions)}
    order by ${sql.ref(column)} ${way(query)}, c.customer_id ${way(query)} limit ${sql.lit(query.limit)}`
}

/**
 * The next customers by a figure of the book. The indexes of amounts begin with the tier: a list of several tiers is the merge of one short walk each.
 * Few customers whom a text found are simply sorted.
 */
function walkBook(query: ListQuery, search: TextSearch | null): RawBuilder<unknown> {
  const { column } = sortOf[query.sort]
  const onArchive = archiveConditions(query.filter, search)
  const archive = onArchive.length === 0 ? sql`` : sql`join customers.customer c on c.customer_id = b.customer_id`
  const walk = (conditions: readonly RawBuilder<unknown>[]) => sql`
    select b.customer_id, ${sql.ref(column)} as place from customers.book b ${archive}
    where ${all([...onArchive, ...conditions, ...behindPlace(query, 'b.customer_id')])}
    order by ${sql.ref(column)} ${way(query)}, b.customer_id ${way(query)} limit ${sql.lit(query.limit)}`
  if (query.sort === 'last-order' || (search !== null && 'ids' in search)) return walk(bookConditions(query.filter))
  const { tier, ...rest } = query.filter
  const wanted = tier === undefined || tier.length === 0 ? tiers : tier
  const walks = wanted.map((one) => sql`(${walk([sql`b.tier = ${sql.lit(tiers.indexOf(one))}`, ...bookConditions(rest)])})`)
  return sql`select * from (${sql.join(walks, sql` union all `)}) t order by place ${way(query)}, customer_id ${way(query)} limit ${sql.lit(query.limit)}`
}

function behindPlace(query: ListQuery, id: string): readonly RawBuilder<unknown>[] {
  if (query.after === null) return []
  const { column, type } = sortOf[query.sort]
  const [value, customerId] = query.after
  const place = sql`(${value}::${sql.raw(type)}, ${customerId}::uuid)`
  return [sql`(${sql.ref(column)}, ${sql.ref(id)}) ${query.direction === 'ascending' ? sql`>` : sql`<`} ${place}`]
}

const given = <T>(values: readonly T[] | undefined): values is readonly T[] => values !== undefined && values.length > 0

function archiveConditions(filter: CustomerFilter, search: TextSearch | null): readonly RawBuilder<unknown>[] {
  return [
    ...(search === null ? [] : 'ids' in search ? [sql`c.customer_id = any(${search.ids}::uuid[])`] : [search.condition]),
    ...(filter.kind === undefined ? [] : [sql`c.kind = ${filter.kind}`]),
    ...(given(filter.city) ? [sql`c.city = any(${filter.city}::text[])`] : []),
    ...(given(filter.owner) ? [sql`c.owner_id = any(${filter.owner}::text[])`] : []),
    ...(given(filter.tag) ? [sql`(c.tags && ${filter.tag}::text[] and c.tags <> '{}')`] : []),
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
    ...(given(filter.segment) ? [sql`b.segment = any(${filter.segment}::text[])`] : []),
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

type Row = Parameters<typeof figures>[0] & Omit<ListedCustomer, keyof BookFigures> & { readonly place: string | number | Date }

const archiveColumns = sql`c.customer_id as id, c.kind, c.name, c.company, c.email, c.phone, c.city, c.owner_id as "ownerId", c.tags, c.completeness,
  c.external_key as "externalKey", c.created_at as "createdAt"`
const bookColumns = sql`coalesce(b.orders, 0) as orders, coalesce(b.first_order_day, '-infinity') as first_order_day,
  coalesce(b.last_order_day, '-infinity') as last_order_day, coalesce(b.revenue_minor, 0) as revenue_minor, coalesce(b.profit_minor, 0) as profit_minor,
  coalesce(b.lifetime_value_minor, 0) as lifetime_value_minor, b.expected_spend_minor, b.expected_orders, b.probability_alive, b.probability_ordering,
  coalesce(b.tier, 1) as tier, coalesce(b.value_label, 0) as value_label, coalesce(b.activity, 0) as activity, b.segment, b.recency_score, b.frequency_score,
  b.monetary_score, b.valued_on`

const listed = (row: Row): ListedCustomer => ({
  ...figures(row),
  id: row.id,
  kind: row.kind,
  name: row.name,
  company: row.company,
  email: row.email,
  phone: row.phone,
  city: row.city,
  ownerId: row.ownerId,
  tags: row.tags,
  completeness: row.completeness,
  externalKey: row.externalKey,
  createdAt: row.createdAt,
})

const placeText = (place: string | number | Date) => (place instanceof Date ? place.toISOString() : place)
