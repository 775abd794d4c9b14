import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { ArchiveValues } from '../domain/archive.ts'
import type { Making } from './batches.ts'

export interface SourceWords {
  readonly id: string
  readonly externalKey: string
  readonly fields: ArchiveValues
}

/** Keeps what a source says, whether or not the archive follows it. */
export async function writeSourceRecords(db: Db, words: readonly SourceWords[], { sourceId, runId, now }: Making): Promise<void> {
  if (words.length === 0) return
  await sql`
    insert into customers.source_record (customer_id, source_id, external_key, fields, run_id, seen_at)
    select x.id, ${sourceId}::smallint, x.key, x.fields, ${runId}::uuid, ${now}::timestamptz
    from unnest(${words.map(({ id }) => id)}::uuid[], ${words.map(({ externalKey }) => externalKey)}::text[],
      ${words.map(({ fields }) => JSON.stringify(fields))}::jsonb[]) as x (id, key, fields) order by x.id
    on conflict (customer_id, source_id, external_key) do update
      set fields = excluded.fields, run_id = excluded.run_id, seen_at = excluded.seen_at`.execute(db)
}

/** Keeps what the source said before the run's words are written; the first state counts. For customers who were there before the run. */
export async function keepSourceRecords(db: Db, words: readonly SourceWords[], { sourceId, runId }: Making): Promise<void> {
  if (words.length === 0) return
  await sql`
    insert into customers.source_record_before (customer_id, run_id, source_id, external_key, before)
    select x.id, ${runId}::uuid, ${sourceId}::smallint, x.key, to_jsonb(r)
    from unnest(${words.map(({ id }) => id)}::uuid[], ${words.map(({ externalKey }) => externalKey)}::text[]) as x (id, key)
    left join customers.source_record r on r.customer_id = x.id and r.source_id = ${sourceId}::smallint and r.external_key = x.key
    order by x.id on conflict (customer_id, run_id, source_id, external_key) do nothing`.execute(db)
}

/**
 * Gives sources the words back that they had before a run, some customers at a time in ascending order; words that another run has brought since stay, and undoing that run
 * brings back what was before this one. Returns the last customer, null at the end.
 */
export async function restoreSourceRecords(db: Db, runId: string, after: string | null, limit: number): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select distinct customer_id as id from customers.source_record_before
    where run_id = ${runId}::uuid and customer_id > ${after ?? '00000000-0000-0000-0000-000000000000'}::uuid order by 1 limit ${limit}`.execute(
    db,
  )
  if (rows.length === 0) return null
  const mine = sql`b.run_id = ${runId}::uuid and b.customer_id = any(${rows.map(({ id }) => id)}::uuid[])`
  const same = (other: string) =>
    sql.raw(`${other}.customer_id = b.customer_id and ${other}.source_id = b.source_id and ${other}.external_key = b.external_key`)
  await sql`
    update customers.source_record_before later set before = b.before from customers.source_record_before b
    where ${mine} and ${same('later')} and later.run_id <> b.run_id and later.before->>'run_id' = ${runId}::text`.execute(db)
  await sql`
    delete from customers.source_record r using customers.source_record_before b
    where ${mine} and ${same('r')} and r.run_id = ${runId}::uuid and b.before is null`.execute(db)
  await sql`
    update customers.source_record r set fields = former.fields, run_id = former.run_id, seen_at = former.seen_at
    from customers.source_record_before b cross join lateral jsonb_populate_record(null::customers.source_record, b.before) former
    where ${mine} and ${same('r')} and r.run_id = ${runId}::uuid and b.before is not null`.execute(db)
  await sql`delete from customers.source_record_before b where ${mine}`.execute(db)
  return rows.length < limit ? null : rows.at(-1)!.id
}
