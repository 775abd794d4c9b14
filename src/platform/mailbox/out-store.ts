import { sql } from 'kysely'
import type { Db } from '../database/connection.ts'
import type { MailAddress } from './received-mail.ts'

export type MailOutState = 'queued' | 'sent' | 'failed'
export type MailOutProblem = 'refused' | 'not-reachable' | 'not-set-up' | 'came-back' | 'too-many' | 'file-missing' | 'restored'
export interface OutgoingFile {
  readonly fileId: string
  readonly name: string
  readonly mediaType: string
}

export interface MailOut {
  readonly id: string
  readonly mailboxId: string | null
  readonly messageId: string
  readonly inReplyTo: string | null
  readonly references: readonly string[]
  readonly threadId: string | null
  readonly toName: string
  readonly toAddress: string
  readonly copies: readonly MailAddress[]
  readonly subject: string
  readonly text: string
  readonly html: string | null
  /** The private link for which its words have a placeholder, sealed; null where it has none, empty once it is sent: nobody can send it again. */
  readonly sealedLink: Buffer | null
  readonly attachments: readonly OutgoingFile[]
  readonly language: string
  readonly automatic: 'generated' | 'replied' | null
  readonly state: MailOutState
  readonly attempts: number
  readonly dueAt: Date | null
  readonly problem: MailOutProblem | null
  readonly problemDetail: string | null
  readonly createdAt: Date
  readonly sentAt: Date | null
  readonly forgottenAt: Date | null
}

const columns = [
  'id',
  'mailbox_id as mailboxId',
  'message_id as messageId',
  'in_reply_to as inReplyTo',
  'reference_ids as references',
  'thread_id as threadId',
  'to_name as toName',
  'to_address as toAddress',
  'copies',
  'subject',
  'body as text',
  'html',
  'sealed_link as sealedLink',
  'attachments',
  'language',
  'automatic',
  'state',
  'attempts',
  'due_at as dueAt',
  'problem',
  'problem_detail as problemDetail',
  'created_at as createdAt',
  'sent_at as sentAt',
  'forgotten_at as forgottenAt',
] as const

const view = (row: Readonly<Record<string, unknown>>): MailOut => row as unknown as MailOut

export interface NewMailOut extends Omit<MailOut, 'state' | 'attempts' | 'dueAt' | 'problem' | 'problemDetail' | 'sentAt' | 'forgottenAt'> {
  readonly module: string
  readonly createdBy: string
  /** Never to be sent, for this reason. */
  readonly refused: MailOutProblem | null
}

export async function insertMailOut(db: Db, mail: NewMailOut): Promise<void> {
  await db
    .insertInto('platform.mail_out')
    .values({
      id: mail.id,
      mailbox_id: mail.mailboxId,
      module: mail.module,
      message_id: mail.messageId,
      in_reply_to: mail.inReplyTo,
      reference_ids: [...mail.references],
      thread_id: mail.threadId,
      to_name: mail.toName,
      to_address: mail.toAddress,
      copies: JSON.stringify(mail.copies),
      subject: mail.subject,
      body: mail.text,
      html: mail.html,
      sealed_link: mail.sealedLink,
      attachments: JSON.stringify(mail.attachments),
      language: mail.language,
      automatic: mail.automatic,
      state: mail.refused === null ? 'queued' : 'failed',
      due_at: mail.refused === null ? mail.createdAt : null,
      problem: mail.refused,
      created_at: mail.createdAt,
      created_by: mail.createdBy,
      settled_at: mail.refused === null ? null : mail.createdAt,
    })
    .execute()
}

/** What became of some mails, for the modules that wrote them. */
export async function statesOfMailsOut(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Pick<MailOut, 'state' | 'problem' | 'sentAt'>>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('platform.mail_out')
    .select(['id', 'state', 'problem', 'sent_at as sentAt'])
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map(({ id, ...row }) => [id, row as Pick<MailOut, 'state' | 'problem' | 'sentAt'>]))
}

/** The mail that has waited longest; nobody else sends it until the transaction ends. */
export async function takeDueMailOut(db: Db, now: Date): Promise<MailOut | null> {
  const row = await db
    .selectFrom('platform.mail_out')
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

export async function isMailOutDue(db: Db, now: Date): Promise<boolean> {
  return (await db.selectFrom('platform.mail_out').select('id').where('due_at', '<=', now).limit(1).executeTakeFirst()) !== undefined
}

export interface Attempted {
  readonly state: MailOutState
  readonly attempts: number
  readonly at: Date
  /** When it is tried again. */
  readonly dueAt: Date | null
  readonly problem: MailOutProblem | null
  readonly detail: string | null
}

export async function noteAttempted(db: Db, id: string, { state, attempts, at, dueAt, problem, detail }: Attempted): Promise<void> {
  await db
    .updateTable('platform.mail_out')
    .set({
      state,
      attempts,
      due_at: dueAt,
      problem,
      problem_detail: detail,
      ...(state === 'sent' ? { sent_at: at, sealed_link: sql<Buffer | null>`case when sealed_link is not null then ''::bytea end` } : {}),
      settled_at: state === 'queued' ? null : at,
    })
    .where('id', '=', id)
    .execute()
}

/** Notes that a mail of ours came back. Answers which it was, and whether that was not known; null where it is none of ours. */
export async function noteCameBack(
  db: Db,
  messageId: string,
  detail: string | null,
  failed: boolean,
): Promise<{ id: string; threadId: string | null; turned: boolean } | null> {
  const found = await db
    .selectFrom('platform.mail_out')
    .select(['id', 'thread_id as threadId'])
    .where('message_id', '=', messageId)
    .executeTakeFirst()
  if (!found) return null
  if (!failed) return { ...found, turned: false }
  const { numUpdatedRows } = await db
    .updateTable('platform.mail_out')
    .set({ state: 'failed', problem: 'came-back', problem_detail: detail })
    .where('id', '=', found.id)
    .where('state', '=', 'sent')
    .executeTakeFirstOrThrow()
  return { ...found, turned: numUpdatedRows === 1n }
}

/** Whether a mail is one that we sent. */
export async function isOurs(db: Db, messageId: string): Promise<boolean> {
  return (await db.selectFrom('platform.mail_out').select('id').where('message_id', '=', messageId).executeTakeFirst()) !== undefined
}

/** Whether a mail has to be written anew: the private link that it carried went out with it, and is kept nowhere. */
export async function hasLostItsLink(db: Db, id: string): Promise<boolean> {
  const lost = db.selectFrom('platform.mail_out').select('id').where('id', '=', id).where('sealed_link', '=', Buffer.alloc(0))
  return (await lost.executeTakeFirst()) !== undefined
}

/** Sends a mail again that failed; false where there is none, or nothing of it is left. */
export async function repeatMailOut(db: Db, id: string, now: Date): Promise<boolean> {
  const row = await db
    .updateTable('platform.mail_out')
    .set({ state: 'queued', attempts: 0, due_at: now, problem: null, problem_detail: null, settled_at: null })
    .where('id', '=', id)
    .where('state', '=', 'failed')
    .where('forgotten_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Mails of one state or of all, the newest first, strictly before the given one. What they say is left out. */
export async function mailsOutBefore(db: Db, state: MailOutState | null, before: string | null, limit: number): Promise<MailOut[]> {
  const rows = await db
    .selectFrom('platform.mail_out')
    .select(columns.filter((column) => !['body as text', 'html', 'sealed_link as sealedLink', 'attachments', 'copies'].includes(column)))
    .$if(state !== null, (query) => query.where('state', '=', state!))
    .$if(before !== null, (query) => query.where('id', '<', before!))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(view)
}

/** How many mails nobody wrote by hand went to an address since a moment, as far as `most`. */
export async function countAutomaticTo(db: Db, address: string, since: Date, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (
      select from platform.mail_out
      where to_address = ${address} and created_at > ${since}::timestamptz and automatic is not null limit ${most}) x`.execute(db)
  return rows[0]!.count
}

/** What waited when a backup was made went out since, as far as anybody knows: nothing of it is sent by itself after a restore. */
export async function holdQueued(db: Db, now: Date): Promise<void> {
  await db
    .updateTable('platform.mail_out')
    .set({ state: 'failed', problem: 'restored', due_at: null, settled_at: now })
    .where('state', '=', 'queued')
    .execute()
}

/** Mails that did not go out within a week, for the doctor. */
export async function countUnsent(db: Db, since: Date, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (
      select from platform.mail_out where state = 'failed' and id >= ${firstIdOf(since)}::uuid limit ${most}) x`.execute(db)
  return rows[0]!.count
}

/** Ids begin with the moment at which they were made. */
const firstIdOf = (at: Date) =>
  `${at
    .getTime()
    .toString(16)
    .padStart(12, '0')
    .replace(/^(.{8})(.{4})$/, '$1-$2')}-0000-0000-000000000000`
