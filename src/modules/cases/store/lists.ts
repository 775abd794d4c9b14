import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { states } from '../domain/case.ts'
import { kinds } from '../domain/taxonomy.ts'
import { type CaseRow, columns, columnsWith } from './cases.ts'

/** Where a queue goes on: behind this rank and id. */
export interface QueuePlace {
  readonly rankAt: Date
  readonly id: string
}
/** Where a list by time goes on: behind this moment and id. */
export interface TimePlace {
  readonly at: Date
  readonly id: string
}

export interface Wanted {
  readonly kinds: readonly string[] | null
  readonly states: readonly string[] | null
  readonly late: boolean | null
  /** Only about these customers, who are few; null: about anybody. */
  readonly customerIds: readonly string[] | null
}

/** Whose open cases: somebody's, those of teams, of departments, nobody's, or all. */
export type Queue =
  | { readonly of: 'owner'; readonly ownerId: string }
  /** What the members of teams handle, and what of nobody is for these teams to serve. */
  | { readonly of: 'teams'; readonly teamIds: readonly string[]; readonly memberIds: readonly string[] }
  | { readonly of: 'departments'; readonly departmentIds: readonly string[] }
  | { readonly of: 'nobody' }
  | { readonly of: 'all' }

/** Open cases in the order in which they are to be handled. */
export async function queued(
  db: Db,
  queue: Queue,
  { kinds, late, customerIds }: Wanted,
  after: QueuePlace | null,
  limit: number,
): Promise<CaseRow[]> {
  const behind = after ? sql`and (c.rank_at, c.id) > (${after.rankAt}::timestamptz, ${after.id}::uuid)` : sql``
  const kind = kinds ? sql`and c.kind = any(${kinds}::text[])` : sql``
  const isLate = late === null ? sql`` : sql`and c.late = ${late}`
  const order = sql`order by c.rank_at, c.id limit ${limit}`
  const open = sql`select ${selected} from cases.case c where c.state = 'open'`
  if (customerIds !== null)
    return rowsOf(
      db,
      sql<CaseRow>`select c.* from unnest(${customerIds}::uuid[]) u (id)
        cross join lateral (${open} and c.customer_id = u.id ${within(queue)} ${kind} ${isLate} ${behind} ${order}) c order by c."rankAt", c.id limit ${limit}`,
    )
  if (queue.of === 'owner') return rowsOf(db, sql<CaseRow>`${open} and c.owner_id = ${queue.ownerId} ${kind} ${isLate} ${behind} ${order}`)
  if (queue.of === 'teams')
    // Each member has their own order in the index, and what waits for a team has its; together they are merged from the first of each.
    return rowsOf(
      db,
      sql<CaseRow>`select c.* from (
        select c.* from unnest(${queue.memberIds}::text[]) m (id) cross join lateral (${open} and c.owner_id = m.id ${kind} ${isLate} ${behind} ${order}) c
        union all
        select c.* from unnest(${queue.teamIds}::uuid[]) t (id)
          cross join lateral (${open} and c.owner_id is null and c.team_id = t.id ${kind} ${isLate} ${behind} ${order}) c
        ) c order by c."rankAt", c.id limit ${limit}`,
    )
  if (queue.of === 'departments')
    // Each department has its own order in the index; together they are merged from the first of each.
    return rowsOf(
      db,
      sql<CaseRow>`select c.* from unnest(${queue.departmentIds}::uuid[]) d (id)
        cross join lateral (${open} and c.department_id = d.id ${kind} ${isLate} ${behind} ${order}) c order by c."rankAt", c.id limit ${limit}`,
    )
  const nobody = queue.of === 'nobody' ? sql`and c.owner_id is null` : sql``
  if (kinds === null && late === null) return rowsOf(db, sql<CaseRow>`${open} ${nobody} ${behind} ${order}`)
  return rowsOf(
    db,
    sql<CaseRow>`select c.* from unnest(${kinds ?? everyKind}::text[]) k (kind) cross join unnest(${latenesses(late)}::bool[]) l (late)
      cross join lateral (${open} and c.kind = k.kind and c.late = l.late ${nobody} ${behind} ${order}) c order by c."rankAt", c.id limit ${limit}`,
  )
}

/** What a queue asks of a case that is found by its customer. */
function within(queue: Queue): RawBuilder<unknown> {
  if (queue.of === 'owner') return sql`and c.owner_id = ${queue.ownerId}`
  if (queue.of === 'departments') return sql`and c.department_id = any(${queue.departmentIds}::uuid[])`
  if (queue.of === 'teams')
    return sql`and (c.owner_id = any(${queue.memberIds}::text[]) or (c.owner_id is null and c.team_id = any(${queue.teamIds}::uuid[])))`
  return queue.of === 'nobody' ? sql`and c.owner_id is null` : sql``
}

/** Every case, the newest first. */
export async function allCases(
  db: Db,
  { kinds, states: wanted, late, customerIds }: Wanted,
  after: TimePlace | null,
  limit: number,
): Promise<CaseRow[]> {
  const behind = after ? sql`and (c.opened_at, c.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``
  const order = sql`order by c.opened_at desc, c.id desc limit ${limit}`
  if (customerIds !== null) {
    const kind = kinds ? sql`and c.kind = any(${kinds}::text[])` : sql``
    const state = wanted ? sql`and c.state = any(${wanted}::text[])` : sql``
    const isLate = late === null ? sql`` : sql`and c.late = ${late}`
    return rowsOf(
      db,
      sql<CaseRow>`select c.* from unnest(${customerIds}::uuid[]) u (id)
        cross join lateral (select ${selected} from cases.case c where c.customer_id = u.id ${kind} ${state} ${isLate} ${behind} ${order}) c
        order by c."openedAt" desc, c.id desc limit ${limit}`,
    )
  }
  if (kinds === null && wanted === null && late === null)
    return rowsOf(db, sql<CaseRow>`select ${selected} from cases.case c where true ${behind} ${order}`)
  // Of each kind and state that is wanted the first of the index: something rare is found without a look at everything else.
  return rowsOf(
    db,
    sql<CaseRow>`select c.* from unnest(${kinds ?? everyKind}::text[]) k (kind) cross join unnest(${wanted ?? everyState}::text[]) s (state)
      cross join unnest(${latenesses(late)}::bool[]) l (late)
      cross join lateral (select ${selected} from cases.case c where c.kind = k.kind and c.state = s.state and c.late = l.late ${behind} ${order}) c
      order by c."openedAt" desc, c.id desc limit ${limit}`,
  )
}

const everyKind: readonly string[] = kinds
const everyState: readonly string[] = states
const latenesses = (late: boolean | null): readonly boolean[] => (late === null ? [true, false] : [late])

const selected = columnsWith()
const rowsOf = async (db: Db, query: RawBuilder<CaseRow>): Promise<CaseRow[]> => [...(await query.execute(db)).rows]

export async function casesNumbered(db: Db, number: string): Promise<CaseRow[]> {
  return (await db.selectFrom('cases.case').select(columns).where('number', '=', number).limit(10).execute()) as CaseRow[]
}

/** What somebody handles and has not ended, the newest first; also what is settled and still looked at. */
export async function goingOf(db: Db, ownerId: string, after: TimePlace | null, limit: number): Promise<CaseRow[]> {
  let query = db.selectFrom('cases.case').select(columns).where('owner_id', '=', ownerId).where('state', 'in', ['open', 'resolved'])
  if (after) query = query.where(sql<SqlBool>`(opened_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`)
  return (await query.orderBy('opened_at', 'desc').orderBy('id', 'desc').limit(limit).execute()) as CaseRow[]
}

/** What has not ended about some customers. */
export async function goingAbout(db: Db, customerIds: readonly string[]): Promise<readonly CaseRow[]> {
  const query = db.selectFrom('cases.case').select(columns).where(sql<SqlBool>`customer_id = any(${customerIds}::uuid[])`)
  return (await query.where('state', 'in', ['open', 'resolved']).orderBy('customer_id').orderBy('id').execute()) as CaseRow[]
}

/** One customer's cases, the newest first. */
export async function casesOf(db: Db, customerId: string, after: TimePlace | null, limit: number): Promise<CaseRow[]> {
  let query = db.selectFrom('cases.case').select(columns).where('customer_id', '=', customerId)
  if (after) query = query.where(sql<SqlBool>`(opened_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`)
  return (await query.orderBy('opened_at', 'desc').orderBy('id', 'desc').limit(limit).execute()) as CaseRow[]
}

/** Some cases, in no order. */
export async function casesByIds(
  db: Db,
  named: readonly { readonly customerId: string; readonly caseId: string }[],
): Promise<readonly CaseRow[]> {
  if (named.length === 0) return []
  const customers = [...new Set(named.map(({ customerId }) => customerId))]
  const ids = [...new Set(named.map(({ caseId }) => caseId))]
  const query = db.selectFrom('cases.case').select(columns).where(sql<SqlBool>`customer_id = any(${customers}::uuid[])`)
  return (await query.where(sql<SqlBool>`id = any(${ids}::uuid[])`).execute()) as CaseRow[]
}

/** What a customer suggested, the newest first; what became part of another case or was taken back is none of it. */
export async function suggestionsOf(db: Db, customerId: string, limit: number): Promise<readonly CaseRow[]> {
  const query = db.selectFrom('cases.case').select(columns).where('customer_id', '=', customerId).where('kind', '=', 'suggestion')
  return (await query
    .where('state', 'not in', ['merged', 'converted', 'withdrawn'])
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()) as CaseRow[]
}
