import { sql } from 'kysely'
import type { Reach } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'

export interface Practice {
  readonly id: string
  readonly techniqueId: string
  readonly userId: string
  readonly situation: string
  readonly notes: readonly { readonly key: string; readonly text: string }[]
  readonly practisedAt: Date
  readonly score: number | null
  readonly feedback: string | null
  readonly judgedAt: Date | null
  readonly judgedBy: string | null
}

const columns = sql`id, technique_id as "techniqueId", user_id as "userId", situation, notes, practised_at as "practisedAt", score, feedback,
  judged_at as "judgedAt", judged_by as "judgedBy"`

export const insertPractice = (db: Db, one: Pick<Practice, 'id' | 'techniqueId' | 'userId' | 'situation' | 'notes' | 'practisedAt'>) =>
  sql`
    insert into knowledge.practice (id, technique_id, user_id, situation, notes, practised_at)
    values (${one.id}, ${one.techniqueId}, ${one.userId}, ${one.situation}, ${JSON.stringify(one.notes)}, ${one.practisedAt})`.execute(db)

/** Nobody else judges it until the transaction ends. */
export async function holdPractice(db: Db, id: string): Promise<Practice | undefined> {
  const { rows } = await sql<Practice>`select ${columns} from knowledge.practice where id = ${id} for update`.execute(db)
  return rows[0]
}

export const judgePractice = (db: Db, id: string, judgement: { score: number; feedback: string | null; now: Date; by: string }) =>
  sql`
    update knowledge.practice set score = ${judgement.score}, feedback = ${judgement.feedback}, judged_at = ${judgement.now}, judged_by = ${judgement.by}
    where id = ${id}`.execute(db)

type After = { readonly at: Date; readonly id: string } | null

/** Somebody's, the newest first. */
export async function practicesBy(db: Db, userId: string, after: After, limit: number): Promise<readonly Practice[]> {
  const behind = after ? sql`and (practised_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``
  const { rows } = await sql<Practice>`
    select ${columns} from knowledge.practice where user_id = ${userId} ${behind} order by practised_at desc, id desc limit ${limit}`.execute(
    db,
  )
  return rows
}

/** Those on which nobody has said anything, the oldest first, except one's own. */
export async function waitingPractices(db: Db, except: string, reach: Reach, after: After, limit: number): Promise<readonly Practice[]> {
  const behind = after ? sql`and (practised_at, id) > (${after.at}::timestamptz, ${after.id}::uuid)` : sql``
  const within = reach === 'all' ? sql`` : sql`and user_id = any(${[...reach]}::text[])`
  const { rows } = await sql<Practice>`
    select ${columns} from knowledge.practice where judged_at is null and user_id <> ${except} ${within} ${behind} order by practised_at, id limit ${limit}`.execute(
    db,
  )
  return rows
}

export async function countPractices(db: Db, userId: string) {
  const { rows } = await sql<{ count: number; judged: number; meanScore: number | null }>`
    select count(*)::int as count, count(score)::int as judged, avg(score)::float8 as "meanScore" from knowledge.practice where user_id = ${userId}`.execute(
    db,
  )
  return rows[0]!
}

export interface Recognition {
  readonly id: string
  readonly userId: string
  readonly text: string
  readonly givenAt: Date
  readonly givenBy: string
}

const recognitionColumns = sql`id, user_id as "userId", text, given_at as "givenAt", given_by as "givenBy"`

export const insertRecognition = (db: Db, one: Recognition) =>
  sql`insert into knowledge.recognition (id, user_id, text, given_at, given_by)
    values (${one.id}, ${one.userId}, ${one.text}, ${one.givenAt}, ${one.givenBy})`.execute(db)

export async function recognitionById(db: Db, id: string): Promise<Recognition | undefined> {
  const { rows } = await sql<Recognition>`select ${recognitionColumns} from knowledge.recognition where id = ${id}`.execute(db)
  return rows[0]
}

export const deleteRecognition = (db: Db, id: string) => sql`delete from knowledge.recognition where id = ${id}`.execute(db)

/** The newest first, of one person where wanted. */
export async function listRecognitions(db: Db, userId: string | null, after: After, limit: number): Promise<readonly Recognition[]> {
  const of = userId === null ? sql`true` : sql`user_id = ${userId}`
  const behind = after ? sql`and (given_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``
  const { rows } = await sql<Recognition>`
    select ${recognitionColumns} from knowledge.recognition where ${of} ${behind} order by given_at desc, id desc limit ${limit}`.execute(
    db,
  )
  return rows
}
