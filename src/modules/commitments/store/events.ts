import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { nobody } from '../domain/commitment.ts'

/** What can happen to a commitment. */
export type Happening = 'created' | 'changed' | 'postponed' | 'handed-over' | 'completed' | 'cancelled' | 'reopened' | 'broken'

export interface CommitmentEvent {
  readonly id: string
  /** The commitment's version from then on. */
  readonly version: number
  readonly what: Happening
  readonly changes: Readonly<Record<string, readonly [unknown, unknown]>>
  readonly note: string | null
  readonly at: Date
  readonly by: string
}

export interface NewEvent extends CommitmentEvent {
  readonly customerId: string | null
  readonly commitmentId: string
}

export async function insertEvents(db: Db, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return
  await db
    .insertInto('commitments.event')
    .values(
      events.map(({ customerId, commitmentId, changes, ...event }) => ({
        ...event,
        customer_id: customerId ?? nobody,
        commitment_id: commitmentId,
        changes: JSON.stringify(changes),
      })),
    )
    .onConflict((conflict) => conflict.columns(['customer_id', 'id']).doNothing())
    .execute()
}

/** What happened with one commitment, oldest first; the last hundred, which is more than anybody reads. */
export async function eventsOf(db: Db, customerId: string | null, commitmentId: string): Promise<CommitmentEvent[]> {
  const rows = await db
    .selectFrom('commitments.event')
    .select(['id', 'version', 'what', 'changes', 'note', 'at', 'by'])
    .where('customer_id', '=', customerId ?? nobody)
    .where('commitment_id', '=', commitmentId)
    .orderBy('version', 'desc')
    .limit(100)
    .execute()
  return rows.toReversed() as unknown as CommitmentEvent[]
}

export interface ToldEvent {
  readonly id: string
  readonly at: Date
  readonly by: string
  readonly what: 'created' | 'completed' | 'cancelled'
  readonly kind: string
  readonly title: string
  readonly dueDay: string | null
  readonly note: string | null
}

/** What the timeline tells: what was promised or planned, done and cancelled; what became a contact is told by the contact itself, and of reviews only that they were done. Newest first, strictly before a place. */
export async function toldEvents(db: Db, customerId: string, before: { at: Date; id: string } | null, limit: number): Promise<ToldEvent[]> {
  // The place may be another module's entry, whose id is no uuid; a uuid's text sorts as the uuid does.
  const behind = before
    ? sql`and e.at <= ${before.at}::timestamptz and (e.at, e.id::text collate "C") < (${before.at}::timestamptz, ${before.id}::text)`
    : sql``
  const { rows } = await sql<ToldEvent>`
    select e.id, e.at, e.by, e.what, c.kind, c.title, c.due_day as "dueDay", e.note
    from commitments.event e join commitments.commitment c on c.customer_id = e.customer_id and c.id = e.commitment_id
    where e.customer_id = ${customerId}::uuid and e.what in ('created', 'completed', 'cancelled')
      and not (e.what = 'completed' and c.interaction_id is not null)
      and not (e.what = 'created' and c.kind = 'review') ${behind}
    order by e.at desc, e.id desc limit ${limit}`.execute(db)
  return rows
}
