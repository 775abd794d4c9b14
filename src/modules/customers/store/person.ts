import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'

/**
 * By what a person is recognised, each text once: names, addresses, numbers and keys, of now and before, as sources say them, and of the people around them. What was noted about them is none of it,
 * nor are words that stand in many archives, such as a city, a company or a tag.
 */
export async function wordsOfPerson(db: Db, customerIds: readonly string[]): Promise<readonly string[]> {
  const theirs = sql`customer_id = any(${customerIds}::uuid[])`
  const { rows } = await sql<{ word: string }>`
    select distinct word from (
      select unnest(array[name, email, phone, address, external_key, nullif(concat_ws(' ', given_name, family_name), '')]) as word
        from customers.customer where ${theirs}
      union all select unnest(array[name, email, phone]) from customers.key_person where ${theirs}
      union all select value from customers.contact_point where ${theirs}
      union all select unnest(array[external_key, fields->>'name', fields->>'email', fields->>'phone', fields->>'address'])
        from customers.source_record where ${theirs}
      union all select v.value #>> '{}' from customers.change h cross join lateral (values (h.before), (h.after)) v (value)
        where h.${theirs} and h.field in ('name', 'email', 'phone', 'address') and jsonb_typeof(v.value) = 'string'
      union all select merged_name from customers.merge where ${theirs}
    ) words where word is not null and btrim(word) not in ('', '—')`.execute(db)
  return rows.map(({ word }) => word)
}

/** Files that somebody added to touches with a person. */
export async function attachmentsOfPerson(db: Db, customerIds: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{
    id: string
  }>`select file_id as id from customers.attachment where customer_id = any(${customerIds}::uuid[])`.execute(db)
  return rows.map(({ id }) => id)
}

/** The runs that brought something about a person or changed it. */
export async function runsOfPerson(db: Db, customerIds: readonly string[]): Promise<readonly string[]> {
  const theirs = sql`customer_id = any(${customerIds}::uuid[])`
  const { rows } = await sql<{ id: string }>`
    select id from (
      select made_by_run as id from customers.customer where ${theirs} union select changed_by_run from customers.customer where ${theirs}
      union select run_id from customers.source_record where ${theirs} union select run_id from customers.source_record_before where ${theirs}
      union select run_id from customers.change where ${theirs}) runs where id is not null`.execute(db)
  return rows.map(({ id }) => id)
}

export async function markErased(db: Db, customerIds: readonly string[], now: Date): Promise<void> {
  await sql`
    update customers.customer set erased_at = coalesce(erased_at, ${now}::timestamptz), updated_at = ${now}::timestamptz, version = version + 1
    where customer_id = any(${customerIds}::uuid[])`.execute(db)
}

/** Whether the customer is there and was not erased. */
export async function isKnownPerson(db: Db, customerId: string): Promise<boolean> {
  const row = await db
    .selectFrom('customers.customer')
    .select('customer_id')
    .where('customer_id', '=', customerId)
    .where('erased_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}
