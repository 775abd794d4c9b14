import { Readable } from 'node:stream'
import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, timePlace } from '#platform/cursor.ts'
import { keptMediaType, storeFile } from '#platform/files.ts'
import { statesOfMailsOut } from '#platform/mailbox/out-store.ts'
import { countRemote, fetchPictures } from '#platform/mailbox/pictures.ts'
import type { MailAttachment } from '#platform/mailbox/received-mail.ts'
import type { Actions } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import { tellStream } from '#platform/stream.ts'
import type { mailEndpoints } from '../api/mails.ts'
import { isBelievable } from '../domain/mail-case.ts'
import { mailPicturesAsked } from '../facts/pictures-asked.ts'
import { isOfMails, mailById, mailsOf, setPictures } from '../store/mails.ts'
import { chainOf, ofCustomer } from './mail-out.ts'
import { type Known, known, topicOf } from './performing.ts'
import { shownCustomers } from './reach.ts'

export const mailActions: Actions<typeof mailEndpoints> = {
  async mails(context, { caseId, cursor, limit = defaultPageSize }) {
    const found = await known(context, caseId)
    const rows = await mailsOf(context.db, found.row.customerId, chainOf(found), timePlace(cursor), limit + 1)
    const shown = rows.slice(0, limit)
    const sent = shown.filter(({ direction }) => direction === 'out').map(({ mailId }) => mailId)
    const states = await statesOfMailsOut(context.db, sent)
    const last = rows.length > limit ? shown.at(-1) : undefined
    const senders = new Set(shown.filter(({ direction }) => direction === 'in').map(({ fromAddress }) => fromAddress))
    const theirs = await ofCustomer(context, found, [...senders])
    const seesAddresses = context.actor.can('customers.read-personal')
    return {
      customerId: await shownCustomer(context, found),
      items: shown.map((mail) => ({
        id: mail.id,
        direction: mail.direction,
        // Many are called by their address.
        from: { name: seesAddresses || !mail.fromName.includes('@') ? mail.fromName : '', address: mail.fromAddress },
        to: mail.toAddress,
        subject: mail.subject,
        text: mail.body,
        html: mail.html,
        remotePictures: countRemote(mail.html),
        files: [...mail.files],
        automatic: mail.automatic,
        isBelievable: isBelievable({ verdicts: mail.verdicts ?? null }),
        isOfCustomer: mail.direction === 'out' || theirs.has(mail.fromAddress),
        state: mail.direction === 'out' ? (states.get(mail.mailId)?.state ?? null) : null,
        at: mail.at,
      })),
      next: last ? cursorOf([last.at.toISOString(), last.id]) : null,
    }
  },

  async mailFile(context, { caseId, fileId }) {
    const found = await known(context, caseId)
    if (!(await isOfMails(context.db, found.row.customerId, chainOf(found), fileId)))
      throw refuse('missing', 'no-such-file', 'There is no such file')
    return { fileId, customerId: await shownCustomer(context, found) }
  },

  async mailPictures(context, { caseId, caseMailId }) {
    const found = await known(context, caseId)
    const mail = await mailById(context.db, found.row.customerId, caseMailId)
    if (!mail || !chainOf(found).includes(mail.caseId)) throw refuse('missing', 'no-such-mail', 'There is no such mail')
    await context.wake(mailPicturesAsked, { caseId, caseMailId })
    return {}
  },
}

const shownCustomer = async (context: Context, { row }: Known) => (await shownCustomers(context, [row])).get(row.customerId)?.id ?? null

/** Fetches what a mail of a case shows from other machines; doing it again finds nothing more to do. */
export async function showPicturesOf(context: Context, caseId: string, caseMailId: string): Promise<void> {
  const { db, now, newId } = context
  const { row } = await known(context, caseId)
  const mail = await mailById(db, row.customerId, caseMailId)
  if (!mail?.html || countRemote(mail.html) === 0) return
  const more: MailAttachment[] = []
  const html = await fetchPictures(mail.html, async ({ name, mediaType, content }) => {
    const id = newId()
    await storeFile(db, { id, name, mediaType: keptMediaType, createdBy: 'system', now, limit: content.length }, Readable.from([content]))
    more.push({ fileId: id, name, mediaType, bytes: content.length, inline: true })
    return id
  })
  await setPictures(db, row.customerId, mail, html, more)
  await tellStream(context, [{ topic: topicOf(caseId), kind: 'changed' }])
}
