import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { ReviewEntryKind, ReviewState, Snapshot } from '../domain/management-review.ts'

export interface Review {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly state: ReviewState
  /** Who took part: of those who work here by their user ids, of others in words. */
  readonly participants: readonly string[]
  readonly guests: string | null
  readonly preparedAt: Date
  readonly preparedBy: string
  readonly heldAt: Date | null
  readonly heldBy: string | null
  readonly version: number
}

const columns = [
  'id',
  'from_day as from',
  'to_day as to',
  'state',
  'participants',
  'guests',
  'prepared_at as preparedAt',
  'prepared_by as preparedBy',
  'held_at as heldAt',
  'held_by as heldBy',
  'version',
] as const

/** False where the period has its review already. */
export async function insertReview(db: Db, review: Review): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('cases.management_review')
    .values({
      id: review.id,
      from_day: review.from,
      to_day: review.to,
      state: review.state,
      participants: [...review.participants],
      guests: review.guests,
      prepared_at: review.preparedAt,
      prepared_by: review.preparedBy,
    })
    .onConflict((conflict) => conflict.constraint('management_review_once').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export async function reviewById(db: Db, id: string): Promise<Review | null> {
  return (
    ((await db.selectFrom('cases.management_review').select(columns).where('id', '=', id).executeTakeFirst()) as Review | undefined) ?? null
  )
}

/** The same, with nobody else writing in it until the end of the transaction. */
export async function heldReviewRow(db: Db, id: string): Promise<Review | null> {
  await sql`select 1 from cases.management_review where id = ${id}::uuid for update`.execute(db)
  return reviewById(db, id)
}

export async function reviewOfPeriod(db: Db, { from, to }: Pick<Review, 'from' | 'to'>): Promise<Review | null> {
  const query = db.selectFrom('cases.management_review').select(columns).where('from_day', '=', from).where('to_day', '=', to)
  return ((await query.executeTakeFirst()) as Review | undefined) ?? null
}

/** Reviews, the last period first. */
export async function listReviews(
  db: Db,
  after: { readonly day: string; readonly id: string } | null,
  limit: number,
): Promise<readonly Review[]> {
  let query = db.selectFrom('cases.management_review').select(columns)
  if (after) query = query.where(sql<boolean>`(to_day, id) < (${after.day}::date, ${after.id}::uuid)`)
  return (await query.orderBy('to_day', 'desc').orderBy('id', 'desc').limit(limit).execute()) as Review[]
}

/** What management saw; null while it was not held. */
export async function snapshotOf(db: Db, id: string): Promise<Snapshot | null> {
  const row = await db.selectFrom('cases.management_review').select('snapshot').where('id', '=', id).executeTakeFirst()
  return (row?.snapshot ?? null) as unknown as Snapshot | null
}

/** Writes who took part, while nothing is decided yet; false where somebody else was faster, or it was held. */
export async function updateReview(db: Db, { id, participants, guests, version }: Review): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('cases.management_review')
    .set({ participants: [...participants], guests, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('state', '=', 'draft')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** What is written in a draft makes it another: whoever has not seen it does not hold it. What is added later changes nothing of it. */
export const raiseReview = (db: Db, id: string) =>
  db
    .updateTable('cases.management_review')
    .set(({ eb }) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .where('state', '=', 'draft')
    .execute()

/** Keeps what was seen, once and for all. */
export async function holdReview(
  db: Db,
  { id, version }: Pick<Review, 'id' | 'version'>,
  snapshot: Snapshot,
  held: { readonly at: Date; readonly by: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('cases.management_review')
    .set({ state: 'held', snapshot: JSON.stringify(snapshot), held_at: held.at, held_by: held.by, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('state', '=', 'draft')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Only what was not held is thrown away. */
export async function deleteReview(db: Db, { id, version }: Pick<Review, 'id' | 'version'>): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('cases.management_review')
    .where('id', '=', id)
    .where('version', '=', version)
    .where('state', '=', 'draft')
    .executeTakeFirst()
  return numDeletedRows === 1n
}

export interface ReviewEntry {
  readonly id: string
  readonly kind: ReviewEntryKind
  readonly section: string | null
  readonly text: string
  readonly ownerId: string | null
  readonly dueDay: string | null
  readonly madeAt: Date
  readonly madeBy: string
  readonly version: number
}

/** What was said to a review, in order. */
export async function entriesOf(db: Db, reviewId: string): Promise<readonly ReviewEntry[]> {
  const rows = await db
    .selectFrom('cases.review_entry')
    .select([
      'id',
      'kind',
      'section',
      'text',
      'owner_id as ownerId',
      'due_day as dueDay',
      'made_at as madeAt',
      'made_by as madeBy',
      'version',
    ])
    .where('review_id', '=', reviewId)
    .orderBy('made_at')
    .orderBy('id')
    .execute()
  return rows as ReviewEntry[]
}

export async function insertEntry(db: Db, reviewId: string, entry: ReviewEntry): Promise<void> {
  await db
    .insertInto('cases.review_entry')
    .values({
      review_id: reviewId,
      id: entry.id,
      kind: entry.kind,
      section: entry.section,
      text: entry.text,
      owner_id: entry.ownerId,
      due_day: entry.dueDay,
      made_at: entry.madeAt,
      made_by: entry.madeBy,
    })
    .execute()
}

/** False where somebody else was faster. */
export async function updateEntry(db: Db, reviewId: string, { id, text, ownerId, dueDay, version }: ReviewEntry): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('cases.review_entry')
    .set({ text, owner_id: ownerId, due_day: dueDay, version: version + 1 })
    .where('review_id', '=', reviewId)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export const deleteEntry = (db: Db, reviewId: string, id: string) =>
  db.deleteFrom('cases.review_entry').where('review_id', '=', reviewId).where('id', '=', id).execute()
