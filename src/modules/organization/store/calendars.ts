import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { forget } from '#platform/database/remembered.ts'
import type { WorkingHours } from '../domain/calendar.ts'

export interface StoredCalendar {
  readonly id: string
  readonly name: string
  readonly standard: boolean
  readonly hours: WorkingHours
  readonly version: number
}

export async function allCalendars(db: Db): Promise<StoredCalendar[]> {
  const rows = await db.selectFrom('organization.calendar').select(['id', 'name', 'standard', 'hours', 'version']).orderBy('name').execute()
  return rows.map((row) => ({ ...row, hours: row.hours as unknown as WorkingHours }))
}

/** Whoever changes calendars waits for whoever does the same, so that there is one standard at most and names are free. */
export const holdCalendars = (db: Db) => sql`lock table organization.calendar in share row exclusive mode`.execute(db)

export async function clearStandard(db: Db): Promise<void> {
  await db.updateTable('organization.calendar').set({ standard: false }).where('standard', '=', true).execute()
  forget(db)
}

export async function insertCalendar(db: Db, { id, name, standard, hours }: Omit<StoredCalendar, 'version'>, now: Date): Promise<void> {
  await db
    .insertInto('organization.calendar')
    .values({ id, name, standard, hours: JSON.stringify(hours), changed_at: now })
    .execute()
  forget(db)
}

/** Whether the version was the newest. */
export async function updateCalendar(db: Db, { id, name, standard, hours, version }: StoredCalendar, now: Date): Promise<boolean> {
  const written = await db
    .updateTable('organization.calendar')
    .set({ name, standard, hours: JSON.stringify(hours), changed_at: now, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  forget(db)
  return written.numUpdatedRows === 1n
}

export async function deleteCalendar(db: Db, id: string): Promise<void> {
  await db.deleteFrom('organization.calendar').where('id', '=', id).execute()
  forget(db)
}

/** The hours of a department: its own calendar's, else those of the nearest department above that has one, else the standard's; null where there is none at all. */
export async function hoursOf(db: Db, departmentId: string | null): Promise<WorkingHours | null> {
  const { rows } = await sql<{ hours: WorkingHours }>`
    with recursive above as (
      select d.id, d.parent_id, d.calendar_id, 0 as distance from organization.department d where d.id = ${departmentId}::uuid
      union all
      select d.id, d.parent_id, d.calendar_id, above.distance + 1 from organization.department d join above on d.id = above.parent_id
    )
    select c.hours from organization.calendar c left join above on above.calendar_id = c.id
    where above.id is not null or c.standard order by above.distance nulls last limit 1`.execute(db)
  return rows[0]?.hours ?? null
}
