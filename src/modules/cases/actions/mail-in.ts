import { addNewcomer, customerReachedBy, holdCustomers } from '#modules/customers/public.ts'
import { notify, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { fileById, keepFile, mailedMediaType } from '#platform/files.ts'
import { joinThread } from '#platform/mailbox/in-store.ts'
import type { MailAttachment, ReceivedMail } from '#platform/mailbox/received-mail.ts'
import type { TakeMail } from '#platform/module.ts'
import { wordsOf } from '#platform/pages/words.ts'
import { happened } from '../domain/event.ts'
import { guessedLanguage } from '../domain/language.ts'
import { isBelievable, treatmentOf, wordsOfMail } from '../domain/mail-case.ts'
import { mailSetting } from '../settings.ts'
import { caseById } from '../store/cases.ts'
import { customerOfSender, insertMail, isTaken } from '../store/mails.ts'
import { insertMessage } from '../store/messages.ts'
import { mailTexts } from '../texts/index.ts'
import { contestDays } from './current.ts'
import { endMailedLinks } from './links.ts'
import { acknowledgeByMail, languageOfCase } from './mail-out.ts'
import { emptyRecord, openCase } from './opening.ts'
import { whoHears } from './people.ts'
import { heldCase, type Known, perform } from './performing.ts'

/** So many cases became one another before a thread is held to lead nowhere. */
const longestWay = 20

/** A mail to one of the company's mailboxes: it stands with the case whose thread it continues, or it opens one. */
export const takeMail: TakeMail = async (context, mail) => {
  const { db, now } = context
  const found = await caseOfThread(context, mail)
  if (mail.bounceOf !== null || mail.automatic === 'bounce') {
    if (found === null) return 'not-mine'
    await noteCameBack(context, found, mail)
    return 'taken'
  }
  const { reopenDays } = await readSetting(db, mailSetting)
  const treatment = treatmentOf(mail, found?.state ?? null, { reopenDays, appeals: await contestDays(db), now })
  if (treatment === 'leave' || mail.from === null) return found === null ? 'not-mine' : 'taken'
  if (found !== null && (await isTaken(db, found.row.customerId, mail.id, mail.messageId))) return 'taken'
  if (found === null || treatment === 'repeat') await open(context, mail, found)
  else await goOn(context, found, mail, treatment)
  return 'taken'
}

/**
 * The case whose thread a mail continues, held; where it was converted, the one that it became. What was merged into another stays what it was: the other may have begun with somebody else, and whoever has a mail of the
 * one thread is nobody in the other. Null where it continues none, or only says so.
 */
async function caseOfThread(context: Context, mail: ReceivedMail): Promise<Known | null> {
  const { thread } = mail
  if (thread === null || (thread.by === 'earlier-mail' && !isBelievable(mail))) return null
  let id = thread.id
  for (let way = 0; way < longestWay; way++) {
    const row = await caseById(context.db, id)
    if (!row || !(await holdCustomers(context.db, [row.customerId])).has(row.customerId)) return null
    const found = await heldCase(context, id, null)
    const next = found.state.state === 'converted' ? (found.state.ended?.caseId ?? null) : null
    if (next === null) return found
    id = next
  }
  return null
}

async function goOn(context: Context, found: Known, mail: ReceivedMail, treatment: 'open' | 'continue' | 'reopen' | 'quiet') {
  const { db, newId } = context
  const { row, state } = found
  const messageId = newId()
  const came = await brought(context, mail.attachments)
  await keep(context, found, mail, messageId, came)
  let after = await perform(context, found, messageOf(mail, messageId, came), { unasked: true })
  if (treatment !== 'quiet') {
    if (treatment === 'reopen') {
      const reason = wordsOf(mailTexts, await languageOfCase(context, found))('wroteAgain')
      after = await perform(context, after, happened('reopened', { to: state.step, reason }), { unasked: true })
    } else if (after.state.paused !== null) after = await perform(context, after, happened('resumed', { note: null }), { unasked: true })
    await tell(context, after)
  }
  await joinThread(db, mail.id, row.id)
}

/** Makes a case of a mail. `repeats`: the case that it continues and that ended too long ago. */
async function open(context: Context, mail: ReceivedMail, repeats: Known | null): Promise<void> {
  const { db, now, newId } = context
  const from = mail.from!
  const language = guessedLanguage(mail.newText) ?? guessedLanguage(mail.plainSubject)
  const customerId = repeats?.row.customerId ?? (await customerOf(context, mail, language))
  if (await isTaken(db, customerId, mail.id, mail.messageId)) return
  const { complaintAddresses } = await readSetting(db, mailSetting)
  const kind = complaintAddresses.includes(mail.mailbox.address.toLowerCase()) ? 'complaint' : 'enquiry'
  const came = await brought(context, mail.attachments)
  const { subject, description } = wordsOfMail(mail, '—')
  // A name is no proof, nor is an address that the own mail server does not believe.
  const isTheirs = isBelievable(mail) && (await customerReachedBy(db, { email: from.address, phone: null })) === customerId
  const record = {
    ...emptyRecord(now),
    subject,
    description,
    channel: 'email' as const,
    language,
    fileIds: came.ofCase,
    receivedAt: new Date(Math.min(mail.receivedAt.getTime(), now.getTime())),
    complainant: repeats === null && isTheirs ? null : { name: from.name || '—', contact: from.address, authority: null },
    ...(isTheirs ? {} : { unproven: true }),
  }
  // Somebody who complains in the thread of an old question complains for the first time.
  const repeatOf = kind === 'complaint' && repeats?.state.kind !== 'complaint' ? null : (repeats?.row.id ?? null)
  const opened = await openCase(context, { customerId, kind, record, ownerId: null, incomplete: true, repeatOf })
  const messageId = newId()
  await keep(context, opened, mail, messageId, came)
  const after = await perform(context, opened, messageOf(mail, messageId, came), { unasked: true })
  await acknowledgeByMail(context, after, mail)
  await joinThread(db, mail.id, opened.row.id)
}

/** Whose mail it is: the one customer with this address, else whose the last mail from it was, else a new prospect. */
async function customerOf(context: Context, mail: ReceivedMail, language: string | null): Promise<string> {
  const { name, address } = mail.from!
  const known = await customerReachedBy(context.db, { email: address, phone: null })
  if (known !== null) return known
  const before = await customerOfSender(context.db, address)
  if (before !== null && (await holdCustomers(context.db, [before])).has(before)) return before
  const called = name.trim() || address.split('@')[0]!
  return addNewcomer(context, { name: called.slice(0, 120), email: address, phone: null, language, foundHow: 'mail' })
}

interface Brought {
  /** All that came with the mail and is there. */
  readonly files: readonly MailAttachment[]
  /** Those that become files of the case, by its events. */
  readonly ofCase: readonly string[]
}

/** So large a file of a case may be; what is larger stays with its mail. */
const largestOfCase = 25 << 20

/** What came with a mail: files for the case, and pictures within the text, on which nothing else holds and the mail does from now on. */
async function brought({ db }: Context, attachments: readonly MailAttachment[]): Promise<Brought> {
  const files: MailAttachment[] = []
  const ofCase: string[] = []
  for (const file of attachments) {
    const isForCase = !file.inline && file.bytes <= largestOfCase
    if (isForCase && (await fileById(db, file.fileId))?.mediaType === mailedMediaType) {
      ofCase.push(file.fileId)
      files.push(file)
    } else if (!isForCase && (await keepFile(db, file.fileId))) files.push(file)
  }
  return { files, ofCase }
}

/** That a mail came, as the log of its case says it. */
const messageOf = ({ automatic }: ReceivedMail, messageId: string, { ofCase }: Brought) =>
  happened('message', { messageId, direction: 'in', channel: 'email', automatic: automatic !== null, fileIds: ofCase })

async function keep(
  { db, now, actor }: Context,
  { row }: Known,
  mail: ReceivedMail,
  id: string,
  { files, ofCase }: Brought,
): Promise<void> {
  const { name, address } = mail.from!
  await insertMail(db, row.customerId, {
    id,
    caseId: row.id,
    direction: 'in',
    mailId: mail.id,
    mailboxId: mail.mailbox.id,
    messageId: mail.messageId,
    references: mail.references,
    fromName: name,
    fromAddress: address,
    toAddress: mail.mailbox.address,
    subject: mail.subject,
    body: mail.text,
    html: mail.html,
    files,
    language: null,
    automatic: mail.automatic,
    verdicts: mail.verdicts,
    // What answers it in the same moment stands behind it.
    at: new Date(Math.min(mail.receivedAt.getTime(), now.getTime() - 1)),
  })
  // The conversation, as the customer sees it too: without what the mail answers.
  await insertMessage(db, row.customerId, {
    id,
    caseId: row.id,
    direction: 'in',
    channel: 'email',
    body: wordsOfMail(mail, '—').description,
    at: now,
    by: actor.id,
    automatic: mail.automatic !== null,
    fileIds: ofCase,
    mailId: null,
  })
}

/** Whoever handles the case hears that the customer has written. */
async function tell(context: Context, { row, state }: Known): Promise<void> {
  const to = [...new Set(await whoHears(context, { state }))]
  await notify(context, {
    to,
    kind: 'cases.message',
    // Not what they wrote: that stands with the case, and goes with it.
    values: { number: state.number },
    link: `/cases/${row.id}`,
  })
}

/** What we wrote did not arrive: it stands in the log of the case, and whoever handles it hears of it. */
async function noteCameBack(context: Context, found: Known, mail: ReceivedMail): Promise<void> {
  const t = wordsOf(mailTexts, await languageOfCase(context, found))
  await perform(context, found, happened('noted', { text: t('cameBack'), fileIds: [], minutes: 0 }), { unasked: true })
  // That one of ours came back is known; else anybody says so who has a mail of the thread.
  if (mail.bounceOf !== null) await endMailedLinks(context, found.row.id)
  await tell(context, found)
  await joinThread(context.db, mail.id, found.row.id)
}
