import { comparableEmail, customersReachedBy, identitiesOf, mayContact, servicePurpose } from '#modules/customers/public.ts'
import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { fileById } from '#platform/files.ts'
import { mayAnswerByItself, queueMail, sendsMail } from '#platform/mailbox/queue-mail.ts'
import type { ReceivedMail } from '#platform/mailbox/received-mail.ts'
import { answerSubject } from '#platform/mailbox/subject-line.ts'
import { wordsOf } from '#platform/pages/words.ts'
import { numbered } from '../domain/decide.ts'
import { happened } from '../domain/event.ts'
import { fold } from '../domain/fold.ts'
import type { Language } from '../domain/language.ts'
import { isBelievable } from '../domain/mail-case.ts'
import { mailSetting } from '../settings.ts'
import { insertMail, lastFromCustomer, writtenTo } from '../store/mails.ts'
import { mailTexts } from '../texts/index.ts'
import { clocksOf } from './clocks.ts'
import { clocksForAnybody } from './for-anybody.ts'
import { type Known, perform } from './performing.ts'

/** In which language the customer of a case is written to. */
export const languageOfCase = async ({ db }: Context, { state }: Known): Promise<Language> =>
  state.record.language ?? (await readSetting(db, organizationProfile)).locale

/** The case with the one that became it: a conversation goes on through a conversion. */
export const chainOf = ({ row, state }: Known): readonly string[] => [row.id, ...(state.from === null ? [] : [state.from])]

export interface Addressed {
  readonly name: string
  readonly address: string
}

/** Which of some addresses are of a case’s customer: their archive has it, it was given with the case, or a letter of the case went there before. Any other may be anybody’s to whom a mail of the thread was passed on. */
export async function ofCustomer({ db }: Context, found: Known, addresses: readonly string[]): Promise<ReadonlySet<string>> {
  if (addresses.length === 0) return new Set()
  const { row, state } = found
  const own = (await identitiesOf(db, [row.customerId])).get(row.customerId)?.email
  const named = [state.record.complainant?.contact, own].map(comparableEmail).filter((one) => one !== null)
  const reached = await customersReachedBy(
    db,
    addresses.map((email) => ({ email, phone: null })),
  )
  const written = await writtenTo(db, row.customerId, chainOf(found), addresses)
  const isTheirs = (address: string, place: number) =>
    named.includes(comparableEmail(address) ?? '') || reached[place] === row.customerId || written.has(address.toLowerCase())
  return new Set(addresses.filter(isTheirs))
}

/** Where the customer of a case is reached by mail, what is likeliest first: from where they wrote last, what was given with the case, the customer’s own address; last an address of nobody known. */
export async function addressesOf(context: Context, found: Known): Promise<readonly Addressed[]> {
  const { db } = context
  const { row, state } = found
  const last = await lastFromCustomer(db, row.customerId, chainOf(found))
  const customer = (await identitiesOf(db, [row.customerId])).get(row.customerId)
  const given = state.record.complainant
  const wrote = last && { name: last.fromName, address: last.fromAddress }
  const isTheirs = wrote !== null && (await ofCustomer(context, found, [wrote.address])).size > 0
  const known = [
    isTheirs ? wrote : null,
    given?.contact?.includes('@') ? { name: given.name, address: given.contact.trim().toLowerCase() } : null,
    customer?.email ? { name: customer.name, address: customer.email.toLowerCase() } : null,
    wrote,
  ].filter((one) => one !== null)
  return known.filter(({ address }, index) => known.findIndex((other) => other.address === address) === index)
}

export interface Letter {
  readonly id: string
  readonly to: Addressed
  readonly text: string
  /** The private link that stands below the words, with what is said of it; it is kept nowhere. */
  readonly link?: { readonly lead: string; readonly url: string } | null
  /** What it is about where it answers no mail, whose subject it takes else. */
  readonly opens: string
  /** Whether it says what it is about in its own words even so. */
  readonly ownSubject?: boolean
  readonly fileIds?: readonly string[]
  /** Written by no person: of its own accord, or in answer to a mail. */
  readonly automatic?: 'generated' | 'replied' | null
}

/** Sends a mail in the thread of a case, in the name of the mailbox to which the customer wrote, and keeps it with the case. Answers its id in the platform’s queue, null where it will not go out. What it means for the case says the caller. */
export async function mailToCustomer(
  context: Context,
  found: Known,
  { id, to, text, link = null, opens, ownSubject = false, fileIds = [], automatic = null }: Letter,
): Promise<string | null> {
  const { db, now, actor } = context
  const { row, state } = found
  const last = await lastFromCustomer(db, row.customerId, chainOf(found))
  const language = await languageOfCase(context, found)
  const about = last && !ownSubject ? answerSubject(last.subject) : opens
  const subject = about.includes(state.number) ? about : `${about} [${state.number}]`
  const { mailId, messageId, refused } = await queueMail(context, {
    module: 'cases',
    mailboxId: last?.mailboxId ?? null,
    to,
    subject,
    text: link === null ? text : `${text}\n\n${link.lead}\n${link.url}`,
    link: link?.url ?? null,
    fileIds,
    language,
    threadId: row.id,
    answers: last && { messageId: last.messageId, references: last.references },
    automatic,
  })
  if (refused !== null) return null
  const files = await Promise.all(fileIds.map((id) => fileById(db, id)))
  await insertMail(db, row.customerId, {
    id,
    caseId: row.id,
    direction: 'out',
    mailId,
    mailboxId: last?.mailboxId ?? null,
    messageId,
    references: [],
    fromName: actor.name,
    fromAddress: '',
    toAddress: to.address,
    subject,
    body: text,
    html: null,
    files: files.flatMap((file) =>
      file ? [{ fileId: file.id, name: file.name, mediaType: file.mediaType, bytes: file.bytes, inline: false }] : [],
    ),
    language,
    automatic,
    verdicts: null,
    at: now,
  })
  return mailId
}

/**
 * Says by mail that a case is here, which number it has and by when there is an answer, once, where an address is known and nothing speaks against it. It never answers a machine, repeats nothing of what was written,
 * and is left out where too many went to the address.
 */
export async function acknowledgeByMail(context: Context, found: Known, answering: ReceivedMail | null): Promise<Known> {
  const { db, now, actor, house, newId } = context
  const { row, process, events, state } = found
  if (state.acknowledged !== null || state.state !== 'open' || !sendsMail(house)) return found
  if (!(await readSetting(db, mailSetting)).acknowledge) return found
  // Nor where the own mail server says that somebody else wrote it: it would go to whoever was named.
  if (answering !== null && (!mayAnswerByItself(answering) || !isBelievable(answering))) return found
  const to = (await addressesOf(context, found))[0]
  if (to === undefined || !(await mayContact(db, row.customerId, servicePurpose, 'email'))) return found
  // By when the customer hears more is said by what still runs once this is said.
  const said = (text: string, answerBy: Date | null) => happened('acknowledged', { text, sent: 'mail', answerBy })
  const then = [...events, ...numbered([said('', null)], events.length, now, actor.id)]
  const { dueAt } = state.record.unproven
    ? await clocksForAnybody(context, found, then)
    : await clocksOf(context, process, fold(process, then), then)
  const language = await languageOfCase(context, found)
  const t = wordsOf(mailTexts, language)
  const { timeZone, name } = await readSetting(db, organizationProfile)
  const by = dueAt && new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(dueAt)
  const text = [t('acknowledged', { number: state.number }), ...(by ? [t('answerBy', { by })] : []), t('answerHere'), name].join('\n\n')
  // A name that anybody can type would be the beginning of a letter that is none of ours.
  const mail = { id: newId(), to: { name: '', address: to.address }, opens: t('subject'), ownSubject: true, text }
  const sent = await mailToCustomer(context, found, { ...mail, automatic: answering ? 'replied' : 'generated' })
  return sent === null ? found : perform(context, found, said(text, dueAt), { unasked: true })
}
