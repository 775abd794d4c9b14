import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'

/** Why an order of a message is not in. */
export interface IntakeProblem {
  readonly number: string | null
  readonly reason: string
  readonly detail: string
}

export interface Delivery {
  readonly id: string
  readonly senderId: string | null
  readonly receivedAt: Date
  readonly bytes: number
  readonly state: 'waiting' | 'done' | 'failed'
  readonly attempts: number
  readonly dueAt: Date
  readonly attemptedAt: Date | null
  readonly brought: number
  readonly problems: readonly IntakeProblem[]
}

export interface NewDelivery {
  readonly id: string
  readonly intakeId: string
  readonly key: string
  readonly senderId: string | null
  readonly body: Buffer
  readonly now: Date
}

/** Keeps a message; false where it came before. */
export async function addDelivery(db: Db, { id, intakeId, key, senderId, body, now }: NewDelivery): Promise<boolean> {
  const row = await db
    .insertInto('orders.intake_delivery')
    .values({
      id,
      intake_id: intakeId,
      key,
      sender_id: senderId,
      received_at: now,
      bytes: body.length,
      body,
      state: 'waiting',
      attempts: 0,
      due_at: now,
      brought: 0,
      problems: '[]',
    })
    .onConflict((conflict) => conflict.columns(['intake_id', 'key']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Messages of an address, the newest first, strictly before the given one. */
export async function deliveriesBefore(db: Db, intakeId: string, before: string | null, limit: number): Promise<Delivery[]> {
  const rows = await db
    .selectFrom('orders.intake_delivery')
    .select(columns)
    .where('intake_id', '=', intakeId)
    .$if(before !== null, (query) => query.where('id', '<', before!))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => row as unknown as Delivery)
}

export interface DueDelivery {
  readonly id: string
  readonly intakeId: string
  readonly body: Buffer
  readonly attempts: number
  readonly receivedAt: Date
}

/** The message that has waited longest; nobody else works on it until the transaction ends. */
export async function takeDueDelivery(db: Db, now: Date): Promise<DueDelivery | undefined> {
  const row = await due(db, now).forNoKeyUpdate().skipLocked().executeTakeFirst()
  return row && { ...row, body: row.body ?? Buffer.alloc(0) }
}

export const isAnyDeliveryDue = async (db: Db, now: Date): Promise<boolean> => (await due(db, now).executeTakeFirst()) !== undefined

const due = (db: Db, now: Date) =>
  db
    .selectFrom('orders.intake_delivery')
    .select(['id', 'intake_id as intakeId', 'body', 'attempts', 'received_at as receivedAt'])
    .where('state', '=', 'waiting')
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .orderBy('id')
    .limit(1)

export type Attempted = Pick<Delivery, 'state' | 'attempts' | 'dueAt' | 'brought' | 'problems'> & { readonly at: Date }

/** What is in needs its message no longer: it names people. */
export const noteAttempt = (db: Db, id: string, { state, attempts, dueAt, brought, problems, at }: Attempted) =>
  db
    .updateTable('orders.intake_delivery')
    .set({
      state,
      attempts,
      due_at: dueAt,
      attempted_at: at,
      brought,
      problems: JSON.stringify(problems),
      ...(state === 'done' ? { body: null } : {}),
    })
    .where('id', '=', id)
    .execute()

/** Makes a message due at once, as if it had never been tried; false where it is in already, or is no more. */
export async function repeatDelivery(db: Db, intakeId: string, id: string, now: Date): Promise<boolean> {
  const row = await db
    .updateTable('orders.intake_delivery')
    .set({ state: 'waiting', attempts: 0, due_at: now })
    .where('id', '=', id)
    .where('intake_id', '=', intakeId)
    .where('state', '<>', 'done')
    .where('body', 'is not', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Takes away messages that name somebody who was erased; what they were to bring cannot come in any more. Capitals and escapes of JSON make no difference. */
export async function forgetMessages(db: Db, texts: readonly string[]): Promise<number> {
  const written = [...new Set(texts.flatMap((text) => [text, JSON.stringify(text).slice(1, -1), inAscii(text)]))]
  const problems: readonly IntakeProblem[] = [
    { number: null, reason: 'person-erased', detail: 'The message named a person who was erased meanwhile; it was taken away' },
  ]
  const { numAffectedRows } = await sql`
    with sought as (
      select array_agg('%' || regexp_replace(encode(convert_to(text, 'UTF8'), 'escape'), '([\\\\%_])', '\\\\\\1', 'g') || '%') as patterns
      from unnest(${written}::text[]) x (text)
    )
    update orders.intake_delivery set body = null, state = 'failed', problems = ${JSON.stringify(problems)}::jsonb
    from sought where body is not null and encode(body, 'escape') ilike any(sought.patterns)`.execute(db)
  return Number(numAffectedRows ?? 0n)
}

/** As JSON of those says it who write everything in ASCII. */
const inAscii = (text: string) =>
  JSON.stringify(text)
    .slice(1, -1)
    .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

export const forgetDeliveries = (db: Db, before: Date) =>
  db.deleteFrom('orders.intake_delivery').where('received_at', '<', before).where('state', '<>', 'waiting').execute()

/** The newest state that each of some orders came in. */
export async function knownStates(db: Db, intakeId: string, numbers: readonly string[]): Promise<Map<string, Date>> {
  if (numbers.length === 0) return new Map()
  const rows = await db
    .selectFrom('orders.intake_order')
    .select(['number', 'state_at'])
    .where('intake_id', '=', intakeId)
    .where('number', 'in', [...numbers])
    .execute()
  return new Map(rows.map((row) => [row.number, row.state_at]))
}

export async function noteStates(
  db: Db,
  intakeId: string,
  states: readonly { readonly number: string; readonly at: Date }[],
): Promise<void> {
  if (states.length === 0) return
  await db
    .insertInto('orders.intake_order')
    .values(states.map(({ number, at }) => ({ intake_id: intakeId, number, state_at: at })))
    .onConflict((conflict) =>
      conflict.columns(['intake_id', 'number']).doUpdateSet((eb) => ({
        state_at: eb.fn<Date>('greatest', [eb.ref('orders.intake_order.state_at'), eb.ref('excluded.state_at')]),
      })),
    )
    .execute()
}

const columns = [
  'id',
  'sender_id as senderId',
  'received_at as receivedAt',
  'bytes',
  'state',
  'attempts',
  'due_at as dueAt',
  'attempted_at as attemptedAt',
  'brought',
  'problems',
] as const
