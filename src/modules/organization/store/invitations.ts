import type { Db } from '#platform/database/connection.ts'

export interface Invitation {
  readonly id: string
  readonly email: string
  readonly roles: readonly string[]
  readonly invitedBy: string
  readonly invitedAt: Date
  readonly sentAt: Date | null
  readonly expiresAt: Date
}

/** False where the address has an open invitation already. */
export async function addInvitation(db: Db, invitation: Omit<Invitation, 'sentAt'>): Promise<boolean> {
  const row = await db
    .insertInto('organization.invitation')
    .values({
      id: invitation.id,
      email: invitation.email,
      roles: [...invitation.roles],
      invited_by: invitation.invitedBy,
      invited_at: invitation.invitedAt,
      expires_at: invitation.expiresAt,
    })
    .onConflict((conflict) => conflict.column('email').where('accepted_at', 'is', null).where('revoked_at', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Open invitations, the newest first, strictly before the given one. */
export async function openInvitationsBefore(db: Db, before: string | null, limit: number): Promise<Invitation[]> {
  const rows = await open(db)
    .$if(before !== null, (query) => query.where('id', '<', before!))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(invitationOf)
}

export async function openInvitation(db: Db, id: string): Promise<Invitation | null> {
  const row = await open(db).where('id', '=', id).executeTakeFirst()
  return row ? invitationOf(row) : null
}

export async function invitationByToken(db: Db, hash: Buffer, now: Date): Promise<Invitation | null> {
  const row = await open(db).where('token_hash', '=', hash).where('expires_at', '>', now).executeTakeFirst()
  return row ? invitationOf(row) : null
}

/** The only link that opens it from now on. */
export const setToken = (db: Db, id: string, hash: Buffer | null, expiresAt: Date) =>
  db
    .updateTable('organization.invitation')
    .set({ token_hash: hash, expires_at: expiresAt, sent_at: null })
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute()

export const noteSent = (db: Db, id: string, at: Date) =>
  db.updateTable('organization.invitation').set({ sent_at: at }).where('id', '=', id).execute()

/** Uses an invitation up; null where it is used, taken back or too old. Of two at once the second waits for the first and gets null. */
export async function takeInvitation(db: Db, hash: Buffer, now: Date): Promise<Invitation | null> {
  const row = await db
    .updateTable('organization.invitation')
    .set({ accepted_at: now })
    .where('token_hash', '=', hash)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(columns)
    .executeTakeFirst()
  return row ? invitationOf(row) : null
}

export async function revokeInvitation(db: Db, id: string, now: Date): Promise<boolean> {
  const row = await db
    .updateTable('organization.invitation')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Whoever may no longer sign in invites nobody either. */
export const revokeInvitationsBy = (db: Db, userId: string, now: Date) =>
  db
    .updateTable('organization.invitation')
    .set({ revoked_at: now })
    .where('invited_by', '=', userId)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute()

const columns = ['id', 'email', 'roles', 'invited_by', 'invited_at', 'sent_at', 'expires_at'] as const

const open = (db: Db) =>
  db.selectFrom('organization.invitation').select(columns).where('accepted_at', 'is', null).where('revoked_at', 'is', null)

const invitationOf = (row: {
  id: string
  email: string
  roles: string[]
  invited_by: string
  invited_at: Date
  sent_at: Date | null
  expires_at: Date
}): Invitation => ({
  id: row.id,
  email: row.email,
  roles: row.roles,
  invitedBy: row.invited_by,
  invitedAt: row.invited_at,
  sentAt: row.sent_at,
  expiresAt: row.expires_at,
})
