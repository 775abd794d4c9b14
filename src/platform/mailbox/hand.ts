import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { isPassing } from '../database/passing.ts'
import { mailGivenUp } from './facts.ts'
import { type StoredMail, settleMail, takeDueMail } from './in-store.ts'
import { mailboxById } from './mailbox-store.ts'
import { newText } from './new-text.ts'
import type { ReceivedMail } from './received-mail.ts'
import { isAnswering, isForwarded, plainSubject } from './subject-line.ts'

/** How long is waited after each failure of a module with a mail, in minutes. */
const waits = [1, 5, 15, 60, 240]

/**
 * Hands the mail that has waited longest to the modules, in their order, until one takes it; false where none waits. What a module does with it is true together with the note that it was taken. Where it fails nothing of
 * that is left, the mail stays with the reason, and is tried again some times.
 */
export async function handDueMail(context: Context): Promise<boolean> {
  const { db, now, house } = context
  const stored = await takeDueMail(db, now)
  if (!stored) return false
  const mail = await receivedMail(context, stored)
  await sql`savepoint handing`.execute(db)
  try {
    const takenBy = await offered(context, mail, house.modules)
    await settleMail(
      db,
      stored.id,
      takenBy === null ? { state: 'ignored', reason: 'nobody', at: now } : { state: 'taken', takenBy, at: now },
    )
  } catch (error) {
    // The moment's fault, not the mail's: all of it is done again.
    if (isPassing(error)) throw error
    await sql`rollback to savepoint handing`.execute(db)
    await noteFailed(context, stored, error)
  }
  return true
}

async function offered(context: Context, mail: ReceivedMail, modules: Context['house']['modules']): Promise<string | null> {
  for (const { name, mail: hook } of modules) if (hook && (await hook(context, mail)) === 'taken') return name
  return null
}

async function noteFailed(context: Context, { id, mailboxId, attempts: before }: StoredMail, error: unknown): Promise<void> {
  const { db, now, publish } = context
  const minutes = waits[before]
  const dueAt = minutes === undefined ? null : new Date(now.getTime() + minutes * 60_000)
  const problem = (error instanceof Error ? error.message : String(error)).slice(0, 1000)
  await settleMail(db, id, { state: 'failed', at: now, attempts: before + 1, dueAt, problem })
  if (dueAt === null) await publish(mailGivenUp, { mailboxId, mailId: id })
}

/** A stored mail as modules see it. */
async function receivedMail({ db }: Context, mail: StoredMail): Promise<ReceivedMail> {
  const mailbox = await mailboxById(db, mail.mailboxId)
  const answers = mail.inReplyTo !== null || mail.references.length > 0 || isAnswering(mail.subject)
  return {
    id: mail.id,
    mailbox: { id: mail.mailboxId, name: mailbox?.name ?? '', address: mailbox?.address ?? '' },
    messageId: mail.messageId,
    inReplyTo: mail.inReplyTo,
    references: mail.references,
    from: mail.fromAddress === null ? null : { name: mail.fromName, address: mail.fromAddress },
    answerTo: mail.replyTo ?? mail.fromAddress,
    to: mail.recipients.to,
    cc: mail.recipients.cc,
    subject: mail.subject,
    plainSubject: plainSubject(mail.subject),
    sentAt: mail.sentAt,
    receivedAt: mail.receivedAt,
    text: mail.text,
    newText: answers && !isForwarded(mail.subject) ? newText(mail.text) : mail.text.trim(),
    html: mail.html,
    attachments: mail.attachments,
    automatic: mail.automatic,
    verdicts: mail.verdicts,
    thread: mail.threadId === null ? null : { id: mail.threadId, by: mail.threadBy ?? 'token' },
    threadForged: mail.threadForged,
    bounceOf: mail.bounceOf,
    cut: mail.cut,
  }
}
