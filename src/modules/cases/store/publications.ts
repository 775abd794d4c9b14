import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { Language } from '../domain/language.ts'
import type { PublicationState, PublicationTexts } from '../domain/publication.ts'
import type { TimePlace } from './lists.ts'

export interface Publication {
  readonly id: string
  readonly state: PublicationState
  readonly texts: PublicationTexts
  readonly madeAt: Date
  readonly madeBy: string
  readonly publishedAt: Date | null
  readonly publishedBy: string | null
  readonly withdrawnAt: Date | null
  readonly version: number
}

const columns = [
  'id',
  'state',
  'made_at as madeAt',
  'made_by as madeBy',
  'published_at as publishedAt',
  'published_by as publishedBy',
  'withdrawn_at as withdrawnAt',
  'version',
] as const

export async function insertPublication(db: Db, { id, state, texts, madeAt, madeBy }: Publication): Promise<void> {
  await db.insertInto('cases.publication').values({ id, state, made_at: madeAt, made_by: madeBy }).execute()
  await writeTexts(db, id, texts)
}

/** Writes one that was read with the version it has; false where somebody else was faster. */
export async function updatePublication(db: Db, one: Publication): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('cases.publication')
    .set({
      state: one.state,
      published_at: one.publishedAt,
      published_by: one.publishedBy,
      withdrawn_at: one.withdrawnAt,
      version: one.version + 1,
    })
    .where('id', '=', one.id)
    .where('version', '=', one.version)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) return false
  await writeTexts(db, one.id, one.texts)
  return true
}

async function writeTexts(db: Db, id: string, texts: PublicationTexts): Promise<void> {
  await db.deleteFrom('cases.publication_text').where('publication_id', '=', id).execute()
  const rows = Object.entries(texts).map(([language, { said, done }]) => ({ publication_id: id, language, said, done }))
  if (rows.length > 0) await db.insertInto('cases.publication_text').values(rows).execute()
}

/** A draft that came to nothing. False where it is not as the caller saw it. */
export async function deleteDraft(db: Db, id: string, version: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('cases.publication')
    .where('id', '=', id)
    .where('version', '=', version)
    .where('state', '=', 'draft')
    .executeTakeFirst()
  if (numDeletedRows !== 1n) return false
  await db.deleteFrom('cases.publication_case').where('publication_id', '=', id).execute()
  return true
}

type Bare = Omit<Publication, 'texts'>

async function withTexts(db: Db, rows: readonly Bare[]): Promise<readonly Publication[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const texts = await db
    .selectFrom('cases.publication_text')
    .select(['publication_id as id', 'language', 'said', 'done'])
    .where('publication_id', 'in', ids)
    .execute()
  return rows.map((row) => ({
    ...row,
    texts: Object.fromEntries(
      texts.flatMap(({ id, language, said, done }) => (id === row.id ? [[language as Language, { said, done }]] : [])),
    ),
  }))
}

export async function publicationById(db: Db, id: string): Promise<Publication | null> {
  const rows = await db.selectFrom('cases.publication').select(columns).where('id', '=', id).execute()
  return (await withTexts(db, rows as Bare[]))[0] ?? null
}

/** Nobody else writes it until the end of the transaction. */
export const holdPublication = (db: Db, id: string) => sql`select 1 from cases.publication where id = ${id}::uuid for update`.execute(db)

/** The last made first. */
export async function listPublications(
  db: Db,
  states: readonly PublicationState[] | null,
  after: TimePlace | null,
  limit: number,
): Promise<readonly Publication[]> {
  let query = db.selectFrom('cases.publication').select(columns)
  if (states && states.length > 0) query = query.where('state', 'in', [...states])
  if (after) query = query.where(sql<boolean>`(made_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`)
  return withTexts(db, (await query.orderBy('made_at', 'desc').orderBy('id', 'desc').limit(limit).execute()) as Bare[])
}

/** What anybody may read, the last published first. */
export async function publishedOnes(db: Db, after: TimePlace | null, limit: number): Promise<readonly Publication[]> {
  let query = db.selectFrom('cases.publication').select(columns).where('state', '=', 'published')
  if (after) query = query.where(sql<boolean>`(published_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`)
  return withTexts(db, (await query.orderBy('published_at', 'desc').orderBy('id', 'desc').limit(limit).execute()) as Bare[])
}

export async function publicationsById(db: Db, ids: readonly string[]): Promise<readonly Publication[]> {
  if (ids.length === 0) return []
  return withTexts(
    db,
    (await db
      .selectFrom('cases.publication')
      .select(columns)
      .where('id', 'in', [...ids])
      .execute()) as Bare[],
  )
}

/** Whether anything is published. */
export async function anythingPublished(db: Db): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`select exists(select from cases.publication where state = 'published') as there`.execute(
    db,
  )
  return rows[0]!.there
}
