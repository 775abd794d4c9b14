import { type SqlBool, sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { nobody } from '../domain/commitment.ts'
import type { SignalState } from '../domain/signal.ts'

export interface Signal {
  readonly customerId: string | null
  readonly id: string
  readonly text: string
  readonly source: string | null
  readonly state: SignalState
  readonly isTrue: boolean | null
  readonly isImportant: boolean | null
  readonly judgement: string | null
  readonly reaction: string | null
  /** The task that is the reaction. */
  readonly commitmentId: string | null
  readonly capturedAt: Date
  readonly capturedBy: string
  readonly judgedAt: Date | null
  readonly judgedBy: string | null
  readonly reactedAt: Date | null
  readonly reactedBy: string | null
}

const signals = (db: Db) =>
  db
    .selectFrom('commitments.signal')
    .select([
      sql<string | null>`nullif(customer_id, ${nobody}::uuid)`.as('customerId'),
      'id',
      'text',
      'source',
      'state',
      'is_true as isTrue',
      'is_important as isImportant',
      'judgement',
      'reaction',
      'commitment_id as commitmentId',
      'captured_at as capturedAt',
      'captured_by as capturedBy',
      'judged_at as judgedAt',
      'judged_by as judgedBy',
      'reacted_at as reactedAt',
      'reacted_by as reactedBy',
    ])

export async function insertSignals(db: Db, all: readonly Signal[]): Promise<void> {
  if (all.length === 0) return
  await db
    .insertInto('commitments.signal')
    .values(all.map((signal) => ({ customer_id: signal.customerId ?? nobody, id: signal.id, ...rowOf(signal) })))
    .onConflict((conflict) => conflict.columns(['customer_id', 'id']).doNothing())
    .execute()
}

const rowOf = (signal: Signal) => ({
  text: signal.text,
  source: signal.source,
  state: signal.state,
  is_true: signal.isTrue,
  is_important: signal.isImportant,
  judgement: signal.judgement,
  reaction: signal.reaction,
  commitment_id: signal.commitmentId,
  captured_at: signal.capturedAt,
  captured_by: signal.capturedBy,
  judged_at: signal.judgedAt,
  judged_by: signal.judgedBy,
  reacted_at: signal.reactedAt,
  reacted_by: signal.reactedBy,
})

/** With `lock`, nobody else changes it until the transaction ends. */
export async function signalById(db: Db, id: string, options: { lock?: boolean } = {}): Promise<Signal | null> {
  const query = signals(db).where('id', '=', id)
  const found = (await query.executeTakeFirst()) as Signal | undefined
  if (!found || !options.lock) return found ?? null
  // One customer per lock: the statement that locks names whose row it is.
  const locked = query.where('customer_id', '=', found.customerId ?? nobody).forUpdate()
  return ((await locked.executeTakeFirst()) as Signal | undefined) ?? null
}

export async function updateSignal(db: Db, signal: Signal): Promise<void> {
  await db
    .updateTable('commitments.signal')
    .set(rowOf(signal))
    .where('customer_id', '=', signal.customerId ?? nobody)
    .where('id', '=', signal.id)
    .execute()
}

/** Open ones the oldest first, closed ones the newest first, behind a place. */
export async function listSignals(
  db: Db,
  filter: { readonly open: boolean; readonly before: Date | null },
  after: { at: Date; id: string } | null,
  limit: number,
): Promise<Signal[]> {
  const states = filter.open ? sql<SqlBool>`state in ('captured', 'judged')` : sql<SqlBool>`state in ('reacted', 'dismissed')`
  const order = filter.open ? 'asc' : 'desc'
  const behind = filter.open ? sql`>` : sql`<`
  const rows = await signals(db)
    .where(states)
    .$if(filter.before !== null, (q) => q.where('captured_at', '<', filter.before))
    .$if(after !== null, (q) => q.where(sql<SqlBool>`(captured_at, id) ${behind} (${after?.at}::timestamptz, ${after?.id}::uuid)`))
    .orderBy('captured_at', order)
    .orderBy('id', order)
    .limit(limit)
    .execute()
  return rows as Signal[]
}

/** What was heard of one customer, the newest first, behind a place. */
export async function signalsOf(db: Db, customerId: string, after: { at: Date; id: string } | null, limit: number): Promise<Signal[]> {
  const rows = await signals(db)
    .where('customer_id', '=', customerId)
    .$if(after !== null, (q) => q.where(sql<SqlBool>`(captured_at, id) < (${after?.at}::timestamptz, ${after?.id}::uuid)`))
    .orderBy('captured_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows as Signal[]
}

/** Whose each of some signals is, for the shell. */
export async function whoseSignals(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly customerId: string | null; readonly ownerIds: readonly string[] }>> {
  const { rows } = await sql<{ id: string; customerId: string | null; ownerIds: readonly string[] }>`
    select id, nullif(customer_id, ${nobody}::uuid) as "customerId", array[captured_by] as "ownerIds" from commitments.signal where id = any(${ids}::uuid[])`.execute(
    db,
  )
  return new Map(rows.map(({ id, ...whose }) => [id, whose]))
}
