import { type SqlBool, sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { ExtraType, ObservationState, ServiceLayer } from '../domain/service-layers.ts'

export interface Observation {
  readonly customerId: string
  readonly id: string
  readonly noticed: string
  /** The need that the customer may have and has not voiced. */
  readonly hypothesis: string | null
  readonly state: ObservationState
  readonly noticedAt: Date
  readonly noticedBy: string
  readonly version: number
}
interface On {
  readonly by: string
  readonly now: Date
}
export interface MomentPlace {
  readonly at: Date
  readonly id: string
}

const columns = [
  'customer_id as customerId',
  'id',
  'noticed',
  'hypothesis',
  'state',
  'noticed_at as noticedAt',
  'noticed_by as noticedBy',
  'version',
] as const
const observation = (row: Omit<Observation, 'state'> & { readonly state: string }): Observation => ({
  ...row,
  state: row.state as ObservationState,
})

/** What was noticed about a customer, newest first. */
export async function observationsOf(db: Db, customerId: string, limit: number): Promise<Observation[]> {
  const rows = await db
    .selectFrom('value.observation')
    .select(columns)
    .where('customer_id', '=', customerId)
    .orderBy('noticed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(observation)
}

/** What nobody has acted on yet, of all customers, newest first, behind a place. */
export async function openObservations(db: Db, after: MomentPlace | null, limit: number): Promise<Observation[]> {
  const rows = await db
    .selectFrom('value.observation')
    .select(columns)
    .where(sql<SqlBool>`state in ('noticed', 'supposed')`)
    .$if(after !== null, (query) => query.where(sql<SqlBool>`(noticed_at, id) < (${after?.at}::timestamptz, ${after?.id}::uuid)`))
    .orderBy('noticed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(observation)
}

export async function observationOf(db: Db, customerId: string, id: string): Promise<Observation | null> {
  const row = await db
    .selectFrom('value.observation')
    .select(columns)
    .where('customer_id', '=', customerId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? observation(row) : null
}

export async function insertObservation(
  db: Db,
  { customerId, id, noticed, hypothesis, state }: Pick<Observation, 'customerId' | 'id' | 'noticed' | 'hypothesis' | 'state'>,
  on: On,
): Promise<Observation> {
  const row = await db
    .insertInto('value.observation')
    .values({
      customer_id: customerId,
      ...{ id, noticed, hypothesis, state },
      ...{ noticed_at: on.now, noticed_by: on.by, changed_at: on.now, changed_by: on.by },
    })
    .returning(columns)
    .executeTakeFirstOrThrow()
  return observation(row)
}

/** Undefined when somebody else was faster. */
export async function updateObservation(
  db: Db,
  { customerId, id, version, noticed, hypothesis, state }: Observation,
  on: On,
): Promise<Observation | undefined> {
  const row = await db
    .updateTable('value.observation')
    .set({ noticed, hypothesis, state, version: version + 1, changed_at: on.now, changed_by: on.by })
    .where('customer_id', '=', customerId)
    .where('id', '=', id)
    .where('version', '=', version)
    .returning(columns)
    .executeTakeFirst()
  return row && observation(row)
}

/** A service that was given to one customer. */
export interface Given {
  readonly customerId: string
  readonly id: string
  readonly serviceId: string | null
  readonly observationId: string | null
  readonly layer: ServiceLayer
  readonly extraType: ExtraType | null
  readonly expected: boolean
  readonly what: string
  readonly givenOn: string
  readonly costMinor: number
  readonly scoreBefore: number | null
  readonly scoreAfter: number | null
  readonly reaction: string | null
  readonly givenBy: string
  readonly version: number
}

const givenColumns = [
  'customer_id as customerId',
  'id',
  'service_id as serviceId',
  'observation_id as observationId',
  'layer',
  'extra_type as extraType',
  'expected',
  'what',
  'given_on as givenOn',
  'cost_minor as costMinor',
  'score_before as scoreBefore',
  'score_after as scoreAfter',
  'reaction',
  'given_by as givenBy',
  'version',
] as const
const given = (row: Omit<Given, 'layer' | 'extraType'> & { readonly layer: string; readonly extraType: string | null }): Given => ({
  ...row,
  layer: row.layer as ServiceLayer,
  extraType: row.extraType as ExtraType | null,
})

/** What was given to a customer, newest first. */
export async function givenTo(db: Db, customerId: string, limit: number): Promise<Given[]> {
  const rows = await db
    .selectFrom('value.service_given')
    .select(givenColumns)
    .where('customer_id', '=', customerId)
    .orderBy('given_on', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(given)
}

export async function givenById(db: Db, customerId: string, id: string): Promise<Given | null> {
  const row = await db
    .selectFrom('value.service_given')
    .select(givenColumns)
    .where('customer_id', '=', customerId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? given(row) : null
}

export async function insertGiven(db: Db, one: Omit<Given, 'version'>, on: On): Promise<Given> {
  const row = await db
    .insertInto('value.service_given')
    .values({
      ...{ customer_id: one.customerId, id: one.id, service_id: one.serviceId, observation_id: one.observationId },
      ...{ layer: one.layer, extra_type: one.extraType, expected: one.expected, given_by: one.givenBy },
      ...{ ...changing(one), changed_at: on.now, changed_by: on.by },
    })
    .returning(givenColumns)
    .executeTakeFirstOrThrow()
  return given(row)
}

/** Undefined when somebody else was faster. */
export async function updateGiven(db: Db, one: Given, on: On): Promise<Given | undefined> {
  const row = await db
    .updateTable('value.service_given')
    .set({ ...changing(one), version: one.version + 1, changed_at: on.now, changed_by: on.by })
    .where('customer_id', '=', one.customerId)
    .where('id', '=', one.id)
    .where('version', '=', one.version)
    .returning(givenColumns)
    .executeTakeFirst()
  return row && given(row)
}

const changing = (one: Pick<Given, 'what' | 'givenOn' | 'costMinor' | 'scoreBefore' | 'scoreAfter' | 'reaction'>) => ({
  what: one.what,
  given_on: one.givenOn,
  cost_minor: one.costMinor,
  score_before: one.scoreBefore,
  score_after: one.scoreAfter,
  reaction: one.reaction,
})
