import { type SqlBool, sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { Channel } from '../domain/channel.ts'
import { type Commitment, type Kind, nobody, type State, whoseWork } from '../domain/commitment.ts'
import type { RepeatUnit } from '../domain/recurrence.ts'
import type { Step } from '../domain/visit.ts'

export const columns = [
  'customer_id',
  'id',
  'kind',
  'title',
  'note',
  'owner_id',
  'requested_by',
  'due_day',
  'due_at',
  'starts_at',
  'ends_at',
  'channel',
  'place',
  'purpose',
  'plan',
  'ours',
  'theirs',
  'steps',
  'repeat_unit',
  'repeat_every',
  'repeat_from',
  'state',
  'outcome',
  'closed_at',
  'closed_by',
  'interaction_id',
  'origin_module',
  'origin_id',
  'created_at',
  'created_by',
  'version',
] as const

type Row = Awaited<ReturnType<typeof rowById>> & object

export function commitmentOf(row: Row): Commitment {
  return {
    customerId: row.customer_id === nobody ? null : row.customer_id,
    id: row.id,
    kind: row.kind as Kind,
    title: row.title,
    note: row.note,
    ownerId: row.owner_id,
    requestedBy: row.requested_by,
    dueDay: row.due_day,
    dueAt: row.due_at,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    channel: row.channel as Channel | null,
    place: row.place,
    purpose: row.purpose,
    plan: row.plan,
    ours: row.ours,
    theirs: row.theirs,
    steps: row.steps as unknown as readonly Step[],
    repeat:
      row.repeat_unit === null || row.repeat_every === null || row.repeat_from === null
        ? null
        : { unit: row.repeat_unit as RepeatUnit, every: row.repeat_every, from: row.repeat_from },
    state: row.state as State,
    outcome: row.outcome,
    closedAt: row.closed_at,
    closedBy: row.closed_by,
    interactionId: row.interaction_id,
    origin: row.origin_module === null || row.origin_id === null ? null : { module: row.origin_module, id: row.origin_id },
    createdAt: row.created_at,
    createdBy: row.created_by,
    version: row.version,
  }
}

const rowById = (db: Db, id: string) => db.selectFrom('commitments.commitment').select(columns).where('id', '=', id).executeTakeFirst()

/** By its id alone; the index by id says whose it is. */
export async function commitmentById(db: Db, id: string): Promise<Commitment | null> {
  const row = await rowById(db, id)
  return row ? commitmentOf(row) : null
}

/** Some by their ids, locked in their order until the transaction ends. Only for whoever keeps customers from being merged meanwhile. */
export async function heldCommitments(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Commitment>> {
  const rows = await db
    .selectFrom('commitments.commitment')
    .select(columns)
    .where('id', '=', (e) => e.fn.any(e.val(ids)))
    .orderBy('id')
    .forUpdate()
    .execute()
  return new Map(rows.map((row) => [row.id, commitmentOf(row)]))
}

const rowOf = (commitment: Commitment) => ({
  customer_id: commitment.customerId ?? nobody,
  id: commitment.id,
  kind: commitment.kind,
  title: commitment.title,
  note: commitment.note,
  owner_id: commitment.ownerId,
  requested_by: commitment.requestedBy,
  due_day: commitment.dueDay,
  due_at: commitment.dueAt,
  starts_at: commitment.startsAt,
  ends_at: commitment.endsAt,
  channel: commitment.channel,
  place: commitment.place,
  purpose: commitment.purpose,
  plan: commitment.plan,
  ours: [...commitment.ours],
  theirs: [...commitment.theirs],
  steps: JSON.stringify(commitment.steps),
  repeat_unit: commitment.repeat?.unit ?? null,
  repeat_every: commitment.repeat?.every ?? null,
  repeat_from: commitment.repeat?.from ?? null,
  state: commitment.state,
  outcome: commitment.outcome,
  closed_at: commitment.closedAt,
  closed_by: commitment.closedBy,
  interaction_id: commitment.interactionId,
  origin_module: commitment.origin?.module ?? null,
  origin_id: commitment.origin?.id ?? null,
  created_at: commitment.createdAt,
  created_by: commitment.createdBy,
  version: commitment.version,
})

/** Those that are there already stay as they are; says which were new. */
export async function insertCommitments(db: Db, commitments: readonly Commitment[]): Promise<ReadonlySet<string>> {
  if (commitments.length === 0) return new Set()
  const made = await db
    .insertInto('commitments.commitment')
    .values(commitments.map(rowOf))
    .onConflict((conflict) => conflict.columns(['customer_id', 'id']).doNothing())
    .returning('id')
    .execute()
  return new Set(made.map(({ id }) => id))
}

/** Writes a commitment as it is now, one version on. False when somebody else was faster: then nothing is written. */
export async function updateCommitment(db: Db, commitment: Commitment): Promise<boolean> {
  const { customer_id, id, version, created_at, created_by, ...set } = rowOf(commitment)
  const { numUpdatedRows } = await db
    .updateTable('commitments.commitment')
    .set({ ...set, version: version + 1 })
    .where('customer_id', '=', customer_id)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Cancels many that are open, each one version on, and answers those that it reached. */
export async function cancelOpen(
  db: Db,
  each: readonly { readonly customerId: string | null; readonly id: string }[],
  at: Date,
  by: string,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: string; version: number }>`
    update commitments.commitment c set state = 'cancelled', outcome = null, closed_at = ${at}::timestamptz, closed_by = ${by}::text, version = c.version + 1
    from unnest(${each.map(({ customerId }) => customerId ?? nobody)}::uuid[], ${each.map(({ id }) => id)}::uuid[]) given (customer_id, id)
    where c.customer_id = given.customer_id and c.id = given.id and c.state = 'open'
    returning c.id, c.version`.execute(db)
  return new Map(rows.map(({ id, version }) => [id, version]))
}

/** From whom to whom one commitment goes. */
export interface Giving {
  readonly customerId: string | null
  readonly id: string
  readonly fromOwner: string
  readonly ownerId: string
}

/**
 * Gives many to others in one statement, each one version on, and answers those that it reached: by then another may be closed or owed by somebody else. What else was written meanwhile stays as it is.
 */
export async function giveToOthers(db: Db, each: readonly Giving[]): Promise<readonly (Giving & { readonly version: number })[]> {
  if (each.length === 0) return []
  const { rows } = await sql<Giving & { version: number }>`
    update commitments.commitment c set owner_id = given.owner_id, version = c.version + 1
    from unnest(
      ${each.map(({ customerId }) => customerId ?? nobody)}::uuid[], ${each.map(({ id }) => id)}::uuid[],
      ${each.map(({ fromOwner }) => fromOwner)}::text[], ${each.map(({ ownerId }) => ownerId)}::text[]
    ) given (customer_id, id, from_owner, owner_id)
    where c.customer_id = given.customer_id and c.id = given.id and c.owner_id = given.from_owner and c.state = 'open'
    returning nullif(c.customer_id, ${nobody}::uuid) as "customerId", c.id, c.version, given.from_owner as "fromOwner", c.owner_id as "ownerId"`.execute(
    db,
  )
  return rows
}

/** Of two who book a time of the same person at once the second waits here, and then sees the first. */
export async function lockCalendarOf(db: Db, ownerId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`commitments.calendar ${ownerId}`}::text, 0))`.execute(db)
}

/** What of somebody's takes place within a time already, the earliest. */
export async function takenBy(db: Db, ownerId: string, from: Date, to: Date, except: string): Promise<Commitment | null> {
  const row = await db
    .selectFrom('commitments.commitment')
    .select(columns)
    .where('owner_id', '=', ownerId)
    // Nothing takes longer than two weeks, so the index needs to look back no further.
    .where(
      sql<SqlBool>`starts_at > ${from}::timestamptz - interval '14 days' and starts_at < ${to}::timestamptz and ends_at > ${from}::timestamptz`,
    )
    .where('state', '=', 'open')
    .where('id', '<>', except)
    .orderBy('starts_at')
    .limit(1)
    .executeTakeFirst()
  return row ? commitmentOf(row) : null
}

/** Those of some customers about whom there is a commitment. */
export async function customersWithCommitments(db: Db, ids: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct customer_id as id from (
      select customer_id from commitments.commitment where customer_id = any(${ids}::uuid[])
      union all select customer_id from commitments.signal where customer_id = any(${ids}::uuid[])
      union all select customer_id from commitments.worksheet where customer_id = any(${ids}::uuid[])
      union all select customer_id from commitments.cadence where customer_id = any(${ids}::uuid[])) known`.execute(db)
  return rows.map(({ id }) => id)
}

/** Whose each of some commitments is, for the shell. */
export async function whoseCommitments(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly customerId: string | null; readonly ownerIds: readonly string[] }>> {
  const { rows } = await sql<{ id: string; customerId: string | null; ownerId: string; requestedBy: string; ours: readonly string[] }>`
    select id, nullif(customer_id, ${nobody}::uuid) as "customerId", owner_id as "ownerId", requested_by as "requestedBy", ours
    from commitments.commitment where id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, customerId, ...people }) => [id, { customerId, ownerIds: whoseWork(people) }]))
}
