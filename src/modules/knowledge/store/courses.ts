import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { Texts } from '../domain/texts.ts'
import type { SkillName } from '../domain/training.ts'

export interface Course {
  readonly id: string
  readonly name: Texts
  readonly about: Texts
  readonly skills: readonly SkillName[]
  readonly articleId: string | null
  readonly techniqueId: string | null
  readonly link: string | null
  readonly active: boolean
}
export interface StoredCourse extends Course {
  readonly version: number
  readonly changedAt: Date
  readonly changedBy: string
}

const columns = sql`id, name, about, skills, article_id as "articleId", technique_id as "techniqueId", link, active, version, changed_at as "changedAt",
  changed_by as "changedBy"`

/** All of them, in the order in which they were made; a company has dozens. */
export async function allCourses(db: Db): Promise<readonly StoredCourse[]> {
  const { rows } = await sql<StoredCourse>`select ${columns} from knowledge.course order by id`.execute(db)
  return rows
}

export async function courseById(db: Db, id: string): Promise<StoredCourse | undefined> {
  const { rows } = await sql<StoredCourse>`select ${columns} from knowledge.course where id = ${id}`.execute(db)
  return rows[0]
}

interface Stamp {
  readonly now: Date
  readonly by: string
}

export const insertCourse = (db: Db, one: Course, { now, by }: Stamp) =>
  sql`
    insert into knowledge.course (id, name, about, skills, article_id, technique_id, link, active, changed_at, changed_by)
    values (${one.id}, ${JSON.stringify(one.name)}, ${JSON.stringify(one.about)}, ${one.skills}, ${one.articleId}, ${one.techniqueId}, ${one.link}, ${one.active},
      ${now}, ${by})`.execute(db)

/** False where it is not the given version any more. */
export async function updateCourse(db: Db, one: Course, version: number, { now, by }: Stamp): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update knowledge.course set name = ${JSON.stringify(one.name)}, about = ${JSON.stringify(one.about)}, skills = ${one.skills}, article_id = ${one.articleId},
      technique_id = ${one.techniqueId}, link = ${one.link}, active = ${one.active}, version = version + 1, changed_at = ${now}, changed_by = ${by}
    where id = ${one.id} and version = ${version}`.execute(db)
  return numAffectedRows === 1n
}

export interface Completion {
  readonly userId: string
  readonly courseId: string
  readonly completedAt: Date
  readonly notedBy: string
  readonly note: string | null
}

/** Whether it is new: what is completed stays completed. */
export async function insertCompletion(db: Db, one: Completion): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into knowledge.course_completion (user_id, course_id, completed_at, noted_by, note)
    values (${one.userId}, ${one.courseId}, ${one.completedAt}, ${one.notedBy}, ${one.note}) on conflict do nothing`.execute(db)
  return numAffectedRows === 1n
}

export async function deleteCompletion(db: Db, userId: string, courseId: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from knowledge.course_completion where user_id = ${userId} and course_id = ${courseId}`.execute(db)
  return numAffectedRows === 1n
}

const completionColumns = sql`user_id as "userId", course_id as "courseId", completed_at as "completedAt", noted_by as "notedBy", note`

/** What somebody has completed, the newest first. */
export async function completionsBy(db: Db, userId: string): Promise<readonly Completion[]> {
  const { rows } = await sql<Completion>`
    select ${completionColumns} from knowledge.course_completion where user_id = ${userId} order by completed_at desc, course_id`.execute(
    db,
  )
  return rows
}

/** Who has completed a course, and when. */
export async function completionsOf(db: Db, courseId: string): Promise<ReadonlyMap<string, Date>> {
  const { rows } =
    await sql<Completion>`select ${completionColumns} from knowledge.course_completion where course_id = ${courseId}`.execute(db)
  return new Map(rows.map(({ userId, completedAt }) => [userId, completedAt]))
}

/** How many of some people have completed each course. */
export async function countCompletions(db: Db, userIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ courseId: string; people: number }>`
    select course_id as "courseId", count(*)::int as people from knowledge.course_completion where user_id = any(${userIds}::text[]) group by course_id`.execute(
    db,
  )
  return new Map(rows.map(({ courseId, people }) => [courseId, people]))
}
