import type { Db } from '#platform/database/connection.ts'
import type { StaffFile } from '../domain/staff.ts'
import { languages } from '../domain.ts'

export interface StoredStaff extends StaffFile {
  readonly userId: string
  readonly version: number
}

export async function staffOf(db: Db, userIds: readonly string[]): Promise<Map<string, StoredStaff>> {
  if (userIds.length === 0) return new Map()
  const rows = await db.selectFrom('organization.staff').selectAll().where('user_id', 'in', userIds).execute()
  return new Map(
    rows.map((row) => [
      row.user_id,
      {
        userId: row.user_id,
        title: row.title,
        valueRole: row.value_role,
        experience: row.experience,
        skills: row.skills as StaffFile['skills'],
        traits: row.traits as StaffFile['traits'],
        languages: languages.filter((one) => row.languages.includes(one)),
        fields: row.fields,
        version: row.version,
      },
    ]),
  )
}

/** Writes somebody's file anew; answers whether the version was the newest (0: there was none). */
export async function writeStaff(db: Db, { userId, version, ...file }: StoredStaff, now: Date): Promise<boolean> {
  const values = {
    title: file.title,
    value_role: file.valueRole,
    experience: file.experience,
    skills: JSON.stringify(file.skills),
    traits: JSON.stringify(file.traits),
    languages: [...file.languages],
    fields: [...file.fields],
    changed_at: now,
  }
  if (version === 0) {
    const made = await db
      .insertInto('organization.staff')
      .values({ user_id: userId, ...values })
      .onConflict((conflict) => conflict.column('user_id').doNothing())
      .executeTakeFirst()
    return made.numInsertedOrUpdatedRows === 1n
  }
  const written = await db
    .updateTable('organization.staff')
    .set({ ...values, version: version + 1 })
    .where('user_id', '=', userId)
    .where('version', '=', version)
    .executeTakeFirst()
  return written.numUpdatedRows === 1n
}

/** Of how many of some people it is written what their work does for customers. */
export async function countWithValueRole(db: Db, userIds: readonly string[]): Promise<number> {
  if (userIds.length === 0) return 0
  const row = await db
    .selectFrom('organization.staff')
    .select((eb) => eb.fn.countAll<string>().as('people'))
    .where('user_id', 'in', userIds)
    .where('value_role', 'is not', null)
    .where('value_role', '<>', '')
    .executeTakeFirstOrThrow()
  return Number(row.people)
}
