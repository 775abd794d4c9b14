import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { ThingOwner } from '#platform/module.ts'
import type { TimePlace } from './lists.ts'

/** Customers who advise the company. */
export interface AdvisoryGroup {
  readonly id: string
  readonly name: string
  readonly purpose: string
  readonly ownerId: string
  readonly endedOn: string | null
  readonly madeAt: Date
  readonly version: number
}

const groupColumns = ['id', 'name', 'purpose', 'owner_id as ownerId', 'ended_on as endedOn', 'made_at as madeAt', 'version'] as const

export async function insertGroup(db: Db, one: AdvisoryGroup, by: string): Promise<void> {
  const { id, name, purpose, ownerId, endedOn, madeAt } = one
  await db
    .insertInto('cases.advisory_group')
    .values({ id, name, purpose, owner_id: ownerId, ended_on: endedOn, made_at: madeAt, made_by: by })
    .execute()
}

/** Writes one that was read with the version it has; false where somebody else was faster. */
export async function updateGroup(db: Db, { id, name, purpose, ownerId, endedOn, version }: AdvisoryGroup): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('cases.advisory_group')
    .set({ name, purpose, owner_id: ownerId, ended_on: endedOn, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function groupById(db: Db, id: string): Promise<AdvisoryGroup | null> {
  return (await db.selectFrom('cases.advisory_group').select(groupColumns).where('id', '=', id).executeTakeFirst()) ?? null
}

/** A company has few: those that go on first, by name. */
export async function allGroups(db: Db): Promise<readonly AdvisoryGroup[]> {
  return db
    .selectFrom('cases.advisory_group')
    .select(groupColumns)
    .orderBy(sql`ended_on is not null`)
    .orderBy('name')
    .orderBy('id')
    .limit(500)
    .execute()
}

/** How many belong to each group on a day. */
export async function countMembers(db: Db, day: string): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: string; n: number }>`
    select group_id as id, count(*)::int as n from cases.advisory_member
    where since <= ${day}::date and (until is null or until >= ${day}::date) group by 1`.execute(db)
  return new Map(rows.map(({ id, n }) => [id, n]))
}

/** Who belongs to a group since when and until when; `person`: who of a company comes. */
export interface AdvisoryMember {
  readonly customerId: string
  readonly id: string
  readonly groupId: string
  readonly person: string | null
  readonly since: string
  readonly until: string | null
  readonly version: number
}

const memberColumns = ['customer_id as customerId', 'id', 'group_id as groupId', 'person', 'since', 'until', 'version'] as const

export async function insertMember(db: Db, { customerId, id, groupId, person, since, until }: AdvisoryMember): Promise<void> {
  await db.insertInto('cases.advisory_member').values({ customer_id: customerId, id, group_id: groupId, person, since, until }).execute()
}

export async function updateMember(db: Db, { customerId, id, person, since, until, version }: AdvisoryMember): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('cases.advisory_member')
    .set({ person, since, until, version: version + 1 })
    .where('customer_id', '=', customerId)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function memberById(db: Db, id: string): Promise<AdvisoryMember | null> {
  return (await db.selectFrom('cases.advisory_member').select(memberColumns).where('id', '=', id).executeTakeFirst()) ?? null
}

export async function membersOf(db: Db, groupId: string): Promise<readonly AdvisoryMember[]> {
  return db
    .selectFrom('cases.advisory_member')
    .select(memberColumns)
    .where('group_id', '=', groupId)
    .orderBy('since')
    .orderBy('id')
    .limit(1000)
    .execute()
}

/** Whose places in groups are. */
export async function whoseMemberships(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, ThingOwner>> {
  const { rows } = await sql<{ id: string; customerId: string }>`
    select id, customer_id as "customerId" from cases.advisory_member where id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, customerId }) => [id, { customerId, ownerIds: [] }]))
}

/** A meeting of a group, or with key customers (groupId null). */
export interface AdvisoryMeeting {
  readonly id: string
  readonly groupId: string | null
  readonly title: string
  readonly startsAt: Date
  readonly place: string | null
  readonly link: string | null
  readonly agenda: string | null
  readonly staffIds: readonly string[]
  readonly madeBy: string
  readonly version: number
}

const meetingColumns = [
  'id',
  'group_id as groupId',
  'title',
  'starts_at as startsAt',
  'place',
  'link',
  'agenda',
  'staff_ids as staffIds',
  'made_by as madeBy',
  'version',
] as const

const meetingValues = ({ groupId, title, startsAt, place, link, agenda, staffIds }: AdvisoryMeeting) => ({
  ...{ group_id: groupId, title, starts_at: startsAt, place, link, agenda },
  staff_ids: [...staffIds],
})

export async function insertMeeting(db: Db, one: AdvisoryMeeting, now: Date): Promise<void> {
  await db
    .insertInto('cases.advisory_meeting')
    .values({ id: one.id, ...meetingValues(one), made_at: now, made_by: one.madeBy })
    .execute()
}

export async function updateMeeting(db: Db, one: AdvisoryMeeting): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('cases.advisory_meeting')
    .set({ ...meetingValues(one), version: one.version + 1 })
    .where('id', '=', one.id)
    .where('version', '=', one.version)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function meetingById(db: Db, id: string): Promise<AdvisoryMeeting | null> {
  return (await db.selectFrom('cases.advisory_meeting').select(meetingColumns).where('id', '=', id).executeTakeFirst()) ?? null
}

/** The latest first. */
export async function listMeetings(
  db: Db,
  groupId: string | null,
  after: TimePlace | null,
  limit: number,
): Promise<readonly AdvisoryMeeting[]> {
  let query = db.selectFrom('cases.advisory_meeting').select(meetingColumns)
  if (groupId !== null) query = query.where('group_id', '=', groupId)
  if (after) query = query.where(sql<boolean>`(starts_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`)
  return query.orderBy('starts_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

export interface Attendance {
  readonly customerId: string
  readonly meetingId: string
  readonly person: string | null
}

export async function saveAttendance(db: Db, { customerId, meetingId, person }: Attendance): Promise<void> {
  await db
    .insertInto('cases.advisory_attendance')
    .values({ customer_id: customerId, meeting_id: meetingId, person })
    .onConflict((conflict) => conflict.columns(['customer_id', 'meeting_id']).doUpdateSet({ person }))
    .execute()
}

export async function deleteAttendance(db: Db, customerId: string, meetingId: string): Promise<void> {
  await db.deleteFrom('cases.advisory_attendance').where('customer_id', '=', customerId).where('meeting_id', '=', meetingId).execute()
}

/** Who was at some meetings. */
export async function attendanceOf(db: Db, meetingIds: readonly string[]): Promise<readonly Attendance[]> {
  if (meetingIds.length === 0) return []
  const { rows } = await sql<Attendance>`
    select customer_id as "customerId", meeting_id as "meetingId", person from cases.advisory_attendance
    where meeting_id = any(${[...meetingIds]}::uuid[]) order by customer_id`.execute(db)
  return rows
}
