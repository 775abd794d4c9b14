import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { Case, State } from '../domain/case.ts'
import { findingOf, remedyMinor } from '../domain/fold.ts'
import { priorityOf, recoveredMinor } from '../domain/standing.ts'
import type { Kind, Tier } from '../domain/taxonomy.ts'

/** What lists know of a case. */
export interface CaseRow {
  readonly customerId: string
  readonly id: string
  readonly number: string
  readonly kind: Kind
  readonly processKey: string
  readonly processVersion: number
  readonly step: string
  readonly state: State
  readonly paused: boolean
  readonly subject: string
  readonly channel: string
  readonly category: string | null
  readonly reason: string | null
  readonly severity: number
  readonly priority: number
  readonly finding: string | null
  readonly ownerId: string | null
  readonly departmentId: string | null
  readonly personId: string | null
  readonly problemId: string | null
  readonly orderId: string | null
  readonly tier: Tier | null
  readonly dueAt: Date | null
  readonly nextAt: Date | null
  readonly rankAt: Date
  readonly late: boolean
  readonly receivedAt: Date
  readonly openedAt: Date
  readonly openedBy: string
  readonly resolvedAt: Date | null
  readonly closedAt: Date | null
  readonly reopened: number
  readonly proactive: boolean
  readonly recurred: boolean
  readonly repeatOf: string | null
  /** The first look said that something has to be done at once; see `atOnceBecause`. */
  readonly immediate: boolean
  readonly foundBy: string | null
  readonly version: number
}

export const columns = [
  'customer_id as customerId',
  'id',
  'number',
  'kind',
  'process_key as processKey',
  'process_version as processVersion',
  'step',
  'state',
  'paused',
  'subject',
  'channel',
  'category',
  'reason',
  'severity',
  'priority',
  'finding',
  'owner_id as ownerId',
  'department_id as departmentId',
  'person_id as personId',
  'problem_id as problemId',
  'order_id as orderId',
  'tier',
  'due_at as dueAt',
  'next_at as nextAt',
  'rank_at as rankAt',
  'late',
  'received_at as receivedAt',
  'opened_at as openedAt',
  'opened_by as openedBy',
  'resolved_at as resolvedAt',
  'closed_at as closedAt',
  'reopened',
  'proactive',
  'recurred',
  'repeat_of as repeatOf',
  'immediate',
  'found_by as foundBy',
  'version',
] as const

/** The same of the row `c` of a statement that is written out, beside what else is wanted. */
export const columnsWith = (...more: readonly string[]) =>
  sql.raw([...columns.map((name) => `c.${name.replace(/ as (.*)/, ' as "$1"')}`), ...more].join(', '))

/** When the clocks of a case want to be looked at, as `domain/clocks` reads from the log, and its place in queues. */
export interface ClockColumns {
  readonly dueAt: Date | null
  readonly nextAt: Date | null
  readonly rankAt: Date
}

const valuesOf = (one: Case, { dueAt, nextAt, rankAt }: ClockColumns) => ({
  number: one.number,
  kind: one.kind,
  process_key: one.process.key,
  process_version: one.process.version,
  step: one.step,
  state: one.state,
  paused: one.paused !== null,
  subject: one.record.subject,
  channel: one.record.channel,
  language: one.record.language,
  category: one.record.category,
  reason: one.record.reason,
  severity: one.record.severity,
  priority: priorityOf(one),
  finding: findingOf(one),
  owner_id: one.ownerId,
  assigned_at: one.assignedAt,
  department_id: one.departmentId,
  person_id: one.personId,
  cause_id: one.cause?.causeId ?? null,
  problem_id: one.problemId,
  order_id: one.record.orderId,
  product_code: one.record.productCode,
  policy_id: one.policy?.policyId ?? null,
  policy_version: one.policy?.version ?? null,
  tier: one.policy?.tier ?? null,
  // Older records do not say it; what the row says stays then.
  team_id: one.policy === null ? null : one.policy.teamId,
  due_at: dueAt,
  next_at: nextAt,
  rank_at: rankAt,
  late: one.late.length > 0,
  received_at: one.record.receivedAt,
  opened_at: one.openedAt,
  opened_by: one.openedBy,
  acknowledged_at: one.acknowledged?.at ?? null,
  answered_at: (one.answered ?? one.replied ?? one.told)?.at ?? null,
  resolved_at: one.resolvedAt,
  closed_at: one.closedAt,
  reopened: one.reopened,
  transfers: one.transfers.length,
  satisfied: one.feedback?.satisfied ?? null,
  remedy_minor: remedyMinor(one),
  recovered_minor: recoveredMinor(one),
  minutes: one.minutes,
  repeat_of: one.repeatOf,
  proactive: one.proactive,
  recurred: one.recurrence !== null,
  immediate: one.assessed?.immediate ?? false,
  found_by: one.found?.caseId ?? null,
})

/** False where there is a case of this id already: then nothing is written. */
export async function insertCase(db: Db, customerId: string, id: string, one: Case, clocks: ClockColumns): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('cases.case')
    .values({ customer_id: customerId, id, ...valuesOf(one, clocks), version: one.version })
    .onConflict((conflict) => conflict.columns(['customer_id', 'id']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Writes a case as its events tell it now. False when somebody else was faster: then nothing is written. */
export async function updateCase(
  db: Db,
  customerId: string,
  id: string,
  before: number,
  one: Case,
  clocks: ClockColumns,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('cases.case')
    .set({ ...valuesOf(one, clocks), version: one.version })
    .where('customer_id', '=', customerId)
    .where('id', '=', id)
    .where('version', '=', before)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** The cases about one order of a customer, but for those that became part of another or never counted; an order has few. */
export async function casesOfOrder(db: Db, customerId: string, orderId: string): Promise<CaseRow[]> {
  const rows = await db
    .selectFrom('cases.case')
    .select(columns)
    .where('customer_id', '=', customerId)
    .where('order_id', '=', orderId)
    .where('state', 'not in', ['merged', 'converted', 'withdrawn'])
    .orderBy('id')
    .limit(50)
    .execute()
  return rows as CaseRow[]
}

/** Cases about an order that ended since a moment and cost something, the latest first, behind a place; for those whose order is refunded by a file. */
export async function endedWithOrder(
  db: Db,
  since: Date,
  after: { readonly closedAt: Date; readonly id: string } | null,
  limit: number,
): Promise<readonly { readonly customerId: string; readonly id: string; readonly orderId: string; readonly closedAt: Date }[]> {
  const rows = await db
    .selectFrom('cases.case')
    .select(['customer_id as customerId', 'id', 'order_id as orderId', 'closed_at as closedAt'])
    .where('closed_at', '>=', since)
    .where('order_id', 'is not', null)
    .where('remedy_minor', '>', 0)
    .$if(after !== null, (q) => q.where(sql<boolean>`(closed_at, id) < (${after?.closedAt}::timestamptz, ${after?.id}::uuid)`))
    .orderBy('closed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.flatMap(({ customerId, id, orderId, closedAt }) =>
    closedAt === null || orderId === null ? [] : [{ customerId, id, orderId, closedAt }],
  )
}

/** By its id alone; the index by id says whose it is. */
export async function caseById(db: Db, id: string): Promise<CaseRow | null> {
  const row = await db.selectFrom('cases.case').select(columns).where('id', '=', id).executeTakeFirst()
  return (row as CaseRow | undefined) ?? null
}

/** Keeps others from acting on a case until the end of the transaction. */
export const holdCase = (db: Db, customerId: string, id: string) =>
  sql`select 1 from cases.case where customer_id = ${customerId}::uuid and id = ${id}::uuid for update`.execute(db)

export async function nextNumber(db: Db): Promise<number> {
  const { rows } = await sql<{ next: string }>`select nextval(pg_get_serial_sequence('cases.series', 'last')) as next`.execute(db)
  return Number(rows[0]!.next)
}

/** Those of some customers about whom there is a case. */
export async function customersWithCases(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select distinct customer_id as id from cases.case where customer_id = any(${ids}::uuid[])`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

export interface WhoseCase {
  readonly id: string
  readonly customerId: string
  readonly people: readonly string[]
  readonly departmentId: string | null
}

/** Whom each of some cases is about, and who has to do with it. */
export async function whoseCases(db: Db, ids: readonly string[]): Promise<readonly WhoseCase[]> {
  const { rows } = await sql<WhoseCase>`
    select id, customer_id as "customerId", array_remove(array[owner_id, person_id, opened_by], null) as people, department_id as "departmentId"
    from cases.case where id = any(${ids}::uuid[])`.execute(db)
  return rows
}

/** An open case of a customer on the same matter: same kind and reason, or same order; the newest. */
export async function sameMatter(
  db: Db,
  customerId: string,
  matter: {
    readonly kind: Kind
    readonly category: string | null
    readonly reason: string | null
    readonly orderId: string | null
    readonly since: Date
  },
): Promise<CaseRow | null> {
  const row = await db
    .selectFrom('cases.case')
    .select(columns)
    .where('customer_id', '=', customerId)
    .where('kind', '=', matter.kind)
    // Of what the company raised itself the customer has not complained yet.
    .where('proactive', '=', false)
    .where('state', 'not in', ['merged', 'converted'])
    .where('opened_at', '>=', matter.since)
    .where((e) =>
      e.or([
        ...(matter.reason === null ? [] : [e.and([e('category', '=', matter.category), e('reason', '=', matter.reason)])]),
        ...(matter.orderId === null
          ? []
          : [e.and([e('order_id', '=', matter.orderId), e('category', 'is not distinct from', matter.category)])]),
      ]),
    )
    .orderBy('opened_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (row as CaseRow | undefined) ?? null
}
