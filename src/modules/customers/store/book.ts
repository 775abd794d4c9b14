import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { activities, type BookFigures, segments, tiers, valueLabels } from '../domain/book.ts'

/** Given figures of one customer; what is not given stays. */
export type BookRow = { readonly customerId: string } & Partial<BookFigures>

/**
 * Writes given figures of one customer or of some. A customer without a row of the book gets one; one who is no more gets none, nor does somebody who is no customer. Rows with the same figures go in
 * one statement, ascending by customer.
 */
export async function writeBook(db: Db, rows: readonly BookRow[]): Promise<void> {
  if (rows.length === 0) return
  const writtenIn = await currentTransaction(db)
  const groups = Map.groupBy(rows, (row) => figureNames.filter((name) => row[name] !== undefined).join())
  for (const [names, group] of groups) await writeGroup(db, names.split(',').filter(Boolean) as Figure[], group, writtenIn)
}

/** Gives every customer who lacks it a row of the book, with the figures of somebody who never bought. Returns how many there were. */
export async function completeBook(db: Db): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into customers.book (customer_id, written_in)
    select c.customer_id, ${await currentTransaction(db)}::bigint from customers.customer c
    where c.role = 'customer' and not exists (select from customers.book b where b.customer_id = c.customer_id)
    order by c.customer_id on conflict (customer_id) do nothing`.execute(db)
  return Number(numAffectedRows ?? 0n)
}

/** The figures of one customer; somebody who has no row yet never bought. */
export async function figuresOf(db: Db, customerId: string): Promise<BookFigures> {
  const row = await db.selectFrom('customers.book').selectAll().where('customer_id', '=', customerId).executeTakeFirst()
  return figuresOfRow(row ?? null)
}

/** The figures that a row of the book holds, if there is one. */
export const figuresOfRow = (row: BookTableRow | null): BookFigures => (row ? figures(row) : nobodysFigures)

type BookTableRow = Readonly<Record<(typeof columnOf)[Figure]['column'], unknown>>

/** A row of the table as figures with words. */
export const figures = (row: BookTableRow): BookFigures =>
  Object.fromEntries(figureNames.map((name) => [name, columnOf[name].read(row[columnOf[name].column] as never)])) as unknown as BookFigures

/** The number of the transaction that `db` is in; part of telling fresher rows from a valuation's. */
export async function currentTransaction(db: Db): Promise<string> {
  const { rows } = await sql<{ id: string }>`select pg_current_xact_id()::text as id`.execute(db)
  return rows[0]!.id
}

const same = (value: unknown) => value
const day = { write: (value: unknown) => value ?? '-infinity', read: (value: unknown) => (value === '-infinity' ? null : value) }
const word = (words: readonly string[]) => ({
  write: (value: unknown) => (value === null ? null : words.indexOf(String(value))),
  read: (value: unknown) => (value === null ? null : words[Number(value)]!),
})

const plain = { write: same, read: same }
const columnOf = {
  orders: { column: 'orders', type: 'int', ...plain },
  firstOrderDay: { column: 'first_order_day', type: 'date', ...day },
  lastOrderDay: { column: 'last_order_day', type: 'date', ...day },
  revenueMinor: { column: 'revenue_minor', type: 'bigint', ...plain },
  profitMinor: { column: 'profit_minor', type: 'bigint', ...plain },
  lifetimeValueMinor: { column: 'lifetime_value_minor', type: 'bigint', ...plain },
  expectedSpendMinor: { column: 'expected_spend_minor', type: 'bigint', ...plain },
  expectedOrders: { column: 'expected_orders', type: 'real', ...plain },
  probabilityAlive: { column: 'probability_alive', type: 'real', ...plain },
  probabilityOrdering: { column: 'probability_ordering', type: 'real', ...plain },
  tier: { column: 'tier', type: 'smallint', ...word(tiers) },
  valueLabel: { column: 'value_label', type: 'smallint', ...word(valueLabels) },
  activity: { column: 'activity', type: 'smallint', ...word(activities) },
  segment: { column: 'segment', type: 'smallint', ...word(segments) },
  recencyScore: { column: 'recency_score', type: 'smallint', ...plain },
  frequencyScore: { column: 'frequency_score', type: 'smallint', ...plain },
  monetaryScore: { column: 'monetary_score', type: 'smallint', ...plain },
  valuedOn: { column: 'valued_on', type: 'date', ...plain },
} as const
type Figure = keyof typeof columnOf
const figureNames = Object.keys(columnOf) as Figure[]

async function writeGroup(db: Db, names: readonly Figure[], rows: readonly BookRow[], writtenIn: string): Promise<void> {
  const sorted = rows.toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1))
  const lists = names.map((name) => sql`${sorted.map((row) => columnOf[name].write(row[name]))}::${sql.raw(columnOf[name].type)}[]`)
  const columns = names.map((name) => columnOf[name].column)
  const given = sql.join([sql`${sorted.map((row) => row.customerId)}::uuid[]`, ...lists])
  await sql`
    insert into customers.book (${sql.join(['customer_id', ...columns, 'written_in'].map((name) => sql.id(name)))})
    select ${sql.join(['customer_id', ...columns].map((name) => sql.id('x', name)))}, ${writtenIn}::bigint
    from unnest(${given}) as x (${sql.join(['customer_id', ...columns].map((name) => sql.id(name)))})
    where exists (select from customers.customer c where c.customer_id = x.customer_id and c.role = 'customer')
    order by x.customer_id
    on conflict (customer_id) do update set ${sql.join(
      [...columns, 'written_in'].map((name) => sql`${sql.id(name)} = ${sql.id('excluded', name)}`),
    )}`.execute(db)
}

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
