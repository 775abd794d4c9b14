import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'

/** What lies around an archive and comes by files: each in a table of its own. */
export const aroundTables = {
  keyPerson: 'customers.key_person',
  contactPoint: 'customers.contact_point',
  usedCompetitor: 'customers.used_competitor',
} as const
export type AroundField = keyof typeof aroundTables

export interface AroundRow {
  readonly customerId: string
  readonly id: string
  /** What it says, by column of its table. */
  readonly columns: Readonly<Record<string, string | number | null>>
}

/** Adds what is not there yet; answers the ids of what was added. */
export async function insertAround(
  db: Db,
  field: AroundField,
  rows: readonly AroundRow[],
  { now, runId }: { readonly now: Date; readonly runId: string },
): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set()
  const table = sql.table(aroundTables[field])
  const written = rows.map(({ customerId, id, columns }) => ({
    ...columns,
    ...(field === 'contactPoint' ? { preferred: false } : {}),
    customer_id: customerId,
    id,
    version: 1,
    created_at: now,
    made_by_run: runId,
  }))
  const { rows: made } = await sql<{ id: string }>`
    insert into ${table} select * from jsonb_populate_recordset(null::${table}, ${JSON.stringify(written)}::jsonb) on conflict (customer_id, id) do nothing returning id`.execute(
    db,
  )
  return new Set(made.map(({ id }) => id))
}

/** What some entries say that are there already, by their ids. */
export async function aroundThere(
  db: Db,
  field: AroundField,
  customerIds: readonly string[],
): Promise<readonly { readonly customerId: string; readonly id: string; readonly row: Readonly<Record<string, unknown>> }[]> {
  const { rows } = await sql<{ customerId: string; id: string; row: Readonly<Record<string, unknown>> }>`
    select t.customer_id as "customerId", t.id, to_jsonb(t) as row from ${sql.table(aroundTables[field])} t where t.customer_id = any(${customerIds}::uuid[])`.execute(
    db,
  )
  return rows
}

/** Customers to whom a run added something that is still there, ascending, from behind one on. */
export async function customersAddedTo(
  db: Db,
  field: AroundField,
  runId: string,
  after: string | null,
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct customer_id as id from ${sql.table(aroundTables[field])}
    where made_by_run = ${runId}::uuid and customer_id > ${after ?? '00000000-0000-0000-0000-000000000000'}::uuid order by customer_id limit ${limit}`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

/** Takes away what a run added to some customers and nobody has changed since, nor added to; answers what went. */
export async function removeAround(
  db: Db,
  field: AroundField,
  runId: string,
  customerIds: readonly string[],
): Promise<readonly { readonly customerId: string; readonly row: Readonly<Record<string, unknown>> }[]> {
  const reached =
    field === 'keyPerson'
      ? sql`and not exists (select from customers.contact_point p where p.customer_id = t.customer_id and p.person_id = t.id)`
      : sql``
  const { rows } = await sql<{ customerId: string; row: Readonly<Record<string, unknown>> }>`
    delete from ${sql.table(aroundTables[field])} t where t.customer_id = any(${customerIds}::uuid[]) and t.made_by_run = ${runId}::uuid and t.version = 1 ${reached}
    returning t.customer_id as "customerId", to_jsonb(t) as row`.execute(db)
  return rows
}
