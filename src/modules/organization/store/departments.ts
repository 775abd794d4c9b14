import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { forget } from '#platform/database/remembered.ts'

export interface Department {
  readonly id: string
  readonly name: string
  readonly parentId: string | null
  readonly headId: string | null
  readonly deputyIds: readonly string[]
  /** Null: it works by the calendar of the department above, in the end by the standard. */
  readonly calendarId: string | null
  readonly version: number
}
export interface Team {
  readonly id: string
  readonly departmentId: string
  readonly name: string
  readonly memberIds: readonly string[]
  readonly version: number
}

/**
 * The teams of somebody, with their members: those they are in, and every team below a department that they head or deputize for.
 * A company has hundreds, not millions.
 */
export async function teamsOf(db: Db, userId: string): Promise<readonly Pick<Team, 'id' | 'memberIds'>[]> {
  const { rows } = await sql<Pick<Team, 'id' | 'memberIds'>>`
    with recursive led as (
      select d.id from organization.department d where d.head_id = ${userId}::uuid
      union
      select p.department_id from organization.department_deputy p where p.user_id = ${userId}::uuid
      union
      select d.id from organization.department d join led on d.parent_id = led.id
    ), teams as (
      select m.team_id as id from organization.team_member m where m.user_id = ${userId}::uuid
      union
      select t.id from organization.team t join led on t.department_id = led.id
    )
    select t.id, array(select m.user_id from organization.team_member m where m.team_id = t.id order by m.user_id) as "memberIds"
    from teams t order by t.id`.execute(db)
  return rows
}

/** Everybody whose customers somebody sees by team: the members of their teams, and themselves. */
export async function colleaguesOf(db: Db, userId: string): Promise<string[]> {
  const teams = await teamsOf(db, userId)
  return [...new Set([userId, ...teams.flatMap(({ memberIds }) => memberIds)])].toSorted()
}

/** Who is in each of some teams; a team that was dissolved has nobody. Ids of users. */
export async function membersOfTeams(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; userId: string }>`
    select m.team_id as id, m.user_id as "userId" from organization.team_member m where m.team_id = any(${ids}::uuid[]) order by 1, 2`.execute(
    db,
  )
  const members = Map.groupBy(rows, ({ id }) => id)
  return new Map([...members].map(([id, list]) => [id, list.map(({ userId }) => userId)]))
}

export async function allDepartments(db: Db): Promise<Department[]> {
  const { rows } = await sql<Department>`
    select d.id, d.name, d.parent_id as "parentId", d.head_id as "headId", d.calendar_id as "calendarId", d.version,
      array(select p.user_id from organization.department_deputy p where p.department_id = d.id order by p.user_id) as "deputyIds"
    from organization.department d order by d.name`.execute(db)
  return rows
}

/** Who works for each of some departments: its head, deputies, and the members of its teams. Ids of users. */
export async function staffOfDepartments(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; userId: string }>`
    select d.id, d.head_id as "userId" from organization.department d where d.id = any(${ids}::uuid[]) and d.head_id is not null
    union select p.department_id, p.user_id from organization.department_deputy p where p.department_id = any(${ids}::uuid[])
    union select t.department_id, m.user_id from organization.team t join organization.team_member m on m.team_id = t.id
      where t.department_id = any(${ids}::uuid[])
    order by 1, 2`.execute(db)
  const staff = Map.groupBy(rows, ({ id }) => id)
  return new Map([...staff].map(([id, members]) => [id, members.map(({ userId }) => userId)]))
}

/** For which departments each of some people works, as head, deputy or member of a team. Ids of departments. */
export async function departmentsOfStaff(db: Db, userIds: readonly string[]): Promise<readonly string[]> {
  const users = userIds.filter((id) => id !== '')
  if (users.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    select d.id from organization.department d where d.head_id::text = any(${users}::text[])
    union select p.department_id from organization.department_deputy p where p.user_id::text = any(${users}::text[])
    union select t.department_id from organization.team t join organization.team_member m on m.team_id = t.id
      where m.user_id::text = any(${users}::text[])
    order by 1`.execute(db)
  return rows.map(({ id }) => id)
}

export async function allTeams(db: Db): Promise<Team[]> {
  const { rows } = await sql<Team>`
    select t.id, t.department_id as "departmentId", t.name, t.version,
      array(select m.user_id from organization.team_member m where m.team_id = t.id order by m.user_id) as "memberIds"
    from organization.team t order by t.name`.execute(db)
  return rows
}

/** Whoever changes the tree waits for whoever does the same, so that two moves together cannot make a circle. */
export const holdDepartments = (db: Db) => sql`lock table organization.department in share row exclusive mode`.execute(db)

export async function insertDepartment(
  db: Db,
  { id, name, parentId, headId, calendarId, deputyIds }: Omit<Department, 'version'>,
  now: Date,
) {
  await db
    .insertInto('organization.department')
    .values({ id, name, parent_id: parentId, head_id: headId, calendar_id: calendarId, changed_at: now })
    .execute()
  await writeDeputies(db, id, deputyIds)
  forget(db)
}

/** Whether the version was the newest. */
export async function updateDepartment(
  db: Db,
  { id, name, parentId, headId, calendarId, deputyIds, version }: Department,
  now: Date,
): Promise<boolean> {
  const written = await db
    .updateTable('organization.department')
    .set({ name, parent_id: parentId, head_id: headId, calendar_id: calendarId, changed_at: now, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  forget(db)
  if (written.numUpdatedRows !== 1n) return false
  await writeDeputies(db, id, deputyIds)
  return true
}

async function writeDeputies(db: Db, departmentId: string, userIds: readonly string[]): Promise<void> {
  await db.deleteFrom('organization.department_deputy').where('department_id', '=', departmentId).execute()
  if (userIds.length > 0)
    await db
      .insertInto('organization.department_deputy')
      .values([...new Set(userIds)].map((user_id) => ({ department_id: departmentId, user_id })))
      .execute()
}

/** False where it is not the given version any more. */
export async function deleteDepartment(db: Db, id: string, version: number): Promise<boolean> {
  const gone = await db
    .deleteFrom('organization.department')
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('id')
    .executeTakeFirst()
  forget(db)
  return gone !== undefined
}

export async function insertTeam(db: Db, { id, departmentId, name, memberIds }: Omit<Team, 'version'>, now: Date): Promise<void> {
  await db.insertInto('organization.team').values({ id, department_id: departmentId, name, changed_at: now }).execute()
  await writeMembers(db, id, memberIds)
}

/** Whether the version was the newest. */
export async function updateTeam(db: Db, { id, departmentId, name, memberIds, version }: Team, now: Date): Promise<boolean> {
  const written = await db
    .updateTable('organization.team')
    .set({ department_id: departmentId, name, changed_at: now, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (written.numUpdatedRows !== 1n) return false
  await writeMembers(db, id, memberIds)
  return true
}

async function writeMembers(db: Db, teamId: string, userIds: readonly string[]): Promise<void> {
  await db.deleteFrom('organization.team_member').where('team_id', '=', teamId).execute()
  if (userIds.length > 0)
    await db
      .insertInto('organization.team_member')
      .values([...new Set(userIds)].map((user_id) => ({ team_id: teamId, user_id })))
      .execute()
}

/** False where it is not the given version any more. */
export const deleteTeam = async (db: Db, id: string, version: number): Promise<boolean> =>
  (await db.deleteFrom('organization.team').where('id', '=', id).where('version', '=', version).returning('id').executeTakeFirst()) !==
  undefined
