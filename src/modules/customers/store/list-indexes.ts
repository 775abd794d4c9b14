import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'

/** What lists sort by and people search in; the same as in the migration. While customers come in by the hundred thousand, these grow at places all over and cost more than all the rest. */
export const listIndexes = [
  { name: 'customer_by_name', table: 'customers.customer', on: '(name_key, customer_id)' },
  { name: 'customer_by_created', table: 'customers.customer', on: '(created_at, customer_id)' },
  { name: 'search_key_by_key', table: 'customers.search_key', on: '(key, customer_id) include (name_key)' },
] as const

export async function archiveIsEmpty(db: Db): Promise<boolean> {
  return (await db.selectFrom('customers.customer').select('customer_id').limit(1).executeTakeFirst()) === undefined
}

/** For a load into an empty archive, whose lists need no index yet. Nothing but speed leans on them. */
export async function dropListIndexes(db: Db): Promise<void> {
  for (const { name } of listIndexes) await sql`drop index if exists ${sql.table(`customers.${name}`)}`.execute(db)
}

/** Builds those that are missing. Looks first, because `if not exists` makes writers wait even where there is nothing to do. */
export async function buildListIndexes(db: Db): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select indexname as name from pg_indexes where schemaname = 'customers' and indexname = any(${listIndexes.map(({ name }) => name)}::text[])`.execute(
    db,
  )
  for (const { name, table, on } of listIndexes)
    if (!rows.some((there) => there.name === name))
      await sql`create index if not exists ${sql.id(name)} on ${sql.table(table)} ${sql.raw(on)}`.execute(db)
}
