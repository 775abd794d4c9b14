import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { AssessedItem } from '../domain/self-assessment.ts'

export interface SelfAssessment {
  readonly userId: string
  /** The first day of the month. */
  readonly month: string
  readonly items: readonly AssessedItem[]
  readonly points: number
  readonly note: string | null
  readonly version: number
}

const columns = sql`user_id as "userId", month, items, points::float8 as points, note, version`

/** What somebody found of their own service, the first month first. */
export async function assessmentsOf(db: Db, userId: string): Promise<readonly SelfAssessment[]> {
  const { rows } = await sql<SelfAssessment>`select ${columns} from cases.self_assessment where user_id = ${userId} order by month`.execute(
    db,
  )
  return rows
}

/** Everybody's since a month, by person. */
export async function assessmentsSince(db: Db, month: string): Promise<readonly SelfAssessment[]> {
  const { rows } = await sql<SelfAssessment>`
    select ${columns} from cases.self_assessment where month >= ${month}::date order by user_id, month`.execute(db)
  return rows
}

/** Writes the sheet of a month; false where it is there in another version (0: it is not there). */
export async function writeAssessment(db: Db, { userId, month, items, points, note, version }: SelfAssessment, at: Date): Promise<boolean> {
  const values = { items: JSON.stringify(items), points, note, made_at: at }
  if (version > 0) {
    const { numUpdatedRows } = await db
      .updateTable('cases.self_assessment')
      .set({ ...values, version: version + 1 })
      .where('user_id', '=', userId)
      .where('month', '=', month)
      .where('version', '=', version)
      .executeTakeFirst()
    return numUpdatedRows === 1n
  }
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('cases.self_assessment')
    .values({ user_id: userId, month, ...values })
    .onConflict((conflict) => conflict.columns(['user_id', 'month']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
