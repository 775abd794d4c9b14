import { randomBytes } from 'node:crypto'
import type { Context, House } from '../context.ts'
import { fileById } from '../files.ts'
import { struckLinks } from '../private-link.ts'
import { refuse } from '../refusal.ts'
import { mailboxById, type Signatures } from './mailbox-store.ts'
import { countAutomaticTo, insertMailOut, type MailOut, type MailOutProblem, type OutgoingFile } from './out-store.ts'
import { storable } from './parse-mail.ts'
import type { MailAddress, ReceivedMail } from './received-mail.ts'
import { safeHtml } from './safe-html.ts'
import { messageIdWith, threadToken } from './thread-token.ts'
import { mailsOutDue } from './wakes.ts'

export interface MailToSend {
  /** The module that writes it. */
  readonly module: string
  /** The mailbox in whose name it goes and to which answers come; null for the company's own address. */
  readonly mailboxId: string | null
  readonly to: MailAddress
  readonly copies?: readonly MailAddress[]
  readonly subject: string
  /** Plain text. The mailbox's signature in the mail's language is put below it. */
  readonly text: string
  /** A private link that stands in the text: it is in the mail that goes out, and in nothing that is kept of it. */
  readonly link?: string | null
  /** The same with markup, where there is any; it is made safe like what comes in. */
  readonly html?: string | null
  /** Files of the file store. */
  readonly fileIds?: readonly string[]
  readonly language: keyof Signatures
  /** The thread to which answers belong, as the module names it: an answer comes back with it. */
  readonly threadId?: string | null
  /** The mail that it answers. */
  readonly answers?: {
    readonly messageId: string | null
    readonly references: readonly string[]
    readonly automatic?: string | null
  } | null
  /** Written by no person: of its own accord, or in answer to a mail. Such a mail says so, so that no machine answers it, and too many to one address are not sent. */
  readonly automatic?: 'generated' | 'replied' | null
}

export interface QueuedMail {
  readonly mailId: string
  readonly messageId: string
  /** Why it will not go out; null where it will. */
  readonly refused: MailOutProblem | null
}

/** So many mails that nobody wrote by hand go to one address within an hour and within a day. */
const automaticInAnHour = 5
const automaticInADay = 20
const hour = 3_600_000
const mostFiles = 20
const largestFiles = 20 << 20

/** Whether mail goes out at all. */
export const sendsMail = ({ mail }: Pick<House, 'mail'>): boolean => Boolean(mail)

/** Whether a machine may answer a mail: a person wrote it, and says where answers go. */
export const mayAnswerByItself = ({ automatic, answerTo }: Pick<ReceivedMail, 'automatic' | 'answerTo'>): boolean =>
  automatic === null && answerTo !== null

/**
 * Puts a mail into the queue, in the transaction that has the reason for it: it goes out if and only if that is true, and is tried again until a server takes it or refuses it for good. What becomes of it say
 * `statesOfMailsOut` and the fact `mailbox.mail-not-delivered`.
 */
export async function queueMail(context: Context, mail: MailToSend): Promise<QueuedMail> {
  const { db, now, newId, house, actor } = context
  if (!house.mail) throw refuse('conflict', 'mail-not-set-up', 'No outgoing mail is set up; an operator sets SMTP_URL and MAIL_FROM')
  const mailbox = mail.mailboxId === null ? null : await mailboxById(db, mail.mailboxId)
  const address = mailbox?.address ?? addressOf(house.mail.from)
  const automatic = mail.automatic ?? null
  if (automatic === 'replied' && mail.answers?.automatic) throw new Error('A mail that no person wrote is never answered by itself')
  const to = mail.to.address.trim().toLowerCase()
  const threadId = mail.threadId ?? null
  const token = threadId === null ? null : threadToken(threadId, await threadKey(house))
  const messageId = messageIdWith(token, randomBytes(15), address)
  const references = mail.answers ? [...mail.answers.references, mail.answers.messageId].filter((id) => id !== null) : []
  const signature = mailbox?.signatures[mail.language] ?? ''
  // Where a link leads is for whoever reads what others wrote.
  const html = mail.html ? storable(safeHtml(mail.html).html).replace(/ data-host="[^"]*"/g, '') : null
  const refused = automatic !== null && (await isTooMany(context, to)) ? 'too-many' : null
  const mailId = newId()
  const text = signature === '' ? mail.text : `${mail.text.trimEnd()}\n\n-- \n${signature}`
  await insertMailOut(db, {
    id: mailId,
    mailboxId: mailbox?.id ?? null,
    module: mail.module,
    messageId,
    inReplyTo: mail.answers?.messageId ?? null,
    // The first says where it began, the last ones what it answers.
    references: references.length > 20 ? [references[0]!, ...references.slice(-19)] : references,
    threadId,
    toName: inOneLine(mail.to.name),
    toAddress: to,
    copies: (mail.copies ?? []).map(({ name, address: copy }) => ({ name: inOneLine(name), address: copy.trim().toLowerCase() })),
    subject: inOneLine(mail.subject).slice(0, 500),
    text: storable(struckLinks(text)),
    html: html === null || signature === '' ? html : `${html}<p>-- <br>${escaped(signature).replaceAll('\n', '<br>')}</p>`,
    sealedLink: mail.link ? await sealedLink(house, mail.link, mailId) : null,
    attachments: await filesFor(context, mail.fileIds ?? []),
    language: mail.language,
    automatic,
    createdAt: now,
    createdBy: actor.id,
    refused,
  })
  if (refused === null) await context.wake(mailsOutDue, {})
  return { mailId, messageId, refused }
}

async function isTooMany({ db, now }: Context, to: string): Promise<boolean> {
  const since = (hours: number) => new Date(now.getTime() - hours * hour)
  return (
    (await countAutomaticTo(db, to, since(1), automaticInAnHour)) >= automaticInAnHour ||
    (await countAutomaticTo(db, to, since(24), automaticInADay)) >= automaticInADay
  )
}

async function filesFor({ db }: Context, ids: readonly string[]): Promise<OutgoingFile[]> {
  if (ids.length > mostFiles)
    throw refuse('too large', 'too-many-files', `At most ${mostFiles} files go with a mail`, { values: { most: mostFiles } })
  const files: OutgoingFile[] = []
  let bytes = 0
  for (const id of ids) {
    const file = await fileById(db, id)
    if (!file) throw refuse('missing', 'no-such-file', 'There is no such file')
    bytes += file.bytes
    files.push({ fileId: id, name: file.name, mediaType: 'application/octet-stream' })
  }
  if (bytes > largestFiles)
    throw refuse('too large', 'files-too-large', `The files are larger than ${largestFiles >> 20} MB together`, {
      values: { megabytes: largestFiles >> 20 },
    })
  return files
}

async function threadKey({ sealing }: House): Promise<Buffer> {
  if (!sealing) throw new Error('Threads are marked only where the installation has a key')
  return sealing.keyFor(threadPurpose)
}

async function sealedLink({ sealing }: House, link: string, mailId: string): Promise<Buffer> {
  if (!sealing) throw new Error('Private links are mailed only where the installation has a key')
  return sealing.seal(link, linkPurpose(mailId))
}

/** The words of a mail as they go out: with the link that they have a placeholder for. */
export async function wordsOut(
  { sealing }: House,
  { id, text, sealedLink: sealed }: Pick<MailOut, 'id' | 'text' | 'sealedLink'>,
): Promise<string> {
  if (sealed === null || sealed.length === 0 || !sealing) return text
  const link = await sealing.open(sealed, linkPurpose(id))
  return text.replaceAll(struckLinks(link), () => link)
}
const linkPurpose = (mailId: string) => `link of mail ${mailId}`

/** By what the keys of threads are derived from the installation's own. */
export const threadPurpose = 'mail threads'

/** `Patron <care@example.com>` or just the address. */
const addressOf = (from: string) => /<([^<>]+)>/.exec(from)?.[1] ?? from.trim()

/** A name or a subject with a line break in it could add a header of its own. */
const inOneLine = (text: string) =>
  storable(text)
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!)
