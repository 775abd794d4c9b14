import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { packId } from '#platform/packed-id.ts'

/** Where ids lead that belonged to customers who were merged into others; ids that lead nowhere else are missing. */
export async function successorsOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; survivor: string }>`
    select customer_id as id, survivor_id as survivor from customers.alias where customer_id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, survivor }) => [id, survivor]))
}

/** The same for all of them, packed, for loads that meet millions of ids: merges are made by people, so there are never many. */
export async function allSuccessors(db: Db): Promise<ReadonlyMap<string, Uint8Array>> {
  const rows = await db.selectFrom('customers.alias').select(['customer_id', 'survivor_id']).execute()
  return new Map(rows.map((row) => [packId(row.customer_id), Buffer.from(row.survivor_id.replaceAll('-', ''), 'hex')]))
}

/** Ids under which a customer was known before, oldest first. */
export async function formerIdsOf(db: Db, customerId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('customers.alias')
    .select('customer_id')
    .where('survivor_id', '=', customerId)
    .orderBy('made_at')
    .orderBy('customer_id')
    .execute()
  return rows.map((row) => row.customer_id)
}

/** The same of several customers: by each id under which one of them was known before, who that is. */
export async function formerIdsOfMany(db: Db, customerIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (customerIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string; survivor: string }>`
    select customer_id as id, survivor_id as survivor from customers.alias where survivor_id = any(${customerIds}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, survivor }) => [id, survivor]))
}

/** An id leads to another customer from now on, and so do the ids that led to it. */
export async function addAlias(db: Db, alias: { from: string; into: string; mergeId: string; now: Date }): Promise<void> {
  await sql`update customers.alias set survivor_id = ${alias.into}::uuid where survivor_id = ${alias.from}::uuid`.execute(db)
  await db
    .insertInto('customers.alias')
    .values({ customer_id: alias.from, survivor_id: alias.into, merge_id: alias.mergeId, made_at: alias.now })
    .execute()
}

/** The id is its own again, and so are the ids that led to it before: those of the merges that it brought along. */
export async function removeAlias(db: Db, from: string, broughtMerges: readonly string[]): Promise<void> {
  await sql`delete from customers.alias where customer_id = ${from}::uuid`.execute(db)
  await sql`update customers.alias set survivor_id = ${from}::uuid where merge_id = any(${broughtMerges}::uuid[])`.execute(db)
}
