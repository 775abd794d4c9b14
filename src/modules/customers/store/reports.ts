import { type RawBuilder, sql } from 'kysely'
import type { Reach } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import type { Change } from './changes.ts'
import { seenWithin } from './list-narrowing.ts'

export interface Birthday {
  readonly customerId: string
  readonly customerName: string
  readonly personId: string | null
  readonly name: string
  readonly role: string | null
  readonly birthday: string
}

const within = (reach: Reach) => (reach === 'all' ? sql`true` : sql`c.owner_id = any(${reach}::text[])`)

/** Who was born on one of the given month-days (month * 100 + day), at most so many; customers and people around them. */
export async function bornOn(db: Db, monthDays: readonly number[], reach: Reach, limit: number): Promise<readonly Birthday[]> {
  const on = (row: string) =>
    sql`(extract(month from ${sql.ref(`${row}.birthday`)}) * 100 + extract(day from ${sql.ref(`${row}.birthday`)})) = any(${monthDays}::numeric[])`
  const { rows } = await sql<Birthday>`
    (select c.customer_id as "customerId", c.name as "customerName", null::uuid as "personId", c.name, null as role, c.birthday
      from customers.customer c where ${on('c')} and ${within(reach)} limit ${limit})
    union all
    (select c.customer_id, c.name, k.id, k.name, k.role, k.birthday
      from customers.key_person k join customers.customer c on c.customer_id = k.customer_id where ${on('k')} and ${within(reach)} limit ${limit})`.execute(
    db,
  )
  return rows
}

export interface MonthChange extends Change {
  readonly customerId: string
  readonly customerName: string
}
interface Span {
  readonly from: Date
  readonly to: Date
  readonly field: string | null
  readonly reach: Reach
}

const changedIn = ({ from, to, field }: Span): readonly RawBuilder<unknown>[] => [
  sql`h.changed_at >= ${from}::timestamptz`,
  sql`h.changed_at < ${to}::timestamptz`,
  ...(field === null ? [] : [sql`h.field = ${field}`]),
]

/** What changed in a span, newest first, from behind a place on. */
export async function listMonthChanges(
  db: Db,
  span: Span,
  after: { at: string; customerId: string; id: string } | null,
  limit: number,
): Promise<readonly MonthChange[]> {
  const conditions = [
    ...changedIn(span),
    (await seenWithin(db, span.reach))('h.customer_id'),
    ...(after === null
      ? []
      : [sql`(h.changed_at, h.customer_id, h.id) < (${after.at}::timestamptz, ${after.customerId}::uuid, ${after.id}::uuid)`]),
  ]
  const { rows } = await sql<MonthChange>`
    select h.id, h.customer_id as "customerId", c.name as "customerName", h.field, h.before, h.after, h.changed_at as at, h.changed_by as by, h.run_id as "runId"
    from customers.change h join customers.customer c on c.customer_id = h.customer_id
    where ${sql.join(conditions, sql` and `)} order by h.changed_at desc, h.customer_id desc, h.id desc limit ${limit}`.execute(db)
  return rows
}

/** How often each field changed in a span, and of how many customers. */
export async function changedFields(db: Db, span: Span): Promise<readonly { field: string; changes: number; customers: number }[]> {
  // All of the month are counted: those within reach are collected once and not asked for one by one.
  const { reach } = span
  const seen =
    reach === 'all' ? [] : [sql`h.customer_id in (select customer_id from customers.customer where owner_id = any(${reach}::text[]))`]
  const { rows } = await sql<{ field: string; changes: number; customers: number }>`
    select field, sum(changes)::int as changes, count(*)::int as customers
    from (
      select h.field, h.customer_id, count(*) as changes from customers.change h where ${sql.join([...changedIn(span), ...seen], sql` and `)}
      group by h.field, h.customer_id) x
    group by field order by sum(changes) desc, field`.execute(db)
  return rows
}
