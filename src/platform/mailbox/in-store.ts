import { sql } from 'kysely'
import type { Db } from '../database/connection.ts'
import { struckLinks } from '../private-link.ts'
import type { Automatic } from './automatic.ts'
import type { Cut, MailAddress, MailAttachment, ThreadBy } from './received-mail.ts'
import type { Verdicts } from './verdicts.ts'

export type MailInState = 'new' | 'taken' | 'failed' | 'ignored'
type Ignored = 'nobody' | 'too-many' | 'own'

interface Recipients {
  readonly to: readonly MailAddress[]
  readonly cc: readonly MailAddress[]
}

/** What is kept of a mail that came in. */
export interface StoredMail {
  readonly id: string
  readonly mailboxId: string
  readonly messageId: string | null
  readonly inReplyTo: string | null
  readonly references: readonly string[]
  readonly fromName: string
  readonly fromAddress: string | null
  readonly replyTo: string | null
  readonly recipients: Recipients
  readonly subject: string
  readonly text: string
  readonly html: string | null
  readonly attachments: readonly MailAttachment[]
  readonly automatic: Automatic | null
  readonly verdicts: Verdicts | null
  readonly cut: Cut | null
  readonly sentAt: Date | null
  readonly receivedAt: Date
  readonly threadId: string | null
  readonly threadBy: ThreadBy | null
  readonly threadForged: boolean
  readonly bounceOf: string | null
  readonly state: MailInState
  readonly reason: Ignored | null
  readonly attempts: number
  readonly dueAt: Date | null
  readonly problem: string | null
  readonly forgottenAt: Date | null
}

export interface NewMail extends Omit<StoredMail, 'attempts' | 'problem' | 'forgottenAt'> {
  readonly uidValidity: number
  readonly uid: number
  /** Of what makes it this mail and no other: its Message-ID, or all of it. */
  readonly messageHash: Buffer
  readonly bytes: number
  readonly takenInAt: Date
}

const columns = [
  'id',
  'mailbox_id as mailboxId',
  'message_id as messageId',
  'in_reply_to as inReplyTo',
  'reference_ids as references',
  'from_name as fromName',
  'from_address as fromAddress',
  'reply_to as replyTo',
  'recipients',
  'subject',
  'body as text',
  'html',
  'attachments',
  'automatic',
  'verdicts',
  'cut',
  'sent_at as sentAt',
  'received_at as receivedAt',
  'thread_id as threadId',
  'thread_by as threadBy',
  'thread_forged as threadForged',
  'bounce_of as bounceOf',
  'state',
  'reason',
  'attempts',
  'due_at as dueAt',
  'problem',
  'forgotten_at as forgottenAt',
] as const

const view = (row: Readonly<Record<string, unknown>>): StoredMail => row as unknown as StoredMail

/** Notes a mail; false where the mailbox brought it before. */
export async function insertMail(db: Db, mail: NewMail): Promise<boolean> {
  const row = await db
    .insertInto('platform.mail_in')
    .values({
      id: mail.id,
      mailbox_id: mail.mailboxId,
      uid_validity: mail.uidValidity,
      uid: mail.uid,
      message_hash: mail.messageHash,
      message_id: mail.messageId,
      in_reply_to: mail.inReplyTo,
      reference_ids: [...mail.references],
      from_name: mail.fromName,
      from_address: mail.fromAddress,
      reply_to: mail.replyTo,
      recipients: JSON.stringify(mail.recipients),
      subject: mail.subject,
      // Whoever answers a letter sends its private link along.
      body: struckLinks(mail.text),
      html: mail.html && struckLinks(mail.html),
      attachments: JSON.stringify(mail.attachments),
      automatic: mail.automatic,
      verdicts: mail.verdicts === null ? null : JSON.stringify(mail.verdicts),
      cut: mail.cut,
      bytes: mail.bytes,
      sent_at: mail.sentAt,
      received_at: mail.receivedAt,
      taken_in_at: mail.takenInAt,
      thread_id: mail.threadId,
      thread_by: mail.threadBy,
      thread_forged: mail.threadForged,
      bounce_of: mail.bounceOf,
      state: mail.state,
      reason: mail.reason,
      due_at: mail.dueAt,
      settled_at: mail.state === 'new' ? null : mail.takenInAt,
    })
    .onConflict((conflict) => conflict.constraint('mail_in_once').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function mailById(db: Db, id: string): Promise<StoredMail | null> {
  const row = await db.selectFrom('platform.mail_in').select(columns).where('id', '=', id).executeTakeFirst()
  return row ? view(row) : null
}

/** The mail that has waited longest for a module; nobody else hands it on until the transaction ends. */
export async function takeDueMail(db: Db, now: Date): Promise<StoredMail | null> {
  const row = await db
    .selectFrom('platform.mail_in')
    .select(columns)
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  return row ? view(row) : null
}

export async function isMailDue(db: Db, now: Date): Promise<boolean> {
  return (await db.selectFrom('platform.mail_in').select('id').where('due_at', '<=', now).limit(1).executeTakeFirst()) !== undefined
}

export interface Settled {
  readonly state: MailInState
  readonly at: Date
  readonly reason?: Ignored
  readonly takenBy?: string
  readonly attempts?: number
  readonly dueAt?: Date | null
  readonly problem?: string
}

export async function settleMail(db: Db, id: string, { state, at, reason, takenBy, attempts, dueAt, problem }: Settled): Promise<void> {
  await db
    .updateTable('platform.mail_in')
    .set({
      state,
      reason: reason ?? null,
      taken_by: takenBy ?? null,
      due_at: dueAt ?? null,
      problem: problem ?? null,
      settled_at: state === 'failed' && dueAt ? null : at,
      ...(attempts === undefined ? {} : { attempts }),
    })
    .where('id', '=', id)
    .execute()
}

/** Makes a mail due at once that failed or was ignored; false where there is none, or nothing of it is left to hand on. */
export async function repeatMail(db: Db, id: string, now: Date): Promise<boolean> {
  const row = await db
    .updateTable('platform.mail_in')
    .set({ state: 'new', reason: null, attempts: 0, due_at: now, problem: null, settled_at: null })
    .where('id', '=', id)
    .where('state', 'in', ['failed', 'ignored'])
    .where('forgotten_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Mails of one state or of all, the newest first, strictly before the given one. What they say is left out. */
export async function mailsBefore(db: Db, state: MailInState | null, before: string | null, limit: number): Promise<StoredMail[]> {
  const rows = await db
    .selectFrom('platform.mail_in')
    .select(columns.filter((column) => !['body as text', 'html', 'attachments', 'recipients'].includes(column)))
    .$if(state !== null, (query) => query.where('state', '=', state!))
    .$if(before !== null, (query) => query.where('id', '<', before!))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(view)
}

/** The thread of the newest of some mails that this very sender wrote before. */
export async function threadOfEarlier(db: Db, messageIds: readonly string[], address: string): Promise<string | null> {
  if (messageIds.length === 0) return null
  const row = await db
    .selectFrom('platform.mail_in')
    .select('thread_id')
    .where('message_id', 'in', messageIds)
    .where('from_address', '=', address)
    .where('thread_id', 'is not', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.thread_id ?? null
}

/** Says to which thread a mail belongs; a later one that answers it, of the same sender, finds it. For the module that takes it. */
export async function joinThread(db: Db, mailId: string, threadId: string): Promise<void> {
  await db.updateTable('platform.mail_in').set({ thread_id: threadId }).where('id', '=', mailId).execute()
}

/** The pictures of a mail lie here now. */
export async function setPictures(db: Db, id: string, html: string, attachments: readonly MailAttachment[]): Promise<void> {
  await db
    .updateTable('platform.mail_in')
    .set({ html, attachments: JSON.stringify(attachments) })
    .where('id', '=', id)
    .execute()
}

/** Mails that are in and of which their server was not told yet. */
export async function unfiledMails(
  db: Db,
  mailboxId: string,
  uidValidity: number,
  limit: number,
): Promise<{ id: string; uid: number; cut: string | null }[]> {
  return db
    .selectFrom('platform.mail_in')
    .select(['id', 'uid', 'cut'])
    .where('mailbox_id', '=', mailboxId)
    .where('uid_validity', '=', uidValidity)
    .where('filed_at', 'is', null)
    .orderBy('uid')
    .limit(limit)
    .execute()
}

export async function noteFiled(db: Db, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length > 0) await db.updateTable('platform.mail_in').set({ filed_at: now }).where('id', 'in', ids).execute()
}

/** Mails of which no module could make anything, for the doctor. */
export async function countGivenUp(db: Db, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (select from platform.mail_in where state = 'failed' and due_at is null limit ${most}) x`.execute(db)
  return rows[0]!.count
}
