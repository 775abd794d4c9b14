import { type RawBuilder, sql } from 'kysely'
import { copyOut } from '#platform/database/binary-copy.ts'
import type { Db } from '#platform/database/connection.ts'
import { currentTransaction } from './book.ts'
import { noteRemoval } from './removal.ts'

/** Those of some ids who are no customers: partners, colleagues and others, who are not valued. */
export async function otherRolesOf(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select customer_id as id from customers.customer where role <> 'customer' and customer_id = any(${ids}::uuid[])`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

/** Everybody who is no customer, sixteen bytes each, ascending; few. In the transaction of `db` (of withTransaction). */
export async function readOtherRoles(db: Db): Promise<readonly Buffer[]> {
  const ids: Buffer[] = []
  await copyOut(db, `select customer_id from customers.customer where role <> 'customer' order by customer_id`, 1, (bytes, start) =>
    ids.push(Buffer.from(bytes.subarray(start[0]!, start[0]! + 16))),
  )
  return ids
}

/** The same as texts, in no order. */
export async function idsOfOtherRoles(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`select customer_id as id from customers.customer where role <> 'customer'`.execute(db)
  return rows.map(({ id }) => id)
}

/** Tells of ids that come in ascending order whether they are among `others`, which ascend as well. */
export function skipper(others: readonly Buffer[]): (bytes: Buffer, at: number) => boolean {
  let next = 0
  return (bytes, at) => {
    while (next < others.length && bytes.compare(others[next]!, 0, 16, at, at + 16) > 0) next++
    return next < others.length && bytes.compare(others[next]!, 0, 16, at, at + 16) === 0
  }
}

/** Gives those of some who are customers now a row of the book, and takes it from the others. Whoever was a customer before is valued anew by the next valuation. */
export async function settleRoles(db: Db, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return
  const sorted = ids.toSorted()
  const { rows } = await sql<{ id: string }>`
    with others as (select customer_id from customers.customer where customer_id = any(${sorted}::uuid[]) and role <> 'customer'),
      fresh as (delete from customers.book_fresh b using others o where b.customer_id = o.customer_id returning b.customer_id),
      settled as (delete from customers.book_settled b using others o where b.customer_id = o.customer_id returning b.customer_id)
    select customer_id as id from fresh union all select customer_id from settled`.execute(db)
  if (rows.length > 0) await noteRemoval(db, now)
  await sql`
    insert into customers.book_fresh (customer_id, written_in) select c.customer_id, ${await currentTransaction(db)}::bigint
    from customers.customer c where c.customer_id = any(${sorted}::uuid[]) and c.role = 'customer'
      and not exists (select from customers.book b where b.customer_id = c.customer_id) order by c.customer_id
    on conflict (customer_id) do nothing`.execute(db)
}

/** On row `c`: those of the given roles; customers where none is given. Nobody who was erased. Without customers among them the short index of the others answers. */
export function isOfRole(roles: readonly string[] | undefined): RawBuilder<unknown> {
  const there = notErased('c.customer_id')
  if (roles === undefined || roles.length === 0) return sql`(c.role = 'customer' and ${there})`
  const wanted = sql`c.role = any(${roles}::text[]) and ${there}`
  return roles.includes('customer') ? sql`(${wanted})` : sql`(${wanted} and c.role <> 'customer')`
}

/** Nobody but customers, where the row holds an id and nothing of the archive. */
export const isCustomer = (id: string): RawBuilder<unknown> =>
  sql`(${notErased(id)} and not exists (select from customers.customer other where other.customer_id = ${sql.ref(id)} and other.role <> 'customer'))`

/** Nobody who was erased: their figures stay in the book, but they are nobody to whom one could turn. They are read once from an index of their own into a table by hash: a join might sort everybody instead of walking, and a list would be gone through for each row. */
export const notErased = (id: string): RawBuilder<unknown> =>
  sql`${sql.ref(id)} not in (select gone.customer_id from customers.customer gone where gone.erased_at is not null)`
