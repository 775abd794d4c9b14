import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'

/** Something that was said in a meeting: by which customer, and which suggestion became of it. */
export interface MinutesItem {
  readonly id: string
  readonly meetingId: string
  readonly text: string
  readonly customerId: string | null
  readonly caseId: string | null
  readonly version: number
}

const items = sql`
  select i.id, i.meeting_id as "meetingId", i.text, v.customer_id as "customerId", v.case_id as "caseId", i.version
  from cases.minutes_item i left join cases.minutes_voice v on v.item_id = i.id`

export async function itemsOfMeeting(db: Db, meetingId: string): Promise<readonly MinutesItem[]> {
  return (await sql<MinutesItem>`${items} where i.meeting_id = ${meetingId}::uuid order by i.made_at, i.id limit 500`.execute(db)).rows
}

export async function itemById(db: Db, id: string): Promise<MinutesItem | null> {
  return (await sql<MinutesItem>`${items} where i.id = ${id}::uuid`.execute(db)).rows[0] ?? null
}

/** Nobody else writes it until the end of the transaction. */
export const holdItem = (db: Db, id: string) => sql`select 1 from cases.minutes_item where id = ${id}::uuid for update`.execute(db)

export async function insertItem(db: Db, { id, meetingId, text, customerId }: MinutesItem, at: Date, by: string): Promise<void> {
  await db.insertInto('cases.minutes_item').values({ id, meeting_id: meetingId, text, made_at: at, made_by: by }).execute()
  await saveVoice(db, id, customerId, null)
}

export async function updateItem(db: Db, { id, text, customerId, caseId, version }: MinutesItem): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('cases.minutes_item')
    .set({ text, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) return false
  await saveVoice(db, id, customerId, caseId)
  return true
}

export async function deleteItem(db: Db, id: string): Promise<void> {
  await db.deleteFrom('cases.minutes_voice').where('item_id', '=', id).execute()
  await db.deleteFrom('cases.minutes_item').where('id', '=', id).execute()
}

/** One item is said by one customer, or by nobody in particular. */
async function saveVoice(db: Db, itemId: string, customerId: string | null, caseId: string | null): Promise<void> {
  await db.deleteFrom('cases.minutes_voice').where('item_id', '=', itemId).execute()
  if (customerId !== null)
    await db.insertInto('cases.minutes_voice').values({ customer_id: customerId, item_id: itemId, case_id: caseId }).execute()
}
