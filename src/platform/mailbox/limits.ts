import { sql } from 'kysely'
import type { Db } from '../database/connection.ts'

/** So many mails of one sender, and so many in one thread, are handed on within an hour; the others wait for somebody to look at them. */
const mostOfSender = 60
const mostOfThread = 60
const hour = 3_600_000

export interface Arrival {
  readonly mailboxId: string
  /** As it says itself: whoever floods a mailbox writes another one into each mail. */
  readonly sender: string | null
  readonly threadId: string | null
  /** So many that begin something new one mailbox hands on within an hour. */
  readonly hourlyLimit: number
}

/** Whether more came within an hour than anybody could read: from one sender, in one thread, or to one mailbox. */
export async function isTooMuchMail(db: Db, { mailboxId, sender, threadId, hourlyLimit }: Arrival, now: Date): Promise<boolean> {
  const since = new Date(now.getTime() - hour)
  const { rows } = await sql<{ sender: number; thread: number; mailbox: number }>`
    select
      (select count(*)::int from (select from platform.mail_in
        where from_address = ${sender} and taken_in_at > ${since}::timestamptz limit ${mostOfSender}) s) as sender,
      (select count(*)::int from (select from platform.mail_in
        where thread_id = ${threadId}::uuid and taken_in_at > ${since}::timestamptz and state <> 'ignored' limit ${mostOfThread}) t) as thread,
      (select count(*)::int from (select from platform.mail_in
        where mailbox_id = ${mailboxId}::uuid and taken_in_at > ${since}::timestamptz and state <> 'ignored' limit ${hourlyLimit}) m) as mailbox`.execute(
    db,
  )
  const counted = rows[0]!
  return counted.sender >= mostOfSender || counted.thread >= mostOfThread || (threadId === null && counted.mailbox >= hourlyLimit)
}
