import { mailNotDelivered } from '#platform/mailbox/facts.ts'
import { mailWentOut } from '#platform/mailbox/wakes.ts'
import { job } from '#platform/module.ts'
import { wordsOf } from '#platform/pages/words.ts'
import { tellStream } from '#platform/stream.ts'
import { acknowledgeByMail, languageOfCase } from '../actions/mail-out.ts'
import { showPicturesOf } from '../actions/mails.ts'
import { heldCase, perform, topicOf } from '../actions/performing.ts'
import { isStillThere } from '../actions/still-there.ts'
import { happened } from '../domain/event.ts'
import { mailPicturesAsked } from '../facts/pictures-asked.ts'
import { caseOpened } from '../facts.ts'
import { mailTexts } from '../texts/index.ts'

export const mailJobs = [
  /** Whoever complains by telephone and has an address is told by mail that it was recorded; a mail or a page has answered for itself. */
  job({
    name: 'cases.acknowledge',
    on: caseOpened,
    run: async (context, { caseId, proactive }) => {
      // What the company found before the customer did is told by a person, if at all.
      if (!proactive && (await isStillThere(context, caseId))) await acknowledgeByMail(context, await heldCase(context, caseId, null), null)
    },
  }),
  job({
    name: 'cases.note-not-delivered',
    on: mailNotDelivered,
    run: async (context, { threadId }) => {
      if (threadId === null || !(await isStillThere(context, threadId))) return
      const found = await heldCase(context, threadId, null)
      const t = wordsOf(mailTexts, await languageOfCase(context, found))
      await perform(context, found, happened('noted', { text: t('notDelivered'), fileIds: [], minutes: 0 }), { unasked: true })
    },
  }),
  /** Whoever looks at the case sees that the mail has gone out. */
  job({
    name: 'cases.show-sent',
    on: mailWentOut,
    run: (context, { threadId }) => tellStream(context, [{ topic: topicOf(threadId), kind: 'changed' }]),
  }),
  job({
    name: 'cases.show-pictures',
    on: mailPicturesAsked,
    run: (context, { caseId, caseMailId }) => showPicturesOf(context, caseId, caseMailId),
  }),
]
