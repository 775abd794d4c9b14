import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { activities, type BookFigures, noCode, noDay, segments, tiers, valueLabels } from '../domain/book.ts'
import { keepFromRemoval } from './removal-lock.ts'

/** Given figures of one customer or of some, a list per figure with one place per customer, coded as in `BookColumns`; figures that are not given stay. */
export type GivenFigures = { readonly ids: readonly string[]; readonly valuedOn?: string } & {
  readonly [name in keyof typeof columnOf]?: Numbers
}
/** Numbers in an array of any type. */
type Numbers = ArrayLike<number> & Pick<readonly number[], 'join'>

/**
 * Writes given figures in one statement, ascending by customer, into the fresh half of the book; what the settled half says of a customer moves there. A customer without a row of the book gets one; one who is no
 * more gets none, nor does somebody who is no customer.
 */
export async function writeBook(db: Db, { ids, valuedOn, ...given }: GivenFigures): Promise<void> {
  if (ids.length === 0) return
  // Whoever is merged away or removed at the same moment must not leave a row for nobody behind.
  await keepFromRemoval(db)
  const sent = figureNames.filter((name) => given[name] !== undefined)
  const lists = sent.map((name) => sql`${arrayText(sendable(given[name]!, columnOf[name].sent))}::${sql.raw(columnOf[name].sent)}[]`)
  const figure = (name: keyof typeof columnOf) => {
    const { column, written, without } = columnOf[name]
    return sql.raw(given[name] === undefined ? `coalesce(s.${column}, ${without})` : written(`x.${column}`))
  }
  const columns = figureNames.map((name) => columnOf[name].column)
  const changed = [...sent.map((name) => columnOf[name].column), ...(valuedOn === undefined ? [] : ['valued_on']), 'written_in']
  const whom = arrayText(ids)
  await sql`
    with settled as (delete from customers.book_settled where customer_id = any(${whom}::uuid[]) returning *)
    insert into customers.book_fresh (${sql.join(['customer_id', ...columns, 'valued_on', 'written_in'].map((name) => sql.id(name)))})
    select x.customer_id, ${sql.join(figureNames.map(figure))}, ${valuedOn === undefined ? sql`s.valued_on` : sql`${valuedOn}::date`},
      ${await currentTransaction(db)}::bigint
    from unnest(${sql.join([sql`${whom}::uuid[]`, ...lists])}) as x (${sql.join(['customer_id', ...sent.map((name) => columnOf[name].column)].map((name) => sql.id(name)))})
    left join settled s on s.customer_id = x.customer_id
    where exists (select from customers.customer c where c.customer_id = x.customer_id and c.role = 'customer')
    order by x.customer_id
    on conflict (customer_id) do update set ${sql.join(changed.map((name) => sql`${sql.id(name)} = ${sql.id('excluded', name)}`))}`.execute(
    db,
  )
}

/** The figures of one customer; somebody who has no row yet never bought. */
export async function figuresOf(db: Db, customerId: string): Promise<BookFigures> {
  return (await figuresOfMany(db, [customerId])).get(customerId) ?? nobodysFigures
}

/** The figures of some customers in one statement; somebody without a row of the book is missing. */
export async function figuresOfMany(db: Db, customerIds: readonly string[]): Promise<ReadonlyMap<string, BookFigures>> {
  if (customerIds.length === 0) return new Map()
  const { rows } = await sql<BookTableRow & { customer_id: string }>`
    select * from customers.book where customer_id = any(${arrayText(customerIds)}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.customer_id, figures(row)]))
}

/** The figures that a row of the book holds, if there is one. */
export const figuresOfRow = (row: BookTableRow | null): BookFigures => (row ? figures(row) : nobodysFigures)

type BookTableRow = Readonly<Record<'first_order_day' | 'last_order_day', string>> &
  Readonly<Record<'valued_on', string | null>> &
  Readonly<Record<'orders' | 'revenue_minor' | 'profit_minor' | 'lifetime_value_minor' | 'tier' | 'value_label' | 'activity', number>> &
  Readonly<
    Record<
      | 'expected_spend_minor'
      | 'expected_orders'
      | 'probability_alive'
      | 'probability_ordering'
      | 'segment'
      | 'recency_score'
      | 'frequency_score'
      | 'monetary_score',
      number | null
    >
  >

/** A row of the table as figures with words. */
export const figures = (row: BookTableRow): BookFigures => ({
  orders: row.orders,
  firstOrderDay: dayOrNull(row.first_order_day),
  lastOrderDay: dayOrNull(row.last_order_day),
  revenueMinor: row.revenue_minor,
  profitMinor: row.profit_minor,
  lifetimeValueMinor: row.lifetime_value_minor,
  expectedSpendMinor: row.expected_spend_minor,
  expectedOrders: row.expected_orders,
  probabilityAlive: row.probability_alive,
  probabilityOrdering: row.probability_ordering,
  tier: tiers[row.tier]!,
  valueLabel: valueLabels[row.value_label]!,
  activity: activities[row.activity]!,
  segment: row.segment === null ? null : segments[row.segment]!,
  recencyScore: row.recency_score,
  frequencyScore: row.frequency_score,
  monetaryScore: row.monetary_score,
  valuedOn: row.valued_on,
})
const dayOrNull = (day: string) => (day === '-infinity' ? null : day)

/** The number of the transaction that `db` is in; part of telling fresher rows from a valuation's. */
export async function currentTransaction(db: Db): Promise<string> {
  const { rows } = await sql<{ id: string }>`select pg_current_xact_id()::text as id`.execute(db)
  return rows[0]!.id
}

const same = (column: string) => column
/** What is not known arrives as NaN, a code that does not exist as `noCode`, a day that never was as `noDay`. */
const known = (type: string) => (column: string) => `nullif(${column}, 'NaN')::${type}`
const coded = (column: string) => `nullif(${column}, ${noCode})`
const dayOf = (column: string) => `case when ${column} = ${noDay} then '-infinity' else date '1970-01-01' + ${column} end`

const columnOf = {
  orders: { column: 'orders', sent: 'int', written: same, without: '0' },
  firstOrderDay: { column: 'first_order_day', sent: 'int', written: dayOf, without: "'-infinity'" },
  lastOrderDay: { column: 'last_order_day', sent: 'int', written: dayOf, without: "'-infinity'" },
  revenueMinor: { column: 'revenue_minor', sent: 'bigint', written: same, without: '0' },
  profitMinor: { column: 'profit_minor', sent: 'bigint', written: same, without: '0' },
  lifetimeValueMinor: { column: 'lifetime_value_minor', sent: 'bigint', written: same, without: '0' },
  expectedSpendMinor: { column: 'expected_spend_minor', sent: 'float8', written: known('bigint'), without: 'null' },
  expectedOrders: { column: 'expected_orders', sent: 'real', written: known('real'), without: 'null' },
  probabilityAlive: { column: 'probability_alive', sent: 'real', written: known('real'), without: 'null' },
  probabilityOrdering: { column: 'probability_ordering', sent: 'real', written: known('real'), without: 'null' },
  tier: { column: 'tier', sent: 'smallint', written: same, without: '1' },
  valueLabel: { column: 'value_label', sent: 'smallint', written: same, without: '0' },
  activity: { column: 'activity', sent: 'smallint', written: same, without: '0' },
  segment: { column: 'segment', sent: 'smallint', written: coded, without: 'null' },
  recencyScore: { column: 'recency_score', sent: 'smallint', written: coded, without: 'null' },
  frequencyScore: { column: 'frequency_score', sent: 'smallint', written: coded, without: 'null' },
  monetaryScore: { column: 'monetary_score', sent: 'smallint', written: coded, without: 'null' },
} as const
const figureNames = Object.keys(columnOf) as (keyof typeof columnOf)[]

/** As the server reads a list; joined here, because the driver would quote every number by itself. */
const arrayText = (values: Pick<readonly unknown[], 'join'>) => `{${values.join()}}`

/** The server refuses what is too small for a real instead of taking it for 0. */
const sendable = (values: Numbers, type: string): Numbers => (type === 'real' ? Float32Array.from(values) : values)

const nobodysFigures: BookFigures = {
  orders: 0,
  firstOrderDay: null,
  lastOrderDay: null,
  revenueMinor: 0,
  profitMinor: 0,
  lifetimeValueMinor: 0,
  expectedSpendMinor: null,
  expectedOrders: null,
  probabilityAlive: null,
  probabilityOrdering: null,
  tier: 'iron',
  valueLabel: 'low',
  activity: 'none',
  segment: null,
  recencyScore: null,
  frequencyScore: null,
  monetaryScore: null,
  valuedOn: null,
}
