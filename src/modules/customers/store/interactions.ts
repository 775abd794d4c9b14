import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { TimelineEntry } from '#platform/module.ts'
import type { Channel, Stage } from '../domain/interaction.ts'

export interface Interaction {
  readonly id: string
  readonly customerId: string
  readonly occurredAt: Date
  readonly channel: Channel
  readonly direction: 'in' | 'out'
  readonly stage: Stage
  readonly summary: string
  readonly minutes: number
  readonly costMinor: number | null
  readonly recordedBy: string
}

export async function insertInteraction(db: Db, touch: Interaction, now: Date): Promise<void> {
  await db.insertInto('customers.interaction').values(rowOf(touch, now)).execute()
}

/** Many touches at once, for loads; those that are there already stay as they are. */
export async function insertInteractions(db: Db, touches: readonly Interaction[], now: Date): Promise<void> {
  if (touches.length === 0) return
  await db
    .insertInto('customers.interaction')
    .values(touches.map((touch) => rowOf(touch, now)))
    .onConflict((conflict) => conflict.columns(['customer_id', 'id']).doNothing())
    .execute()
}

const rowOf = (touch: Interaction, now: Date) => ({
  customer_id: touch.customerId,
  id: touch.id,
  occurred_at: touch.occurredAt,
  channel: touch.channel,
  direction: touch.direction,
  stage: touch.stage,
  summary: touch.summary,
  minutes: touch.minutes,
  cost_minor: touch.costMinor,
  recorded_by: touch.recordedBy,
  recorded_at: now,
})

/** A customer's touches strictly before a place, newest first. */
export async function listInteractions(
  db: Db,
  customerId: string,
  before: { at: Date; id: string } | null,
  limit: number,
): Promise<Interaction[]> {
  let query = db
    .selectFrom('customers.interaction')
    .select([
      'id',
      'customer_id as customerId',
      'occurred_at as occurredAt',
      'channel',
      'direction',
      'stage',
      'summary',
      'minutes',
      'cost_minor as costMinor',
      'recorded_by as recordedBy',
    ])
    .where('customer_id', '=', customerId)
  // The place may be another module's entry, whose id is no uuid; a uuid's text sorts as the uuid does.
  if (before)
    query = query
      .where('occurred_at', '<=', before.at)
      .where(sql<boolean>`(occurred_at, id::text collate "C") < (${before.at}::timestamptz, ${before.id}::text)`)
  const rows = await query.orderBy('occurred_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
  return rows as Interaction[]
}

/** Touches as entries of the timeline. */
export async function interactionEntries(
  db: Db,
  customerId: string,
  before: { at: Date; id: string } | null,
  limit: number,
): Promise<TimelineEntry[]> {
  const touches = await listInteractions(db, customerId, before, limit)
  return touches.map(({ id, occurredAt, stage, channel, direction, summary, minutes, costMinor }) => ({
    id,
    at: occurredAt,
    kind: 'customers.interaction',
    stage,
    values: { channel, direction, summary, minutes, costMinor },
  }))
}
