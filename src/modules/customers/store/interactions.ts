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
/** What a person notes beside that. */
export interface Touch extends Interaction {
  readonly opinion: string | null
  readonly nextStep: string | null
  readonly nextStepOn: string | null
  readonly version: number
  readonly withdrawnAt: Date | null
}

export async function insertTouch(db: Db, touch: Touch, now: Date): Promise<void> {
  const further = { opinion: touch.opinion, next_step: touch.nextStep, next_step_on: touch.nextStepOn }
  await db
    .insertInto('customers.interaction')
    .values({ ...rowOf(touch, now), ...further })
    .execute()
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

/** Writes a touch anew and keeps what it said. False when somebody else was faster: then nothing is written. */
export async function updateTouch(db: Db, before: Touch, after: Touch, by: string, now: Date): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    with written as (
      update customers.interaction set occurred_at = ${after.occurredAt}, channel = ${after.channel}, direction = ${after.direction}, stage = ${after.stage},
        summary = ${after.summary}, minutes = ${after.minutes}, cost_minor = ${after.costMinor}, opinion = ${after.opinion}, next_step = ${after.nextStep},
        next_step_on = ${after.nextStepOn}, withdrawn_at = ${after.withdrawnAt}, version = version + 1
      where customer_id = ${before.customerId} and id = ${before.id} and version = ${before.version} returning customer_id, id
    ), kept as (
      insert into customers.interaction_before (customer_id, interaction_id, version, content, changed_at, changed_by)
      select customer_id, id, ${before.version}::int, ${JSON.stringify(before)}::jsonb, ${now}::timestamptz, ${by} from written
    )
    select id from written`.execute(db)
  return rows.length > 0
}

export interface TouchBefore {
  readonly version: number
  readonly content: { readonly summary: string; readonly opinion: string | null; readonly nextStep: string | null }
  readonly changedAt: Date
  readonly changedBy: string
}

/** What a touch said before, newest first. */
export async function touchHistory(db: Db, customerId: string, interactionId: string): Promise<readonly TouchBefore[]> {
  const { rows } = await sql<TouchBefore>`
    select version, content, changed_at as "changedAt", changed_by as "changedBy" from customers.interaction_before
    where customer_id = ${customerId} and interaction_id = ${interactionId} order by version desc`.execute(db)
  return rows
}

const touchColumns = [
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
  'opinion',
  'next_step as nextStep',
  'next_step_on as nextStepOn',
  'version',
  'withdrawn_at as withdrawnAt',
] as const

export async function touchById(db: Db, customerId: string, id: string): Promise<Touch | undefined> {
  const row = await db
    .selectFrom('customers.interaction')
    .select(touchColumns)
    .where('customer_id', '=', customerId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row as Touch | undefined
}

/** A customer's touches strictly before a place, newest first; those that were withdrawn only where they are asked for. */
export async function listInteractions(
  db: Db,
  customerId: string,
  before: { at: Date; id: string } | null,
  limit: number,
  { evenWithdrawn = false }: { readonly evenWithdrawn?: boolean } = {},
): Promise<Touch[]> {
  let query = db.selectFrom('customers.interaction').select(touchColumns).where('customer_id', '=', customerId)
  if (!evenWithdrawn) query = query.where('withdrawn_at', 'is', null)
  // The place may be another module's entry, whose id is no uuid; a uuid's text sorts as the uuid does.
  if (before)
    query = query
      .where('occurred_at', '<=', before.at)
      .where(sql<boolean>`(occurred_at, id::text collate "C") < (${before.at}::timestamptz, ${before.id}::text)`)
  const rows = await query.orderBy('occurred_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
  return rows as Touch[]
}

/** Touches of one customer by channel; withdrawn ones do not count. */
export async function touchesByChannel(
  db: Db,
  customerId: string,
): Promise<readonly { channel: Channel; touches: number; minutes: number; lastAt: Date }[]> {
  const { rows } = await sql<{ channel: Channel; touches: number; minutes: number; lastAt: Date }>`
    select channel, count(*)::int as touches, sum(minutes)::int as minutes, max(occurred_at) as "lastAt" from customers.interaction
    where customer_id = ${customerId} and withdrawn_at is null group by channel order by count(*) desc, channel`.execute(db)
  return rows
}

/** Touches as entries of the timeline. A withdrawn one says no more than that it was there. */
export async function interactionEntries(
  db: Db,
  customerId: string,
  before: { at: Date; id: string } | null,
  limit: number,
): Promise<TimelineEntry[]> {
  const touches = await listInteractions(db, customerId, before, limit, { evenWithdrawn: true })
  return touches.map(
    ({
      id,
      occurredAt,
      stage,
      channel,
      direction,
      summary,
      minutes,
      costMinor,
      opinion,
      nextStep,
      nextStepOn,
      version,
      recordedBy,
      withdrawnAt,
    }) => ({
      id,
      at: occurredAt,
      kind: 'customers.interaction',
      stage,
      by: recordedBy,
      values: withdrawnAt
        ? { channel, direction, withdrawn: true }
        : { channel, direction, summary, minutes, costMinor, opinion, nextStep, nextStepOn, corrected: version > 1 },
    }),
  )
}
