import type { Db } from '../database/connection.ts'
import { clean, type Mailbox, mailboxColumns, mailboxView } from './mailbox-store.ts'

/** Takes the mailboxes that nobody reads: for so long they are this worker's alone. Those that failed wait until their pause is over. */
export async function leaseMailboxes(db: Db, worker: string, now: Date, until: Date, most: number): Promise<Mailbox[]> {
  const free = db
    .selectFrom('platform.mailbox')
    .select('id')
    .where('disabled_at', 'is', null)
    .where((e) => e.or([e('leased_until', 'is', null), e('leased_until', '<', now)]))
    .where((e) => e.or([e('paused_until', 'is', null), e('paused_until', '<=', now)]))
    .orderBy('id')
    .limit(most)
    .forUpdate()
    .skipLocked()
  const rows = await db
    .updateTable('platform.mailbox')
    .set({ leased_by: worker, leased_until: until })
    .where('id', 'in', free)
    .returning(mailboxColumns)
    .execute()
  return rows.map(mailboxView)
}

/** Renews the lease; false where the mailbox is another worker's by now, was changed, switched off or removed. */
export async function renewMailbox(db: Db, id: string, worker: string, version: number, until: Date): Promise<boolean> {
  const row = await db
    .updateTable('platform.mailbox')
    .set({ leased_until: until })
    .where('id', '=', id)
    .where('leased_by', '=', worker)
    .where('version', '=', version)
    .where('disabled_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function giveMailboxBack(db: Db, id: string, worker: string): Promise<void> {
  await db
    .updateTable('platform.mailbox')
    .set({ leased_by: null, leased_until: null })
    .where('id', '=', id)
    .where('leased_by', '=', worker)
    .execute()
}

/** Begins to count in a folder, from behind what lies there or from its first mail; false where the mailbox is no longer this worker's. */
export async function beginFolder(
  db: Db,
  id: string,
  worker: string,
  place: { readonly uidValidity: number; readonly lastUid: number },
): Promise<boolean> {
  const row = await db
    .updateTable('platform.mailbox')
    .set({ uid_validity: place.uidValidity, last_uid: place.lastUid })
    .where('id', '=', id)
    .where('leased_by', '=', worker)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Notes in the transaction of a mail that it was read: once, and only by whoever holds the lease. */
export async function passMail(
  db: Db,
  id: string,
  worker: string,
  place: { readonly uidValidity: number; readonly uid: number },
): Promise<boolean> {
  const row = await db
    .updateTable('platform.mailbox')
    .set({ last_uid: place.uid })
    .where('id', '=', id)
    .where('leased_by', '=', worker)
    .where('uid_validity', '=', place.uidValidity)
    .where('last_uid', '<', place.uid)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** The mailbox was read; what else it complains of stands beside that. */
export async function noteLooked(
  db: Db,
  id: string,
  worker: string,
  now: Date,
  complaint: Pick<Failure, 'problem' | 'detail'> | null,
): Promise<void> {
  await db
    .updateTable('platform.mailbox')
    .set({ looked_at: now, ...clean, problem: complaint?.problem ?? null, problem_detail: complaint?.detail ?? null })
    .where('id', '=', id)
    .where('leased_by', '=', worker)
    .execute()
}

export interface Failure {
  readonly problem: string
  readonly detail: string | null
  readonly at: Date
  readonly pausedUntil: Date
}

/** It failed; it rests until its pause is over, whoever reads it then. Answers since when, how often in a row, and whether that was told; null where it is no longer this worker's. */
export async function noteFailure(db: Db, id: string, worker: string, { problem, detail, at, pausedUntil }: Failure) {
  return db
    .updateTable('platform.mailbox')
    .set((eb) => ({
      problem,
      problem_detail: detail,
      failing_since: eb.fn.coalesce('failing_since', eb.val(at)),
      failures: eb('failures', '+', 1),
      paused_until: pausedUntil,
      leased_by: null,
      leased_until: null,
    }))
    .where('id', '=', id)
    .where('leased_by', '=', worker)
    .returning(['failing_since as failingSince', 'failures', 'told_at as toldAt'])
    .executeTakeFirst()
}

export async function noteTold(db: Db, id: string, now: Date): Promise<void> {
  await db.updateTable('platform.mailbox').set({ told_at: now }).where('id', '=', id).execute()
}
