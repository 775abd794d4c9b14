import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { type NotificationChoices, usualChoices } from '../domain/notification.ts'

export type NotificationValues = Readonly<Record<string, string | number>>

export interface StoredNotification {
  readonly id: string
  readonly kind: string
  readonly values: NotificationValues
  readonly link: string | null
  readonly createdAt: Date
  readonly readAt: Date | null
}

export interface NewNotification {
  readonly userId: string
  readonly id: string
  readonly kind: string
  readonly values: NotificationValues
  readonly link: string | null
  readonly createdAt: Date
  readonly mailDue: Date | null
}

export async function insertNotifications(db: Db, news: readonly NewNotification[]): Promise<void> {
  if (news.length === 0) return
  await db
    .insertInto('organization.notification')
    .values(
      news.map((one) => ({
        user_id: one.userId,
        id: one.id,
        kind: one.kind,
        values: JSON.stringify(one.values),
        link: one.link,
        created_at: one.createdAt,
        mail_due: one.mailDue,
      })),
    )
    .execute()
}

const columns = ['id', 'kind', 'values', 'link', 'created_at as createdAt', 'read_at as readAt'] as const

/** Somebody's, newest first, behind an id; ids follow the time. */
export async function notificationsOf(db: Db, userId: string, options: { unread: boolean; after: string | null; limit: number }) {
  const rows = await db
    .selectFrom('organization.notification')
    .select(columns)
    .where('user_id', '=', userId)
    .$if(options.unread, (query) => query.where('read_at', 'is', null))
    .$if(options.after !== null, (query) => query.where('id', '<', options.after!))
    .orderBy('id', 'desc')
    .limit(options.limit)
    .execute()
  return rows as unknown as StoredNotification[]
}

export async function countUnread(db: Db, userId: string, most: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (select from organization.notification where user_id = ${userId}::uuid and read_at is null limit ${most}) x`.execute(
    db,
  )
  return rows[0]!.n
}

/** Marks as read; what was read here is not mailed any more. `ids` null: all. */
export async function markRead(db: Db, userId: string, ids: readonly string[] | null, now: Date): Promise<void> {
  await db
    .updateTable('organization.notification')
    .set({ read_at: now, mail_due: null })
    .where('user_id', '=', userId)
    .where('read_at', 'is', null)
    .$if(ids !== null, (query) => query.where('id', 'in', ids!.length > 0 ? [...ids!] : [userId]))
    .execute()
}

export async function choicesOf(db: Db, userIds: readonly string[]): Promise<Map<string, NotificationChoices>> {
  const found = new Map<string, NotificationChoices>(userIds.map((id) => [id, usualChoices]))
  if (userIds.length === 0) return found
  const rows = await db.selectFrom('organization.notification_choice').selectAll().where('user_id', 'in', userIds).execute()
  for (const row of rows) found.set(row.user_id, { ...usualChoices, ...(row.choices as Partial<NotificationChoices>) })
  return found
}

export async function writeChoices(db: Db, userId: string, choices: NotificationChoices): Promise<void> {
  const values = JSON.stringify(choices)
  await db
    .insertInto('organization.notification_choice')
    .values({ user_id: userId, choices: values })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ choices: values }))
    .execute()
}

/** Those for whom something may be mailed by now. */
export async function usersWithMailDue(db: Db, now: Date, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('organization.notification')
    .select('user_id')
    .distinct()
    .where('mail_due', '<=', now)
    .orderBy('user_id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.user_id)
}

/** Takes what may be mailed to somebody by now, oldest first: in the transaction that mails it, so that it stays due where the mail fails. */
export async function takeMailDue(db: Db, userId: string, now: Date): Promise<StoredNotification[]> {
  const rows = await db
    .updateTable('organization.notification')
    .set({ mail_due: null })
    .where('user_id', '=', userId)
    .where('mail_due', '<=', now)
    .returning(columns)
    .execute()
  return (rows as unknown as StoredNotification[]).toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** Old news are nobody's any more. */
export const dropNotifications = (db: Db, before: Date) =>
  db.deleteFrom('organization.notification').where('created_at', '<', before).execute()
