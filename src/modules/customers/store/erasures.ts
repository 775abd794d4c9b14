import { sql } from 'kysely'
import type { Reach } from '#platform/context.ts'
import type { Place } from '#platform/cursor.ts'
import type { Db } from '#platform/database/connection.ts'
import type { ThingOwner } from '#platform/module.ts'

/** Asked for; confirmed while the law wants something kept, and carried out once it does not; confirmed and under way; carried out; taken back. */
export const erasureStates = ['requested', 'waiting', 'confirmed', 'done', 'withdrawn'] as const
export type ErasureState = (typeof erasureStates)[number]

/** Neither carried out nor withdrawn. */
export const isOpenErasure = (state: ErasureState): boolean => state !== 'done' && state !== 'withdrawn'

export interface Erasure {
  readonly id: string
  readonly customerId: string
  readonly name: string
  readonly state: ErasureState
  readonly reason: string
  readonly holdReason: string | null
  readonly holdUntil: string | null
  readonly requestedBy: string
  readonly requestedAt: Date
  readonly confirmedBy: string | null
  readonly confirmedAt: Date | null
  readonly runId: string | null
  readonly endedAt: Date | null
  readonly version: number
}

const columns = sql`e.id, e.customer_id as "customerId", c.name, e.state, e.reason, e.hold_reason as "holdReason", e.hold_until as "holdUntil",
  e.requested_by as "requestedBy", e.requested_at as "requestedAt", e.confirmed_by as "confirmedBy", e.confirmed_at as "confirmedAt", e.run_id as "runId",
  e.ended_at as "endedAt", e.version`
const from = sql`customers.erasure e join customers.customer c on c.customer_id = e.customer_id`

/** Requests on customers within reach, newest first, behind a place (requested at, id). */
export async function listErasures(
  db: Db,
  ask: { state?: ErasureState | undefined; customerId?: string | undefined; reach: Reach; after: Place | null; limit: number },
): Promise<readonly Erasure[]> {
  const { after, reach } = ask
  const { rows } = await sql<Erasure>`
    select ${columns} from ${from} where ${reach === 'all' ? sql`true` : sql`c.owner_id = any(${reach}::text[])`}
      ${ask.state === undefined ? sql`` : sql`and e.state = ${ask.state}`}
      ${ask.customerId === undefined ? sql`` : sql`and e.customer_id = ${ask.customerId}::uuid`}
      ${after === null ? sql`` : sql`and (e.requested_at, e.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`}
    order by e.requested_at desc, e.id desc limit ${sql.lit(ask.limit)}`.execute(db)
  return rows
}

/** One request; nobody else decides about it until the transaction ends. */
export async function erasureById(db: Db, id: string): Promise<Erasure | undefined> {
  const { rows } = await sql<Erasure>`select ${columns} from ${from} where e.id = ${id}::uuid for update of e`.execute(db)
  return rows[0]
}

/** Requests to erase one of these customers that are neither carried out nor withdrawn. */
export const openErasures = (db: Db, customerIds: readonly string[]): Promise<{ id: string; customerId: string }[]> =>
  db
    .selectFrom('customers.erasure')
    .select(['id', 'customer_id as customerId'])
    .where('customer_id', 'in', customerIds)
    .where('state', 'in', erasureStates.filter(isOpenErasure))
    .execute()

/** Requests that wait, behind an id; nobody else decides about them until the transaction ends. */
export async function waitingErasures(db: Db, after: string | null, limit: number): Promise<readonly Erasure[]> {
  const { rows } = await sql<Erasure>`
    select ${columns} from ${from} where e.state = 'waiting' ${after === null ? sql`` : sql`and e.id > ${after}::uuid`}
    order by e.id limit ${sql.lit(limit)} for update of e`.execute(db)
  return rows
}

export async function insertErasure(
  db: Db,
  erasure: Pick<Erasure, 'id' | 'customerId' | 'reason' | 'requestedBy' | 'requestedAt'>,
): Promise<void> {
  await db
    .insertInto('customers.erasure')
    .values({
      customer_id: erasure.customerId,
      id: erasure.id,
      state: 'requested',
      reason: erasure.reason,
      requested_by: erasure.requestedBy,
      requested_at: erasure.requestedAt,
    })
    .execute()
}

type Change = Partial<Pick<Erasure, 'state' | 'holdReason' | 'holdUntil' | 'confirmedBy' | 'confirmedAt' | 'runId' | 'endedAt'>>

export async function updateErasure(
  db: Db,
  { customerId, id, version }: Pick<Erasure, 'customerId' | 'id' | 'version'>,
  change: Change,
): Promise<void> {
  const given = {
    state: change.state,
    hold_reason: change.holdReason,
    hold_until: change.holdUntil,
    confirmed_by: change.confirmedBy,
    confirmed_at: change.confirmedAt,
    run_id: change.runId,
    ended_at: change.endedAt,
  }
  await db
    .updateTable('customers.erasure')
    .set({ ...given, version: version + 1 })
    .where('customer_id', '=', customerId)
    .where('id', '=', id)
    .execute()
}

/** Whatever a run was to carry out and did not is to be confirmed again; where it had waited, it waits again, as two people want it already. */
export async function reopenErasures(
  db: Db,
  runId: string,
  waited: boolean,
): Promise<readonly Pick<Erasure, 'requestedBy' | 'confirmedBy'>[]> {
  const to = waited ? { state: 'waiting' } : { state: 'requested', confirmed_by: null, confirmed_at: null }
  return db
    .updateTable('customers.erasure')
    .set((eb) => ({ ...to, run_id: null, version: eb('version', '+', 1) }))
    .where('run_id', '=', runId)
    .where('state', '=', 'confirmed')
    .returning(['requested_by as requestedBy', 'confirmed_by as confirmedBy'])
    .execute()
}

/** Whose the requests are. */
export async function erasureOwners(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, ThingOwner>> {
  const { rows } = await sql<{ id: string; customerId: string }>`
    select id, customer_id as "customerId" from customers.erasure where id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, customerId }) => [id, { customerId, ownerIds: [] }]))
}
