import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import { currentTransaction } from './book.ts'
import { lockForRemoval } from './removal-lock.ts'

/** Why a customer whom a run made stays: somebody changed the archive, noted a touch, or another module has something about them. */
export const reasonsToStay = ['changed', 'touched', 'in-use'] as const
export type ReasonToStay = (typeof reasonsToStay)[number]

export interface RemovalRange {
  /** The last customer that an earlier call looked at; null at the beginning. */
  readonly after: string | null
  /** How many of the run's customers one call looks at. */
  readonly limit: number
}
export interface Removed {
  readonly removed: number
  readonly left: readonly { readonly id: string; readonly name: string; readonly why: ReasonToStay }[]
  /** Where to go on; null at the end. */
  readonly next: string | null
}

/**
 * Deletes customers whom a run made and whom nothing else has touched since, some at a time in ascending order; says whom it left and why. Their rows of the book,
 * search keys and source records go with them. Nobody writes about them meanwhile: see removal-lock.ts.
 */
export async function removeCustomersMadeBy({ db, now, house }: Context, runId: string, { after, limit }: RemovalRange): Promise<Removed> {
  await lockForRemoval(db)
  const { rows: found } = await sql<{ id: string; name: string; why: ReasonToStay | null }>`
    select c.customer_id as id, c.name,
      case when exists (select from customers.change h where h.customer_id = c.customer_id and h.run_id is distinct from ${runId}::uuid) then 'changed'
        when exists (select from customers.interaction i where i.customer_id = c.customer_id) then 'touched'
        when exists (select from customers.consent a where a.customer_id = c.customer_id and a.run_id is distinct from ${runId}::uuid) then 'touched'
        when exists (select from customers.source_record r where r.customer_id = c.customer_id and r.run_id is distinct from ${runId}::uuid) then 'in-use'
      end as why
    from customers.customer c
    where c.made_by_run = ${runId}::uuid and c.customer_id > ${after ?? '00000000-0000-0000-0000-000000000000'}::uuid
    order by c.customer_id limit ${limit}`.execute(db)
  const used = new Set<string>()
  for (const { customersInUse } of house.modules)
    for (const id of (await customersInUse?.(
      db,
      found.map((one) => one.id),
    )) ?? [])
      used.add(id)
  const judged = found.map(({ id, name, why }) => ({ id, name, why: why ?? (used.has(id) ? ('in-use' as const) : null) }))
  const free = judged.filter(({ why }) => why === null).map(({ id }) => id)
  const stuck = await deleteAll(db, free)
  if (free.length > stuck.size) await noteRemoval(db, now)
  const left = judged.flatMap(({ id, name, why }) => {
    const reason = why ?? (stuck.has(id) ? ('in-use' as const) : null)
    return reason === null ? [] : [{ id, name, why: reason }]
  })
  return { removed: free.length - stuck.size, left, next: found.length < limit ? null : found.at(-1)!.id }
}

/** Deletes what can be deleted; returns those whom a foreign key of another module holds. */
async function deleteAll(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  await sql`savepoint remove_customers`.execute(db)
  try {
    for (const table of ['search_key', 'source_record', 'source_record_before', 'book_settled', 'book_fresh', 'customer'])
      await sql`delete from ${sql.id('customers', table)} where customer_id = any(${ids}::uuid[])`.execute(db)
    await sql`release savepoint remove_customers`.execute(db)
    return new Set()
  } catch (error) {
    if (!isHeld(error)) throw error
    await sql`rollback to savepoint remove_customers`.execute(db)
    if (ids.length === 1) return new Set(ids)
    const middle = Math.floor(ids.length / 2)
    const first = await deleteAll(db, ids.slice(0, middle))
    return new Set([...first, ...(await deleteAll(db, ids.slice(middle)))])
  }
}

const isHeld = (error: unknown) =>
  error instanceof Error && (('code' in error && error.code === '23503') || error.message.includes('violates foreign key'))

/** A valuation that is computing now must not bring the rows of the book back. */
export async function noteRemoval(db: Db, now: Date): Promise<void> {
  await sql`
    insert into customers.removal (id, removed_in, removed_at) select gen_random_uuid(), ${await currentTransaction(db)}::bigint, ${now}::timestamptz`.execute(
    db,
  )
  await sql`delete from customers.removal where removed_at < ${now}::timestamptz - interval '7 days'`.execute(db)
}

export interface RunChanges {
  readonly id: string
  /** Per field the value before the run and the last that the run set. */
  readonly fields: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[]
}

/** What a run changed, customer by customer in ascending order, from behind one on. */
export async function changesOfRun(db: Db, runId: string, after: string | null, limit: number): Promise<readonly RunChanges[]> {
  const { rows } = await sql<{ id: string; field: string; before: unknown; after: unknown }>`
    select h.customer_id as id, h.field, (array_agg(h.before order by h.changed_at, h.id))[1] as before,
      (array_agg(h.after order by h.changed_at desc, h.id desc))[1] as after
    from customers.change h
    where h.run_id = ${runId}::uuid and h.customer_id in (
      select distinct customer_id from customers.change
      where run_id = ${runId}::uuid and customer_id > ${after ?? '00000000-0000-0000-0000-000000000000'}::uuid order by customer_id limit ${limit})
    group by h.customer_id, h.field order by h.customer_id, h.field`.execute(db)
  return [...Map.groupBy(rows, (row) => row.id)].map(([id, fields]) => ({ id, fields }))
}
