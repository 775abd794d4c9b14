import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { MergeContent } from '#platform/subject/merge.ts'
import type { FieldChange } from '../domain/change.ts'
import type { MergeChoices } from '../domain/merge.ts'
import type { OwnMerge } from '../domain/merge-own.ts'
import { changeLists, type RecordedChange } from './changes.ts'

/** What a merge did to the survivor's own row, and the other's row as it was. */
export interface ArchiveMerge {
  readonly fields: readonly FieldChange[]
  /** Fields that count as set by hand since the merge, because somebody chose. */
  readonly handFields: readonly string[]
  /** Whether the survivor's profile is no longer computed because the other's was not. */
  readonly profilingEnded: boolean
  /** Own fields of which both knew something different; missing in merges of earlier versions, as are addresses. */
  readonly own?: readonly OwnMerge[]
  /** Ways to reach the survivor that were made of addresses and numbers that were not chosen. */
  readonly addresses?: readonly { readonly id: string; readonly value: string }[]
  /** The text of the other's row as JSON. */
  readonly other: string
}

export interface Merge {
  readonly id: string
  readonly customerId: string
  readonly mergedId: string
  readonly mergedName: string
  readonly choices: MergeChoices
  readonly changes: ArchiveMerge
  readonly content: MergeContent
  readonly madeAt: Date
  readonly madeBy: string
}

export async function saveMerge(db: Db, merge: Merge): Promise<void> {
  await db
    .insertInto('customers.merge')
    .values({
      customer_id: merge.customerId,
      id: merge.id,
      merged_id: merge.mergedId,
      merged_name: merge.mergedName,
      choices: JSON.stringify(merge.choices),
      changes: JSON.stringify(merge.changes),
      content: JSON.stringify(merge.content),
      made_at: merge.madeAt,
      made_by: merge.madeBy,
    })
    .execute()
}

/** Merges into a customer that stand, newest first. */
export async function mergesInto(db: Db, customerId: string): Promise<readonly Merge[]> {
  const rows = await db
    .selectFrom('customers.merge')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('undone_at', 'is', null)
    .orderBy('made_at', 'desc')
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    customerId: row.customer_id,
    mergedId: row.merged_id,
    mergedName: row.merged_name,
    choices: row.choices as MergeChoices,
    changes: row.changes as unknown as ArchiveMerge,
    content: row.content as unknown as MergeContent,
    madeAt: row.made_at,
    madeBy: row.made_by,
  }))
}

/** A merge that was undone keeps who did it and when, nothing else. */
export async function closeMerge(db: Db, merge: Merge, by: string, now: Date): Promise<void> {
  await db
    .updateTable('customers.merge')
    .set({ undone_at: now, undone_by: by, choices: '{}', changes: '{}', content: '{"tables":[]}' })
    .where('customer_id', '=', merge.customerId)
    .where('id', '=', merge.id)
    .execute()
}

/** The row of a customer as the text of its JSON. */
export async function rowText(db: Db, customerId: string): Promise<string> {
  const { rows } = await sql<{ row: string }>`
    select to_jsonb(c)::text as row from customers.customer c where customer_id = ${customerId}::uuid`.execute(db)
  return rows[0]!.row
}

export async function removeCustomerRow(db: Db, customerId: string): Promise<void> {
  await sql`delete from customers.customer where customer_id = ${customerId}::uuid`.execute(db)
}

export async function restoreCustomerRow(db: Db, text: string): Promise<void> {
  await sql`insert into customers.customer select * from jsonb_populate_record(null::customers.customer, ${text}::jsonb)`.execute(db)
}

/** The name under which a source knew a customer first may stand in the customer's row alone; it is kept as a word of that source, so that it comes along. Answers whether it had to be. */
export async function keepFirstKey(db: Db, customerId: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into customers.source_record (customer_id, source_id, external_key, seen_at)
    select customer_id, source_id, external_key, created_at from customers.customer
    where customer_id = ${customerId}::uuid and source_id is not null and external_key is not null
    on conflict (customer_id, source_id, external_key) do nothing`.execute(db)
  return (numAffectedRows ?? 0n) > 0n
}

/** Takes the word away that only kept the name, where the source has said nothing since. */
export async function dropFirstKey(db: Db, customerId: string): Promise<void> {
  await sql`
    delete from customers.source_record r using customers.customer c
    where r.customer_id = ${customerId}::uuid and c.customer_id = r.customer_id and r.source_id = c.source_id and r.external_key = c.external_key and r.fields = '{}'`.execute(
    db,
  )
}

/** What a merge changes of a survivor besides the fields of the archive, and its place in the history. */
export async function writeProfilingAndHistory(
  db: Db,
  customerId: string,
  profiling: boolean | null,
  changes: readonly RecordedChange[],
  by: string,
  now: Date,
): Promise<void> {
  await sql`
    with written as (
      update customers.customer set profiling = coalesce(${profiling}::boolean, profiling), updated_at = ${now}::timestamptz, version = version + 1
      where customer_id = ${customerId}::uuid returning customer_id
    )
    insert into customers.change (customer_id, id, field, before, after, changed_at, changed_by)
    select written.customer_id, x.*, ${now}::timestamptz, ${by} from written cross join ${changeLists(changes)}`.execute(db)
}

/** Whether somebody switched a customer's profiling after a moment. */
export async function profilingChangedAfter(db: Db, customerId: string, moment: Date): Promise<boolean> {
  const { rows } = await sql`
    select from customers.change where customer_id = ${customerId}::uuid and field = 'profiling' and changed_at > ${moment}::timestamptz limit 1`.execute(
    db,
  )
  return rows.length > 0
}

/** What was decided of a pair, held until the transaction ends; null where nobody put the two together. */
export async function heldPair(db: Db, ids: readonly [string, string]): Promise<string | null> {
  const { rows } = await sql<{ state: string }>`
    select state from customers.duplicate where customer_id = ${ids.toSorted()[0]}::uuid and other_id = ${ids.toSorted()[1]}::uuid for update`.execute(
    db,
  )
  return rows[0]?.state ?? null
}

/** Pairs of the two are decided: they were the same, or turned out not to be. */
export async function decidePair(
  db: Db,
  ids: readonly [string, string],
  state: 'open' | 'later' | 'same' | 'different',
  by: string,
  now: Date,
): Promise<boolean> {
  const [first, second] = ids[0] < ids[1] ? ids : [ids[1], ids[0]]
  const { numAffectedRows } = await sql`
    update customers.duplicate set state = ${state}, decided_at = ${now}::timestamptz, decided_by = ${by}
    where customer_id = ${first}::uuid and other_id = ${second}::uuid`.execute(db)
  return (numAffectedRows ?? 0n) > 0n
}
