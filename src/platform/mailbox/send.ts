import { Readable } from 'node:stream'
import type { Context } from '../context.ts'
import { fileById, readFile } from '../files.ts'
import { sendMail } from '../mail.ts'
import { mailNotDelivered } from './facts.ts'
import { type Mailbox, mailboxById } from './mailbox-store.ts'
import { type MailOut, type MailOutProblem, noteAttempted, takeDueMailOut } from './out-store.ts'
import { threadPurpose, wordsOut } from './queue-mail.ts'
import { plusAddress, threadToken } from './thread-token.ts'
import { mailWentOut } from './wakes.ts'

/** How long is waited after each attempt that failed, in minutes: for two days. */
const waits = [1, 5, 15, 60, 180, 360, 720, 1440]

/**
 * Sends the mail that has waited longest; false where none waits. It always carries the same Message-ID: where the server took it and we did not hear that, the second one is told from a new mail.
 */
export async function sendDueMail(context: Context): Promise<boolean> {
  const { db, now } = context
  const mail = await takeDueMailOut(db, now)
  if (!mail) return false
  const attempts = mail.attempts + 1
  const failure = await attempt(context, mail)
  if (failure === null) {
    await noteAttempted(db, mail.id, { state: 'sent', attempts, at: now, dueAt: null, problem: null, detail: null })
    if (mail.threadId !== null) await context.wake(mailWentOut, { mailId: mail.id, threadId: mail.threadId })
    return true
  }
  const minutes = failure.final ? undefined : waits[mail.attempts]
  const dueAt = minutes === undefined ? null : new Date(now.getTime() + minutes * 60_000)
  const { problem, detail } = failure
  await noteAttempted(db, mail.id, { state: dueAt === null ? 'failed' : 'queued', attempts, at: now, dueAt, problem, detail })
  if (dueAt === null) await context.publish(mailNotDelivered, { mailId: mail.id, threadId: mail.threadId })
  return true
}

interface SendFailure {
  readonly problem: MailOutProblem
  readonly detail: string | null
  /** Whether trying again is of no use. */
  readonly final: boolean
}

async function attempt({ db, house }: Context, mail: MailOut): Promise<SendFailure | null> {
  if (!house.mail) return { problem: 'not-set-up', detail: null, final: false }
  const mailbox = mail.mailboxId === null ? null : await mailboxById(db, mail.mailboxId)
  for (const { fileId } of mail.attachments)
    if (!(await fileById(db, fileId))) return { problem: 'file-missing', detail: null, final: true }
  try {
    await sendMail(house.mail, {
      to: mail.toAddress,
      toName: mail.toName,
      copies: mail.copies,
      subject: mail.subject,
      text: await wordsOut(house, mail),
      html: mail.html,
      from: mailbox && { name: mailbox.fromName, address: mailbox.address },
      answersTo: await answersTo(mailbox, mail, house),
      messageId: mail.messageId,
      inReplyTo: mail.inReplyTo,
      references: mail.references,
      language: mail.language,
      automatic: mail.automatic,
      files: mail.attachments.map(({ fileId, name, mediaType }) => ({
        name,
        mediaType,
        content: () => Readable.from(readFile(db, fileId)),
      })),
    })
    return null
  } catch (error) {
    const { responseCode, message } = error as { responseCode?: number; message?: string }
    const refused = typeof responseCode === 'number' && responseCode >= 400
    return {
      problem: refused ? 'refused' : 'not-reachable',
      detail: (message ?? '').replace(/\p{Cc}+/gu, ' ').slice(0, 300),
      final: refused && responseCode >= 500,
    }
  }
}

/** Where the mailbox hears of every address with a plus: the token of the thread also stands in the address to which answers go. */
async function answersTo(mailbox: Mailbox | null, { threadId }: MailOut, { sealing }: Context['house']): Promise<string | null> {
  if (!mailbox?.plusAddresses || threadId === null || !sealing) return null
  return plusAddress(mailbox.address, threadToken(threadId, await sealing.keyFor(threadPurpose)))
}
