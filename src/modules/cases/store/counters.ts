import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { TicketState } from '../domain/counter.ts'
import type { Tier } from '../domain/taxonomy.ts'

export interface ServicePoint {
  readonly id: string
  readonly name: string
  readonly prefix: string
  /** What makes its public address one that nobody guesses. */
  readonly display: string
  readonly active: boolean
  readonly version: number
}
const pointColumns = ['id', 'name', 'prefix', 'display', 'active', 'version'] as const

export const allPoints = (db: Db): Promise<ServicePoint[]> =>
  db.selectFrom('cases.service_point').select(pointColumns).orderBy('name').orderBy('id').execute()

export async function pointById(db: Db, id: string): Promise<ServicePoint | null> {
  return (await db.selectFrom('cases.service_point').select(pointColumns).where('id', '=', id).executeTakeFirst()) ?? null
}

/** The same for whoever issues a number: others who do wait, so that numbers follow each other. */
export async function holdPoint(db: Db, id: string): Promise<ServicePoint | null> {
  return (await db.selectFrom('cases.service_point').select(pointColumns).where('id', '=', id).forUpdate().executeTakeFirst()) ?? null
}

export async function pointOfDisplay(db: Db, display: string): Promise<ServicePoint | null> {
  return (await db.selectFrom('cases.service_point').select(pointColumns).where('display', '=', display).executeTakeFirst()) ?? null
}

export async function insertPoint(
  db: Db,
  { id, name, prefix, display }: Omit<ServicePoint, 'active' | 'version'>,
  made: { readonly now: Date; readonly by: string },
): Promise<void> {
  await db.insertInto('cases.service_point').values({ id, name, prefix, display, made_at: made.now, made_by: made.by }).execute()
}

/** False when somebody else was faster: then nothing is written. */
export async function updatePoint(db: Db, { id, version, ...point }: ServicePoint): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('cases.service_point')
    .set({ ...point, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export interface Ticket {
  readonly id: string
  readonly pointId: string
  readonly day: string
  readonly number: number
  readonly state: TicketState
  readonly tier: Tier | null
  readonly rankAt: Date
  readonly issuedAt: Date
  readonly calledAt: Date | null
  readonly calledBy: string | null
  readonly counter: string | null
  readonly endedAt: Date | null
  readonly caseId: string | null
  readonly version: number
}
const ticketColumns = [
  'id',
  'point_id as pointId',
  'day',
  'number',
  'state',
  'tier',
  'rank_at as rankAt',
  'issued_at as issuedAt',
  'called_at as calledAt',
  'called_by as calledBy',
  'counter',
  'ended_at as endedAt',
  'case_id as caseId',
  'version',
] as const

/** Issues the next number of a day; the caller holds the point. */
export async function insertTicket(
  db: Db,
  {
    id,
    pointId,
    day,
    tier,
    rankAt,
    issuedAt,
    by,
  }: Pick<Ticket, 'id' | 'pointId' | 'day' | 'tier' | 'rankAt' | 'issuedAt'> & { readonly by: string },
): Promise<number> {
  const { rows } = await sql<{ number: number }>`
    insert into cases.ticket (point_id, day, number, id, state, tier, rank_at, issued_at, issued_by)
    select ${pointId}::uuid, ${day}::date, coalesce(max(number), 0) + 1, ${id}::uuid, 'waiting', ${tier}::text, ${rankAt}::timestamptz, ${issuedAt}::timestamptz, ${by}::text
    from cases.ticket where point_id = ${pointId}::uuid and day = ${day}::date returning number`.execute(db)
  return rows[0]!.number
}

/** The number that is called next and that nobody else is calling at this moment: it is held, so that of many who ask at once each gets another. */
export async function firstInLine(db: Db, pointId: string, day: string): Promise<Ticket | null> {
  const row = await db
    .selectFrom('cases.ticket')
    .select(ticketColumns)
    .where('point_id', '=', pointId)
    .where('day', '=', day)
    .where('state', '=', 'waiting')
    .orderBy('rank_at')
    .orderBy('number')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  return (row as Ticket | undefined) ?? null
}

/** Writes what became of a number. False when somebody else was faster: then nothing is written. */
export async function updateTicket(
  db: Db,
  { id, version }: Pick<Ticket, 'id' | 'version'>,
  change: Partial<Pick<Ticket, 'state' | 'calledAt' | 'calledBy' | 'counter' | 'endedAt' | 'caseId'>>,
): Promise<boolean> {
  const { state, calledAt, calledBy, counter, endedAt, caseId } = change
  const set = { state, called_at: calledAt, called_by: calledBy, counter, ended_at: endedAt, case_id: caseId, version: version + 1 }
  const { numUpdatedRows } = await db
    .updateTable('cases.ticket')
    .set(Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined)))
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function ticketById(db: Db, id: string): Promise<Ticket | null> {
  return ((await db.selectFrom('cases.ticket').select(ticketColumns).where('id', '=', id).executeTakeFirst()) as Ticket | undefined) ?? null
}

/** Numbers of a day in some state: those that wait in the order in which they are called, the others the last called first. */
export async function ticketsOf(db: Db, pointId: string, day: string, state: TicketState, limit: number): Promise<readonly Ticket[]> {
  const rows = await db
    .selectFrom('cases.ticket')
    .select(ticketColumns)
    .where('point_id', '=', pointId)
    .where('day', '=', day)
    .where('state', '=', state)
    .orderBy((e) => (state === 'waiting' ? e.ref('rank_at') : sql`called_at desc`))
    .orderBy('number')
    .limit(limit)
    .execute()
  return rows as readonly Ticket[]
}

export interface DayAtPoint {
  readonly pointId: string
  readonly waiting: number
  readonly served: number
  readonly noShow: number
  /** How many were called, and how long they had waited together. */
  readonly called: number
  readonly seconds: number
}

/** How a day goes at some points. */
export async function dayAtPoints(db: Db, pointIds: readonly string[], day: string): Promise<ReadonlyMap<string, DayAtPoint>> {
  const { rows } = await sql<DayAtPoint>`
    select point_id as "pointId", count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state = 'served')::int as served,
      count(*) filter (where state = 'no-show')::int as "noShow", count(called_at)::int as called, coalesce(sum(extract(epoch from called_at - issued_at)), 0)::float8 as seconds
    from cases.ticket where point_id = any(${pointIds}::uuid[]) and day = ${day}::date group by point_id`.execute(db)
  return new Map(rows.map((row) => [row.pointId, row]))
}

/** Whose some numbers are, where anybody knows. */
export async function customersOfTickets(db: Db, ticketIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ticketIds.length === 0) return new Map()
  const { rows } = await sql<{ ticketId: string; customerId: string }>`
    select ticket_id as "ticketId", customer_id as "customerId" from cases.ticket_customer where ticket_id = any(${ticketIds}::uuid[])`.execute(
    db,
  )
  return new Map(rows.map(({ ticketId, customerId }) => [ticketId, customerId]))
}

/** Whose a number is, in the place of whoever stood there before. */
export async function writeTicketCustomer(db: Db, ticketId: string, customerId: string): Promise<void> {
  await sql`delete from cases.ticket_customer where ticket_id = ${ticketId}::uuid and customer_id <> ${customerId}::uuid`.execute(db)
  await db
    .insertInto('cases.ticket_customer')
    .values({ customer_id: customerId, ticket_id: ticketId })
    .onConflict((conflict) => conflict.columns(['customer_id', 'ticket_id']).doNothing())
    .execute()
}
