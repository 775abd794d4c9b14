import { sql } from 'kysely'
import type { Place } from '#platform/cursor.ts'
import type { Db } from '#platform/database/connection.ts'
import type { SpendPurpose } from '../domain/spend-row.ts'

export interface Spend {
  readonly id: string
  readonly campaign: string | null
  readonly segment: string | null
  readonly purpose: SpendPurpose
  readonly firstDay: string
  readonly lastDay: string
  readonly amountMinor: number
  readonly source: string
}

/** As it lies in the database; imports know nothing of versions. */
export interface StoredSpend extends Spend {
  readonly version: number
}

const columns = [
  'id',
  'campaign',
  'segment',
  'purpose',
  'first_day as firstDay',
  'last_day as lastDay',
  'amount_minor as amountMinor',
  'source',
] as const
const storedColumns = [...columns, 'version'] as const

/** Newest period first, behind a place (first day, id). */
export async function listSpend(db: Db, after: Place | null, limit: number): Promise<StoredSpend[]> {
  let query = db.selectFrom('value.spend').select(storedColumns)
  if (after) query = query.where(sql<boolean>`(first_day, id) < (${after[0]}::date, ${after[1]}::uuid)`)
  const rows = await query.orderBy('first_day', 'desc').orderBy('id', 'desc').limit(limit).execute()
  return rows.map((row) => ({ ...row, purpose: row.purpose as SpendPurpose }))
}

export async function insertSpend(db: Db, spend: Spend, by: { actor: string; now: Date }): Promise<void> {
  await db
    .insertInto('value.spend')
    .values({ ...rowOf(spend), created_at: by.now, created_by: by.actor, updated_at: by.now })
    .execute()
}

/** Which version lies there, held until the transaction ends; undefined where there is none. */
export async function spendVersion(db: Db, id: string): Promise<number | undefined> {
  return (await db.selectFrom('value.spend').select('version').where('id', '=', id).forUpdate().executeTakeFirst())?.version
}

/** Writes a row anew by hand, whose it is from then on. */
export async function updateSpend(db: Db, id: string, change: Omit<Spend, 'id' | 'source'>, now: Date): Promise<StoredSpend> {
  const { id: _, ...row } = rowOf({ ...change, id, source: 'hand' })
  const changed = await db
    .updateTable('value.spend')
    .set((e) => ({ ...row, version: e('version', '+', 1), updated_at: now }))
    .where('id', '=', id)
    .returning(storedColumns)
    .executeTakeFirstOrThrow()
  return { ...changed, purpose: changed.purpose as SpendPurpose }
}

export async function deleteSpend(db: Db, id: string): Promise<void> {
  await db.deleteFrom('value.spend').where('id', '=', id).execute()
}

/** What was spent between two days, by segment; a period that reaches beyond them counts by its share of days. */
export async function spendBySegment(db: Db, from: string, to: string): Promise<{ segment: string | null; amountMinor: number }[]> {
  const { rows } = await sql<{ segment: string | null; amountMinor: number }>`
    select segment, round(sum(amount_minor::numeric * (least(last_day, ${to}::date) - greatest(first_day, ${from}::date) + 1) / (last_day - first_day + 1)))::bigint as "amountMinor"
    from value.spend where first_day <= ${to}::date and last_day >= ${from}::date
    group by segment order by segment nulls last`.execute(db)
  return rows
}

/** Rows of an import by their ids, as they were before it. */
export async function spendByIds(db: Db, ids: readonly string[]): Promise<Map<string, Spend>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('value.spend')
    .select(columns)
    .where('id', '=', sql<string>`any(${sql.val(ids)}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [row.id, { ...row, purpose: row.purpose as SpendPurpose }]))
}

/** Writes what an import brought: new rows are marked as made by the run; what a changed row was before is kept for undoing. */
export async function importSpend(
  db: Db,
  rows: readonly Spend[],
  before: ReadonlyMap<string, Spend>,
  by: { runId: string; actor: string; now: Date },
): Promise<void> {
  if (rows.length === 0) return
  const changed = rows.flatMap((row) => before.get(row.id) ?? [])
  if (changed.length > 0)
    await db
      .insertInto('value.spend_before')
      .values(changed.map((row) => ({ run_id: by.runId, id: row.id, before: JSON.stringify(row) })))
      .onConflict((conflict) => conflict.columns(['run_id', 'id']).doNothing())
      .execute()
  await db
    .insertInto('value.spend')
    .values(rows.map((row) => ({ ...rowOf(row), made_by_run: by.runId, created_at: by.now, created_by: by.actor, updated_at: by.now })))
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((e) => ({
        amount_minor: e.ref('excluded.amount_minor'),
        source: e.ref('excluded.source'),
        version: sql<number>`spend.version + 1`,
        updated_at: e.ref('excluded.updated_at'),
      })),
    )
    .execute()
}

export interface UndoneSpend {
  readonly deleted: number
  readonly restored: number
  /** Rows that were changed by hand since; they stay as they are. */
  readonly left: readonly { readonly id: string; readonly name: string }[]
}

/** Takes an import back: deletes its rows and restores what it changed, but for what was changed by hand since. */
export async function undoSpendImport(db: Db, runId: string, now: Date): Promise<UndoneSpend> {
  const left = await sql<{ id: string; name: string }>`
    select s.id, coalesce(s.campaign, s.segment, s.first_day::text) as name from value.spend s
    where s.source = 'hand' and (s.made_by_run = ${runId}::uuid or s.id in (select b.id from value.spend_before b where b.run_id = ${runId}::uuid))
    order by name, s.id`.execute(db)
  const restored = await sql<{ id: string }>`
    update value.spend s set amount_minor = (b.before ->> 'amountMinor')::bigint, source = b.before ->> 'source', version = s.version + 1, updated_at = ${now}
    from value.spend_before b where b.run_id = ${runId} and b.id = s.id and s.made_by_run is distinct from ${runId} and s.source <> 'hand' returning s.id`.execute(
    db,
  )
  const deleted = await db
    .deleteFrom('value.spend')
    .where('made_by_run', '=', runId)
    .where('source', '<>', 'hand')
    .returning('id')
    .execute()
  await db.deleteFrom('value.spend_before').where('run_id', '=', runId).execute()
  return { deleted: deleted.length, restored: restored.rows.length, left: left.rows }
}

const rowOf = (spend: Spend) => ({
  id: spend.id,
  campaign: spend.campaign,
  segment: spend.segment,
  purpose: spend.purpose,
  first_day: spend.firstDay,
  last_day: spend.lastDay,
  amount_minor: spend.amountMinor,
  source: spend.source,
})
