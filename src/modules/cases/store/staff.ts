import { type SqlBool, sql } from 'kysely'
import type { Reach } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import type { PenaltyRole } from '../domain/figures/penalty.ts'
import type { EntryState, StaffEntry } from '../domain/staff-entry.ts'
import type { RecognitionAct } from '../domain/taxonomy.ts'
import type { TimePlace } from './lists.ts'

const columns = [
  'id',
  'user_id as userId',
  'kind',
  'state',
  'case_id as caseId',
  'case_number as caseNumber',
  'role',
  'act',
  'amount_minor as amountMinor',
  'points',
  'rule_version as ruleVersion',
  'basis',
  'reason',
  'proposed_at as proposedAt',
  'proposed_by as proposedBy',
  'decided_at as decidedAt',
  'decided_by as decidedBy',
  'note',
  'version',
] as const

const entries = (db: Db) => db.selectFrom('cases.staff_entry').select(columns)
type Row = Awaited<ReturnType<ReturnType<typeof entries>['execute']>>[number]
const entryOf = (row: Row): StaffEntry => ({
  ...row,
  kind: row.kind as StaffEntry['kind'],
  state: row.state as EntryState,
  role: row.role as PenaltyRole | null,
  act: row.act as RecognitionAct | null,
  basis: row.basis as unknown as StaffEntry['basis'],
})

export async function insertEntries(db: Db, made: readonly StaffEntry[]): Promise<void> {
  if (made.length === 0) return
  await db
    .insertInto('cases.staff_entry')
    .values(
      made.map((one) => ({
        id: one.id,
        user_id: one.userId,
        kind: one.kind,
        state: one.state,
        case_id: one.caseId,
        case_number: one.caseNumber,
        role: one.role,
        act: one.act,
        amount_minor: one.amountMinor,
        points: one.points,
        rule_version: one.ruleVersion,
        basis: one.basis === null ? null : JSON.stringify(one.basis),
        reason: one.reason,
        proposed_at: one.proposedAt,
        proposed_by: one.proposedBy,
      })),
    )
    .execute()
}

export async function entryById(db: Db, id: string): Promise<StaffEntry | null> {
  const row = await entries(db).where('id', '=', id).executeTakeFirst()
  return row ? entryOf(row) : null
}

/** Whether the version was the newest. */
export async function decideEntry(
  db: Db,
  { id, version }: Pick<StaffEntry, 'id' | 'version'>,
  decision: { readonly state: EntryState; readonly now: Date; readonly by: string; readonly note: string | null },
): Promise<boolean> {
  const written = await db
    .updateTable('cases.staff_entry')
    .set({ state: decision.state, decided_at: decision.now, decided_by: decision.by, note: decision.note, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return written.numUpdatedRows === 1n
}

/** What nobody has decided on yet gives way to what is proposed in its stead, or goes with its ground; but for some that stay. */
export async function withdrawProposed(db: Db, caseId: string, but: readonly string[], now: Date, by: string): Promise<void> {
  await db
    .updateTable('cases.staff_entry')
    .set((e) => ({ state: 'withdrawn', decided_at: now, decided_by: by, version: e('version', '+', 1) }))
    .where('case_id', '=', caseId)
    .where('kind', '=', 'penalty')
    .where('state', '=', 'proposed')
    .where(sql<SqlBool>`id <> all(${but}::uuid[])`)
    .execute()
}

/** Of a case, the latest first. */
export async function entriesOfCase(db: Db, caseId: string): Promise<readonly StaffEntry[]> {
  return (await entries(db).where('case_id', '=', caseId).orderBy('proposed_at', 'desc').orderBy('id').execute()).map(entryOf)
}

/** Entries, the newest first: of one person, or of all whom somebody sees. */
export async function listEntries(
  db: Db,
  wanted: {
    readonly userId: string | null
    readonly kind: StaffEntry['kind'] | null
    readonly state: EntryState | null
    readonly reach: Reach
  },
  after: TimePlace | null,
  limit: number,
): Promise<readonly StaffEntry[]> {
  const { userId, kind, state, reach } = wanted
  const rows = await entries(db)
    .$if(userId !== null, (q) => q.where('user_id', '=', userId!))
    .$if(kind !== null, (q) => q.where('kind', '=', kind!))
    .$if(state !== null, (q) => q.where('state', '=', state!))
    .$if(reach !== 'all', (q) => q.where(sql<SqlBool>`user_id = any(${reach as readonly string[]}::text[])`))
    .$if(after !== null, (q) => q.where(sql<SqlBool>`(proposed_at, id) < (${after?.at}::timestamptz, ${after?.id}::uuid)`))
    .orderBy('proposed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(entryOf)
}

export interface Score {
  readonly userId: string
  readonly penalties: number
  readonly penaltyMinor: number
  readonly recognitions: number
  readonly points: number
  /** What nobody has decided on yet. */
  readonly waiting: number
}

/** What was approved of each person between two moments, the second not included. */
export async function scoresBetween(db: Db, from: Date, until: Date, userId: string | null, reach: Reach): Promise<readonly Score[]> {
  const those = userId === null ? sql`` : sql`and user_id = ${userId}`
  const seen = reach === 'all' ? sql`` : sql`and user_id = any(${reach}::text[])`
  const { rows } = await sql<Score>`
    select user_id as "userId",
      count(*) filter (where kind = 'penalty' and state = 'approved')::int as penalties,
      coalesce(sum(amount_minor) filter (where kind = 'penalty' and state = 'approved'), 0)::bigint as "penaltyMinor",
      count(*) filter (where kind = 'recognition' and state = 'approved')::int as recognitions,
      coalesce(sum(points) filter (where kind = 'recognition' and state = 'approved'), 0)::int as points,
      count(*) filter (where state = 'proposed')::int as waiting
    from cases.staff_entry
    where proposed_at >= ${from}::timestamptz and proposed_at < ${until}::timestamptz ${those} ${seen}
    group by user_id order by user_id`.execute(db)
  return rows
}
