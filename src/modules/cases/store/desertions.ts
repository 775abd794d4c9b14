import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { ThingOwner } from '#platform/module.ts'

/** A customer who went to somebody else. */
export interface Desertion {
  readonly customerId: string
  readonly id: string
  readonly leftOn: string
  readonly rival: string | null
  readonly reason: string | null
  readonly note: string | null
  readonly backOn: string | null
  readonly notedAt: Date
  readonly notedBy: string
  readonly version: number
}

const columns = [
  'customer_id as customerId',
  'id',
  'left_on as leftOn',
  'rival',
  'reason',
  'note',
  'back_on as backOn',
  'noted_at as notedAt',
  'noted_by as notedBy',
  'version',
] as const

export async function insertDesertion(db: Db, one: Desertion): Promise<void> {
  await db
    .insertInto('cases.desertion')
    .values({
      customer_id: one.customerId,
      id: one.id,
      left_on: one.leftOn,
      rival: one.rival,
      reason: one.reason,
      note: one.note,
      back_on: one.backOn,
      noted_at: one.notedAt,
      noted_by: one.notedBy,
    })
    .execute()
}

/** Writes an entry that was read with the version it has; false where somebody else was faster. */
export async function updateDesertion(db: Db, one: Desertion): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('cases.desertion')
    .set({ left_on: one.leftOn, rival: one.rival, reason: one.reason, note: one.note, back_on: one.backOn, version: one.version + 1 })
    .where('customer_id', '=', one.customerId)
    .where('id', '=', one.id)
    .where('version', '=', one.version)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function desertionById(db: Db, id: string): Promise<Desertion | null> {
  return (await db.selectFrom('cases.desertion').select(columns).where('id', '=', id).executeTakeFirst()) ?? null
}

/** Of one customer, the last first. */
export async function desertionsOf(db: Db, customerId: string): Promise<readonly Desertion[]> {
  return db
    .selectFrom('cases.desertion')
    .select(columns)
    .where('customer_id', '=', customerId)
    .orderBy('left_on', 'desc')
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
}

export interface DesertionWish {
  readonly from: string
  readonly to: string
  readonly reason: string | null
}

/** Who left between two days, the last first. */
export async function listDesertions(
  db: Db,
  { from, to, reason }: DesertionWish,
  after: { readonly day: string; readonly id: string } | null,
  limit: number,
): Promise<readonly Desertion[]> {
  let query = db.selectFrom('cases.desertion').select(columns).where('left_on', '>=', from).where('left_on', '<=', to)
  if (reason !== null) query = query.where('reason', '=', reason)
  if (after) query = query.where(sql<boolean>`(left_on, id) < (${after.day}::date, ${after.id}::uuid)`)
  return query.orderBy('left_on', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

export interface DesertionCount {
  readonly month: string
  readonly reason: string | null
  readonly rival: string | null
  readonly customers: number
  readonly back: number
}

/** How many left between two days, by month, reason and rival, and how many of them came back; one customer counts once for each time they left. A rival is called as most wrote it. */
export async function countDesertions(db: Db, { from, to }: Omit<DesertionWish, 'reason'>): Promise<readonly DesertionCount[]> {
  const { rows } = await sql<DesertionCount>`
    with left_between as (select *, lower(trim(rival)) as key from cases.desertion where left_on between ${from}::date and ${to}::date),
      rivals as (select key, mode() within group (order by trim(rival) collate "C") as rival from left_between group by key)
    select to_char(d.left_on, 'YYYY-MM') as month, d.reason, r.rival, count(*)::int as customers, count(*) filter (where d.back_on is not null)::int as back
    from left_between d left join rivals r on r.key = d.key group by 1, 2, 3`.execute(db)
  return rows
}

/** Whose entries of the register are. */
export async function whoseDesertions(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, ThingOwner>> {
  const { rows } = await sql<{ id: string; customerId: string }>`
    select id, customer_id as "customerId" from cases.desertion where id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, customerId }) => [id, { customerId, ownerIds: [] }]))
}
