import type { Db } from '../database/connection.ts'

/** A session as its owner sees it in a list. */
export interface OpenSession {
  readonly id: string
  readonly device: string
  readonly address: string
  readonly startedAt: Date
  readonly usedAt: Date
}

/** The sessions with which somebody could act now, the last used first. */
export async function openSessionsOf(db: Db, userId: string, now: Date): Promise<OpenSession[]> {
  const rows = await db
    .selectFrom('platform.session')
    .select(['id', 'user_agent', 'ip_address', 'created_at', 'updated_at', 'used_at'])
    .where('user_id', '=', userId)
    .where('expires_at', '>', now)
    .where('awaits_second_factor', '=', false)
    .execute()
  return rows
    .map((row) => ({
      id: row.id,
      device: row.user_agent ?? '',
      address: row.ip_address ?? '',
      startedAt: row.created_at,
      usedAt: row.used_at ?? row.updated_at,
    }))
    .toSorted((a, b) => b.usedAt.getTime() - a.usedAt.getTime())
}

/** Ends one of somebody's sessions; false where they have no such session. */
export async function endSession(db: Db, userId: string, sessionId: string): Promise<boolean> {
  const row = await db
    .deleteFrom('platform.session')
    .where('id', '=', sessionId)
    .where('user_id', '=', userId)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Ends all of somebody's sessions but one, and answers how many ended. */
export async function endOtherSessions(db: Db, userId: string, but: string | null): Promise<number> {
  const rows = await db
    .deleteFrom('platform.session')
    .where('user_id', '=', userId)
    .$if(but !== null, (query) => query.where('id', '<>', but!))
    .returning('id')
    .execute()
  return rows.length
}

/**
 * Turns the session that waited for the second factor into a full one under a new token, so that what was known of it before opens nothing. False where it
 * is gone, or was turned meanwhile.
 */
export async function completeSession(db: Db, sessionId: string, token: string, now: Date): Promise<boolean> {
  const row = await db
    .updateTable('platform.session')
    .set({ awaits_second_factor: false, token, updated_at: now, used_at: now })
    .where('id', '=', sessionId)
    .where('awaits_second_factor', '=', true)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
