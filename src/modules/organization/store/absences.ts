import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'

export interface Absence {
  readonly id: string
  readonly userId: string
  /** Both days included. */
  readonly fromDay: string
  readonly untilDay: string
  /** Null: nobody in particular stands in. */
  readonly deputyId: string | null
  readonly version: number
}

const columns = ['id', 'user_id as userId', 'from_day as fromDay', 'until_day as untilDay', 'deputy_id as deputyId', 'version'] as const

/** What is not over by a day, the earliest first. */
export const absencesFrom = (db: Db, day: string): Promise<Absence[]> =>
  db.selectFrom('organization.absence').select(columns).where('until_day', '>=', day).orderBy('from_day').orderBy('id').execute()

export const absenceById = (db: Db, id: string): Promise<Absence | undefined> =>
  db.selectFrom('organization.absence').select(columns).where('id', '=', id).executeTakeFirst()

export async function insertAbsence(db: Db, { version: _, ...absence }: Absence, now: Date, by: string): Promise<void> {
  await db
    .insertInto('organization.absence')
    .values({
      id: absence.id,
      user_id: absence.userId,
      from_day: absence.fromDay,
      until_day: absence.untilDay,
      deputy_id: absence.deputyId,
      made_at: now,
      made_by: by,
    })
    .execute()
}

/** False where it is not the given version any more. */
export const deleteAbsence = async (db: Db, id: string, version: number): Promise<boolean> =>
  (await db.deleteFrom('organization.absence').where('id', '=', id).where('version', '=', version).returning('id').executeTakeFirst()) !==
  undefined

/** Who is away on a day, with whoever stands in for them; of two absences at once the one that begins first. */
export async function absentOn(db: Db, day: string): Promise<ReadonlyMap<string, string | null>> {
  const { rows } = await sql<{ userId: string; deputyId: string | null }>`
    select distinct on (user_id) user_id as "userId", deputy_id as "deputyId" from organization.absence
    where until_day >= ${day}::date and from_day <= ${day}::date order by user_id, from_day, id`.execute(db)
  return new Map(rows.map(({ userId, deputyId }) => [userId, deputyId]))
}
