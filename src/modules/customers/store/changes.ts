import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'

/** One row of a customer's history. Values are anything that JSON holds; null is "nothing". */
export interface RecordedChange {
  readonly id: string
  readonly field: string
  readonly before: unknown
  readonly after: unknown
}

const json = (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value))

/** Changes as rows `x (id, field, before, after)` for the statement that makes them. */
export const changeLists = (changes: readonly RecordedChange[]) => sql`
  unnest(${changes.map(({ id }) => id)}::uuid[], ${changes.map(({ field }) => field)}::text[],
    ${changes.map(({ before }) => json(before))}::jsonb[], ${changes.map(({ after }) => json(after))}::jsonb[]) as x (id, field, before, after)`

/** Notes changes in the histories of many customers at once. A run says that it was it. */
export async function noteChanges(
  db: Db,
  noted: readonly { readonly customerId: string; readonly change: RecordedChange }[],
  { by, now, runId }: { readonly by: string; readonly now: Date; readonly runId: string | null },
): Promise<void> {
  if (noted.length === 0) return
  const ids = noted.map(({ change }) => change.id)
  const owners = noted.map(({ customerId }) => customerId)
  await sql`
    insert into customers.change (customer_id, id, field, before, after, changed_at, changed_by, run_id)
    select o.customer_id, x.*, ${now}::timestamptz, ${by}, ${runId}::uuid
    from ${changeLists(noted.map(({ change }) => change))} join unnest(${ids}::uuid[], ${owners}::uuid[]) o (id, customer_id) on o.id = x.id`.execute(
    db,
  )
}

export interface Change extends RecordedChange {
  readonly at: Date
  readonly by: string
  readonly runId: string | null
}

/** A customer's history, newest first, from behind a place on. */
export async function listChanges(db: Db, customerId: string, after: { at: string; id: string } | null, limit: number): Promise<Change[]> {
  let query = db
    .selectFrom('customers.change')
    .select(['id', 'field', 'before', 'after', 'changed_at as at', 'changed_by as by', 'run_id as runId'])
    .where('customer_id', '=', customerId)
  if (after) query = query.where(sql<boolean>`(changed_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`)
  return query.orderBy('changed_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

/** Histories once named whom a relation led to; nobody is told who that is there. */
export const withoutOthers = (change: Change): Change =>
  change.field === 'relation' ? { ...change, before: withoutName(change.before), after: withoutName(change.after) } : change

function withoutName(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  const { name: _, ...said } = value as Readonly<Record<string, unknown>>
  return said
}
