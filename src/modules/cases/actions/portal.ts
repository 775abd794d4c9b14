import { addNewcomer, comparableEmail, customerReachedBy } from '#modules/customers/public.ts'
import { complaintPolicy, hasComplaintPolicy } from '#modules/knowledge/public.ts'
import { decodeLines, orderById, orderByNumber } from '#modules/orders/public.ts'
import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import { type Context, system } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import { queueMail, sendsMail } from '#platform/mailbox/queue-mail.ts'
import type { Actions } from '#platform/module.ts'
import { leadTo, type PageAnswer } from '#platform/pages/answer.ts'
import { visitOf } from '#platform/pages/visit.ts'
import { wordsOf } from '#platform/pages/words.ts'
import { refuse } from '#platform/refusal.ts'
import type { portalEndpoints } from '../api/portal.ts'
import { numbered } from '../domain/decide.ts'
import { happened } from '../domain/event.ts'
import { fold } from '../domain/fold.ts'
import { belongsHere } from '../domain/needs.ts'
import { fromOrder, productsOf } from '../domain/order-products.ts'
import { subjectOf } from '../domain/subject-line.ts'
import type { Channel, RemedyKind } from '../domain/taxonomy.ts'
import { followPage, policyPage, sayPage } from '../pages/saying.ts'
import { casesNumbered } from '../store/lists.ts'
import { insertMessage } from '../store/messages.ts'
import { portalTexts } from '../texts/index.ts'
import { clocksOf } from './clocks.ts'
import { clocksForAnybody } from './for-anybody.ts'
import { addressOfCase, languageOfCase, linkToCase } from './messages.ts'
import { emptyRecord, type Opening, openCase } from './opening.ts'
import { type Known, known, perform } from './performing.ts'
import { hoursFor } from './promise.ts'

type Pages = Pick<
  Actions<typeof portalEndpoints>,
  'complaintForm' | 'complain' | 'suggestionForm' | 'suggest' | 'enquiryForm' | 'enquire' | 'followForm' | 'askForLink' | 'publicPolicy'
>

export const policyIsPublished = (db: Db): Promise<boolean> => hasComplaintPolicy(db)

export const portalActions: Pages = {
  complaintForm: (context, { order }) => saying(context, 'complaint', order),
  complain: (context, said) => take(context, 'complaint', said),
  suggestionForm: (context, { order }) => saying(context, 'suggestion', order),
  suggest: (context, said) => take(context, 'suggestion', said),
  enquiryForm: (context, { order }) => saying(context, 'enquiry', order),
  enquire: (context, said) => take(context, 'enquiry', said),

  followForm: async (context, { sent }) => followPage(visitOf(context), sent !== undefined),

  async askForLink(context, { number, email }) {
    const asked = comparableEmail(email)
    for (const row of sendsMail(context.house) ? await casesNumbered(context.db, number) : []) {
      const found = await known(context, row.id)
      const to = await addressOfCase(context, found)
      if (to === null || comparableEmail(to.address) !== asked) continue
      const { url } = await linkToCase(context, found, false)
      if (url !== null) await mailLink(context, found, to, url, 'mail.newLink')
    }
    // The same whether there is such a case or not, so that nobody learns who has complained.
    return leadTo('/p/follow?sent=1')
  },

  async publicPolicy(context) {
    const visit = visitOf(context)
    const policy = await complaintPolicy(context, visit.language)
    if (!policy) throw refuse('missing', 'no-policy', 'No complaint policy is published')
    const { timeZone } = await readSetting(context.db, organizationProfile)
    return policyPage(visit, policy, timeZone)
  },
}

const saying = async (context: Context, kind: 'complaint' | 'suggestion' | 'enquiry', order: string | undefined): Promise<PageAnswer> =>
  sayPage(visitOf(context), kind, { order, hours: await hoursFor(context.db, kind) })

interface Said {
  readonly text: string
  readonly name: string
  readonly email?: string | undefined
  readonly phone?: string | undefined
  readonly order?: string | undefined
  readonly about?: string | undefined
  readonly wish?: string | undefined
  readonly product?: string | undefined
  readonly files: readonly string[]
}

/** Makes a case of what a customer wrote, in the words and the language in which they wrote it, and leads them to where they can follow it. */
async function take(context: Context, kind: 'complaint' | 'suggestion' | 'enquiry', said: Said): Promise<PageAnswer> {
  const { db, now } = context
  const { language, isFramed } = visitOf(context)
  const isChat = kind === 'enquiry' && isFramed
  // In a chat the conversation itself is the way to answer; everybody else has to leave one, or an order by which staff find whom to answer. Whether there is such an order is told to nobody.
  if (!said.email && !said.phone && !said.order && !isChat) {
    const detail = 'Leave an e-mail address or a telephone number, so that you can be answered'
    throw refuse('invalid', 'no-way-to-answer', detail, { fields: [{ field: 'email', reason: 'no-way-to-answer', detail }] })
  }
  const { customerId, isKnown, isClaim } = await whoIs(context, said, isChat, language)
  const order = said.order ? await orderByNumber(db, said.order) : null
  const orderId = order !== null && order.customerId === customerId ? order.orderId : null
  const channel: Channel = isChat ? 'chat' : 'web'
  const record = {
    ...emptyRecord(now),
    subject: subjectOf(said.text),
    description: said.text,
    channel,
    language,
    category: kind === 'complaint' ? (said.about ?? null) : null,
    target: said.product ? { kind: 'product' as const, name: said.product, userId: null, departmentId: null } : null,
    productCode: kind === 'complaint' && orderId !== null ? await onlyProduct(context, orderId) : null,
    demand: said.wish ? { kind: said.wish as RemedyKind, text: null, amountMinor: null } : null,
    complainant: isClaim ? { name: said.name, contact: said.email ?? said.phone ?? null, authority: null } : null,
    orderId,
    fileIds: said.files,
    ...(isClaim ? { unproven: true } : {}),
  }
  const unknownOrder = said.order && orderId === null ? said.order : null
  const token = await beginOnPage(context, { customerId, kind, record }, isKnown, unknownOrder)
  return leadTo(`/p/case/${token}?new=1`)
}

/** Opens a case by what a customer wrote on a page, and tells them that it came. Answers the token of the page on which they follow it. `narrow`: they have only typed who they are. */
export async function beginOnPage(
  context: Context,
  { customerId, record, ...opening }: Pick<Opening, 'customerId' | 'kind' | 'record' | 'repeatOf'>,
  narrow: boolean,
  unknownOrder: string | null = null,
): Promise<string> {
  const made = await openCase(context, { ...opening, customerId, record, ownerId: null, incomplete: true })
  const opened = unknownOrder === null ? made : await noteOrder(context, made, unknownOrder)
  await insertMessage(context.db, customerId, {
    id: context.newId(),
    caseId: opened.row.id,
    direction: 'in',
    channel: record.channel,
    body: record.description,
    at: context.now,
    by: context.actor.id,
    automatic: false,
    fileIds: record.fileIds,
    mailId: null,
  })
  const { token } = await linkToCase(context, opened, narrow)
  await acknowledge(context, opened)
  return token
}

/** What an order holds where that is one product; for staff alone. */
async function onlyProduct({ db }: Context, orderId: string): Promise<string | null> {
  const order = await orderById(db, orderId)
  return order ? fromOrder(productsOf(decodeLines(order.lines)), null) : null
}

interface Writer {
  readonly customerId: string
  /** It is somebody whom we know already: whoever typed their address sees nothing of what they are told. */
  readonly isKnown: boolean
  /** What was typed names somebody whom we know, and proves nothing. */
  readonly isClaim: boolean
}

/**
 * Who writes: the one customer who has this address, or where none was typed this number; else a new prospect. The page never says which, so that nobody learns who is known. An order number is no proof of anything: it
 * stands on every parcel. In a chat everybody is somebody new, since what is answered there stands before whoever typed.
 */
async function whoIs(context: Context, { name, email, phone }: Said, isChat: boolean, language: string): Promise<Writer> {
  const typed = { email: email ?? null, phone: email === undefined ? (phone ?? null) : null }
  const reached = await customerReachedBy(context.db, typed)
  if (reached !== null && !isChat) return { customerId: reached, isKnown: true, isClaim: true }
  const own = reached === null ? { email: email ?? null, phone: phone ?? null } : { email: null, phone: null }
  const customerId = await addNewcomer(context, { name, ...own, language, foundHow: 'portal' })
  return { customerId, isKnown: false, isClaim: reached !== null }
}

/** The number of an order that is not known to be theirs, for staff alone: whether it is anybody’s does not show on the page. */
async function noteOrder(context: Context, found: Known, order: string): Promise<Known> {
  const { locale } = await readSetting(context.db, organizationProfile)
  const text = wordsOf(portalTexts, locale)('orderGiven', { order })
  return perform(context.actingAs(system), found, happened('noted', { text, fileIds: [], minutes: 0 }), { unasked: true })
}

/** Says at once that it came and by when they hear more: on the page, and by mail where an address is known. What was typed is not repeated in a mail that anybody could have sent to anybody. */
async function acknowledge(context: Context, opened: Known): Promise<void> {
  const language = await languageOfCase(context, opened)
  const t = wordsOf(portalTexts, language)
  const to = sendsMail(context.house) ? await addressOfCase(context, opened) : null
  // The address is one of the customer’s, and whoever reads there is them: by that link all is seen.
  const url = to === null ? null : (await linkToCase(context, opened, false)).url
  const isMailed = to !== null && (await mailLink(context, opened, to, url, 'mail.acknowledgement'))
  if (!belongsHere(opened.process, opened.state, 'acknowledged')) return
  const text = t('acknowledgement', { number: opened.state.number })
  const said = (answerBy: Date | null) => happened('acknowledged', { text, sent: isMailed ? 'mail' : 'page', answerBy })
  // By when they hear more is what is due next once they have heard this; the product itself says it.
  const own = context.actingAs(system)
  const { process, events, state } = opened
  const next = [...events, ...numbered([said(null)], events.length, context.now, system.id)]
  const { dueAt } = state.record.unproven
    ? await clocksForAnybody(own, opened, next)
    : await clocksOf(own, process, fold(process, next), next)
  await perform(own, opened, said(dueAt), { unasked: true })
}

async function mailLink(
  context: Context,
  found: Known,
  to: { readonly address: string },
  url: string | null,
  key: 'mail.acknowledgement' | 'mail.newLink',
): Promise<boolean> {
  const language = await languageOfCase(context, found)
  const t = wordsOf(portalTexts, language)
  const { number } = found.state
  const { refused } = await queueMail(context, {
    module: 'cases',
    mailboxId: null,
    // A name that anybody can type would be the beginning of a letter that is none of ours.
    to: { name: '', address: to.address },
    subject: t('mail.linkSubject', { number }),
    text: url === null ? t('acknowledgement', { number }) : `${t(key, { number })}\n\n${url}`,
    link: url,
    language,
    threadId: found.row.id,
    automatic: 'generated',
  })
  return refused === null
}
