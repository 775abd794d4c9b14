import { type SqlBool, sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { Commitment, Kind, Origin } from '../domain/commitment.ts'
import { columns, commitmentOf } from './commitments.ts'

/** After every date, so that what has none stands last. */
const noDate = new Date('9999-01-01T00:00:00Z')
const dueOr = sql<Date>`coalesce(due_at, ${noDate}::timestamptz)`

export interface Place {
  readonly at: Date
  readonly id: string
}
export const placeOf = ({ dueAt, id }: Commitment): Place => ({ at: dueAt ?? noDate, id })

const commitments = (db: Db) => db.selectFrom('commitments.commitment').select(columns)

/** What somebody owes and what has a date up to a moment, the latest overdue first. */
export async function owedUntil(db: Db, ownerId: string, until: Date, limit: number): Promise<Commitment[]> {
  const rows = await commitments(db)
    .where('owner_id', '=', ownerId)
    .where('state', '=', 'open')
    .where('due_at', '<=', until)
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(commitmentOf)
}

/** What somebody owes without a date. */
export async function owedSomeDay(db: Db, ownerId: string, limit: number): Promise<Commitment[]> {
  const rows = await commitments(db)
    .where('owner_id', '=', ownerId)
    .where('state', '=', 'open')
    .where('due_at', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(commitmentOf)
}

/** What others owe to somebody who asked for it. */
export async function owedTo(db: Db, userId: string, limit: number): Promise<Commitment[]> {
  const rows = await commitments(db)
    .where('requested_by', '=', userId)
    .whereRef('owner_id', '<>', 'requested_by')
    .where('state', '=', 'open')
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(commitmentOf)
}

/** What takes place between two moments, of somebody or with them, and (with `due`) what they owe by then; in the order of the day. */
export async function inCalendar(
  db: Db,
  userId: string,
  from: Date,
  to: Date,
  options: { readonly due: boolean; readonly cancelled?: boolean; readonly limit: number },
): Promise<Commitment[]> {
  // Nothing takes longer than two weeks, so the index needs to look back no further.
  const within = sql<SqlBool>`starts_at > ${from}::timestamptz - interval '14 days' and starts_at < ${to}::timestamptz and ends_at > ${from}::timestamptz`
  const rows = await commitments(db)
    .where((e) =>
      e.or([
        e.and([e('owner_id', '=', userId), within]),
        e.and([sql<SqlBool>`ours <> '{}' and ours @> array[${userId}]::text[]`, within]),
        ...(options.due
          ? [
              e.and([
                e('owner_id', '=', userId),
                e('state', '=', 'open'),
                e('starts_at', 'is', null),
                sql<SqlBool>`due_at > ${from}::timestamptz and due_at <= ${to}::timestamptz`,
              ]),
            ]
          : []),
      ]),
    )
    .$if(!options.cancelled, (query) => query.where('state', '<>', 'cancelled'))
    .orderBy(sql`coalesce(starts_at, due_at)`)
    .orderBy('id')
    .limit(options.limit)
    .execute()
  return rows.map(commitmentOf)
}

/** Everything of one customer: what is open the soonest first, or what is closed the newest first, behind a place. */
export async function ofCustomer(db: Db, customerId: string, open: boolean, after: Place | null, limit: number): Promise<Commitment[]> {
  const query = commitments(db).where('customer_id', '=', customerId)
  const rows = open
    ? await query
        .where('state', '=', 'open')
        .$if(after !== null, (q) => q.where(sql<SqlBool>`(${dueOr}, id) > (${after?.at}::timestamptz, ${after?.id}::uuid)`))
        .orderBy(dueOr)
        .orderBy('id')
        .limit(limit)
        .execute()
    : await query
        .where('state', '<>', 'open')
        .$if(after !== null, (q) => q.where(sql<SqlBool>`(closed_at, id) < (${after?.at}::timestamptz, ${after?.id}::uuid)`))
        .orderBy('closed_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute()
  return rows.map(commitmentOf)
}

/** Everything open about some customers. */
export async function openAbout(db: Db, customerIds: readonly string[]): Promise<Commitment[]> {
  const theirs = sql<SqlBool>`customer_id = any(${customerIds}::uuid[])`
  return (await commitments(db).where(theirs).where('state', '=', 'open').orderBy('id').execute()).map(commitmentOf)
}

/** What somebody owes, by date, behind a place. */
export async function openOf(
  db: Db,
  ownerId: string,
  kinds: readonly Kind[] | null,
  after: Place | null,
  limit: number,
): Promise<Commitment[]> {
  const rows = await commitments(db)
    .where('owner_id', '=', ownerId)
    .where('state', '=', 'open')
    .$if(kinds !== null, (q) => q.where(sql<SqlBool>`kind = any(${kinds}::text[])`))
    .$if(after !== null, (q) => q.where(sql<SqlBool>`(${dueOr}, id) > (${after?.at}::timestamptz, ${after?.id}::uuid)`))
    .orderBy(dueOr)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(commitmentOf)
}

/** Planned contacts of some customers: open, with a channel and a date from a moment on. */
export async function plannedContacts(db: Db, customerIds: readonly string[], from: Date): Promise<Commitment[]> {
  if (customerIds.length === 0) return []
  const rows = await commitments(db)
    .where(sql<SqlBool>`customer_id = any(${customerIds}::uuid[])`)
    .where('state', '=', 'open')
    .where('channel', 'is not', null)
    .where('due_at', '>', from)
    .orderBy('due_at')
    .execute()
  return rows.map(commitmentOf)
}

/** Those of some customers whose archive was reviewed since a moment, with the latest review. */
export async function reviewedSince(db: Db, customerIds: readonly string[], since: Date): Promise<ReadonlySet<string>> {
  if (customerIds.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select distinct customer_id as id from commitments.commitment
    where customer_id = any(${customerIds}::uuid[]) and state = 'done' and kind = 'review' and closed_at >= ${since}::timestamptz`.execute(
    db,
  )
  return new Set(rows.map(({ id }) => id))
}

/** What another module brought about for one of its reasons. */
export async function ofOrigin(db: Db, customerId: string, origin: Origin): Promise<Commitment[]> {
  const rows = await commitments(db)
    .where('customer_id', '=', customerId)
    .where('origin_module', '=', origin.module)
    .where('origin_id', '=', origin.id)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(commitmentOf)
}
