import { notify } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, timePlace } from '#platform/cursor.ts'
import { fileById } from '#platform/files.ts'
import { statesOfMailsOut } from '#platform/mailbox/out-store.ts'
import { sendsMail } from '#platform/mailbox/queue-mail.ts'
import type { Actions } from '#platform/module.ts'
import { wordsOf } from '#platform/pages/words.ts'
import { endEarlierLinks, makeLink, struckLinks } from '#platform/private-link.ts'
import { refuse } from '#platform/refusal.ts'
import type { messageEndpoints } from '../api/messages.ts'
import { happened } from '../domain/event.ts'
import { subjectAtFirst } from '../domain/progress.ts'
import type { Channel } from '../domain/taxonomy.ts'
import { customersWords, insertMessage, messagesOf, type StoredMessage } from '../store/messages.ts'
import { portalTexts } from '../texts/index.ts'
import { actedOf } from './acted.ts'
import { addressesOf, chainOf, type Letter, languageOfCase, mailToCustomer } from './mail-out.ts'
import { openCase } from './opening.ts'
import { whoHears } from './people.ts'
import { heldCase, type Known, known, mustBeAllowed, perform, topicOf } from './performing.ts'

/** So long a private link to a case holds. */
export const linkDays = 90
export const linkPurpose = 'cases.follow'
/** So long the links of earlier letters hold when a new one is written. */
const overlapDays = 30

export { chainOf, languageOfCase }

/** Where the customer of a case is reached by mail; null where no address is known. */
export const addressOfCase = async (context: Context, found: Known) => (await addressesOf(context, found))[0] ?? null

/** A new private link to a case, as a whole address where the product knows its own. `narrow`: for whoever has only typed who they are. */
export async function linkToCase(
  context: Context,
  { row }: Known,
  narrow: boolean,
): Promise<{ readonly token: string; readonly url: string | null }> {
  const link = { purpose: linkPurpose, thingId: row.id, customerId: row.customerId, days: linkDays, narrow } as const
  const { token } = await makeLink(context, link)
  const { address } = context.house
  return { token, url: address === undefined ? null : `${address}/p/case/${token}` }
}

export interface ToCustomer {
  readonly text: string
  readonly channel: Channel
  readonly fileIds?: readonly string[]
  /** Written by no person. */
  readonly automatic?: boolean
  /** It stands on their page alone: they do not want mails about this, or nobody knows that they do. */
  readonly unmailed?: boolean
}

/**
 * Tells the customer something: it stands on their page at once, in the log of the case, and goes out by mail where the case has an address and mail is set up. The case as it was is handed in, as it is then handed back.
 */
export async function sendToCustomer(
  context: Context,
  found: Known,
  { text, channel, fileIds = [], automatic = false, unmailed = false }: ToCustomer,
): Promise<{ readonly known: Known; readonly messageId: string; readonly mailed: boolean }> {
  const { db, now, actor, newId } = context
  const { row } = found
  const messageId = newId()
  const mailId = unmailed ? null : await mailOf(context, found, { id: messageId, text, fileIds, automatic: automatic ? 'generated' : null })
  const message = {
    id: messageId,
    caseId: row.id,
    direction: 'out',
    channel,
    body: text,
    at: now,
    by: actor.id,
    automatic,
    fileIds,
    mailId,
  } as const
  await insertMessage(db, row.customerId, message)
  const after = await perform(context, found, happened('message', { messageId, direction: 'out', channel, automatic, fileIds }), {
    unasked: true,
  })
  return { known: after, messageId, mailed: mailId !== null }
}

async function mailOf(context: Context, found: Known, said: Pick<Letter, 'id' | 'text' | 'fileIds' | 'automatic'>): Promise<string | null> {
  const to = sendsMail(context.house) ? await addressOfCase(context, found) : null
  if (to === null) return null
  const t = wordsOf(portalTexts, await languageOfCase(context, found))
  const { number } = found.state
  // A letter brings a new link; those of earlier letters do not pile up.
  await endEarlierLinks(context, linkPurpose, found.row.id, new Date(context.now.getTime() + overlapDays * 86_400_000))
  const { url } = await linkToCase(context, found, false)
  const link = url === null ? null : { lead: t('mail.follow'), url }
  return mailToCustomer(context, found, { ...said, to, link, opens: t('mail.subject', { number, subject: subjectAtFirst(found.events) }) })
}

/** Takes what the customer wrote on their page; whoever handles the case hears of it. */
export async function receiveFromCustomer(
  context: Context,
  found: Known,
  { text, channel, fileIds }: { readonly text: string; readonly channel: Channel; readonly fileIds: readonly string[] },
): Promise<Known> {
  const { db, now, actor, newId } = context
  const { row, state } = found
  const id = newId()
  await insertMessage(db, row.customerId, {
    id,
    caseId: row.id,
    direction: 'in',
    channel,
    body: struckLinks(text),
    at: now,
    by: actor.id,
    automatic: false,
    fileIds,
    mailId: null,
  })
  const act = happened('message', { messageId: id, direction: 'in', channel, automatic: false, fileIds })
  const told = await perform(context, found, act, { unasked: true })
  // What was waited for has come.
  const after = told.state.paused ? await perform(context, told, happened('resumed', { note: null }), { unasked: true }) : told
  const to = await whoHears(context, told)
  await notify(context, {
    to,
    kind: 'cases.message',
    values: { number: state.number },
    link: `/cases/${row.id}`,
  })
  return after
}

/** Messages with what their files are called, in the order in which they came from the store. */
export async function withFiles({ db }: Context, messages: readonly StoredMessage[]) {
  const ids = [...new Set(messages.flatMap(({ fileIds }) => fileIds))]
  const files = new Map((await Promise.all(ids.map((id) => fileById(db, id)))).flatMap((file) => (file ? [[file.id, file] as const] : [])))
  return messages.map((message) => ({
    ...message,
    files: message.fileIds.flatMap((id) => {
      const file = files.get(id)
      return file ? [{ fileId: id, name: file.name, bytes: file.bytes }] : []
    }),
  }))
}

/** How many words of a conversation become a complaint’s. */
const mostMessages = 200
const longestDescription = 20_000

export const messageActions: Actions<typeof messageEndpoints> = {
  async messages(context, { caseId, cursor, limit = defaultPageSize }) {
    const found = await known(context, caseId)
    const rows = await messagesOf(context.db, found.row.customerId, chainOf(found), timePlace(cursor), limit + 1)
    const shown = await withFiles(context, rows.slice(0, limit))
    const last = rows.length > limit ? shown.at(-1) : undefined
    const states = await statesOfMailsOut(
      context.db,
      shown.flatMap(({ direction, mailId }) => (direction === 'out' ? (mailId ?? []) : [])),
    )
    return {
      items: shown.map(({ body, mailId, fileIds: _, ...message }) => {
        const isMailed = message.direction === 'out' && mailId !== null
        const { state = null, problem = null } = (isMailed && states.get(mailId)) || {}
        return { ...message, text: body, mail: isMailed ? { state, problem } : null }
      }),
      next: last ? cursorOf([last.at.toISOString(), last.id]) : null,
    }
  },

  async sendMessage(context, { caseId, text, answers = false, fileIds = [] }) {
    const found = await heldCase(context, caseId, null)
    await mustBeAllowed(context, found, 'message')
    const asked = found.state.record.channel
    const channel: Channel = asked === 'chat' || (asked === 'email' && sendsMail(context.house)) ? asked : 'web'
    if (answers) await mustBeAllowed(context, found, 'answered')
    const sent = await sendToCustomer(context, found, { text, channel, fileIds })
    const after = answers ? await perform(context, sent.known, happened('answered', { text, channel }), { unasked: true }) : sent.known
    return { ...actedOf(after), messageId: sent.messageId, mailed: sent.mailed }
  },

  async makeComplaint(context, { caseId, version }) {
    const found = await heldCase(context, caseId, version)
    await mustBeAllowed(context, found, 'converted')
    const { customerId } = found.row
    const { kind, record, ownerId, departmentId } = found.state
    if (kind === 'complaint') throw refuse('conflict', 'the-same', 'It is a complaint already')
    const words = await customersWords(context.db, customerId, caseId, mostMessages)
    const description = (words.length > 0 ? words.join('\n\n') : record.description).slice(0, longestDescription)
    const opening = {
      customerId,
      kind: 'complaint',
      record: { ...record, description },
      ownerId,
      departmentId,
      from: caseId,
      incomplete: true,
    } as const
    const made = await openCase(context, opening)
    const ended = await perform(context, found, happened('converted', { caseId: made.row.id, kind: 'complaint' }), { unasked: true })
    return { case: actedOf(ended), made: actedOf(made) }
  },

  caseEvents: async (_context, { caseId }) => ({ topics: [topicOf(caseId)] }),
}
