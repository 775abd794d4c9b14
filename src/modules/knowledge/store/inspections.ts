import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { ItemScore } from '../domain/article.ts'

export interface Inspection {
  readonly id: string
  readonly articleId: string
  readonly revision: number
  readonly place: string | null
  readonly scores: readonly ItemScore[]
  readonly result: number | null
  readonly note: string | null
  readonly doneAt: Date
  readonly doneBy: string
}

export const insertInspection = (db: Db, one: Inspection) =>
  sql`
    insert into knowledge.inspection (id, article_id, revision, place, scores, result, note, done_at, done_by)
    values (${one.id}, ${one.articleId}, ${one.revision}, ${one.place}, ${JSON.stringify(one.scores)}, ${one.result}, ${one.note}, ${one.doneAt},
      ${one.doneBy})`.execute(db)

/** How a checklist came out, the newest first, behind a place. */
export async function inspectionsOf(
  db: Db,
  articleId: string,
  after: { readonly at: Date; readonly id: string } | null,
  limit: number,
): Promise<readonly Inspection[]> {
  const behind = after ? sql`and (done_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``
  const { rows } = await sql<Inspection>`
    select id, article_id as "articleId", revision, place, scores, result::float8 as result, note, done_at as "doneAt", done_by as "doneBy"
    from knowledge.inspection where article_id = ${articleId} ${behind} order by done_at desc, id desc limit ${limit}`.execute(db)
  return rows
}
