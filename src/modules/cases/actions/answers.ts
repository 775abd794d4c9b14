import { readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { wordsOf } from '#platform/pages/words.ts'
import { linkOf } from '#platform/private-link.ts'
import { happened } from '../domain/event.ts'
import { treatmentOf } from '../domain/mail-case.ts'
import { subjectOf } from '../domain/subject-line.ts'
import type { Channel } from '../domain/taxonomy.ts'
import { mailSetting } from '../settings.ts'
import { casesOf } from '../store/lists.ts'
import { mailTexts } from '../texts/index.ts'
import { contestDays } from './current.ts'
import { languageOfCase } from './mail-out.ts'
import { linkToCase, receiveFromCustomer } from './messages.ts'
import { emptyRecord } from './opening.ts'
import { heldCase, type Known, perform } from './performing.ts'
import { beginOnPage } from './portal.ts'

interface Answer {
  readonly text: string
  readonly channel: Channel
  readonly fileIds: readonly string[]
}

/** What becomes of a case when its customer writes: the same on their page as by mail. */
export async function treatmentOnPage({ db, now }: Pick<Context, 'db' | 'now'>, { state }: Pick<Known, 'state'>) {
  const { reopenDays } = await readSetting(db, mailSetting)
  return treatmentOf({ automatic: null }, state, { reopenDays, appeals: await contestDays(db), now })
}

/**
 * Takes what a customer writes on the page of their case, and leads them to where it goes on: a case that ended not long ago goes on again; later their words begin a case of their own that says what it follows, and further
 * words join that one as long as it goes on. `token`: of the page on which they write.
 */
export async function takeAnswer(context: Context, found: Known, token: string, answer: Answer): Promise<string> {
  const treatment = await treatmentOnPage(context, found)
  if (treatment === 'repeat') return follow(context, found, answer)
  const after = await receiveFromCustomer(context, found, answer)
  if (treatment === 'reopen') {
    const reason = wordsOf(mailTexts, await languageOfCase(context, found))('wroteAgainOnPage')
    await perform(context, after, happened('reopened', { to: after.state.step, reason }), { unasked: true })
  }
  return token
}

/** So many of a customer's newest cases are looked at. */
const lookedAt = 50

async function follow(context: Context, { row, state }: Known, answer: Answer): Promise<string> {
  const { narrow } = linkOf(context)
  const later = await casesOf(context.db, row.customerId, null, lookedAt)
  const going = later.find((one) => one.repeatOf === row.id && one.kind === 'enquiry' && (one.state === 'open' || one.state === 'resolved'))
  if (going) {
    const next = await heldCase(context, going.id, null)
    await receiveFromCustomer(context, next, answer)
    return (await linkToCase(context, next, narrow)).token
  }
  const { language, complainant, orderId, unproven } = state.record
  const record = {
    ...emptyRecord(context.now),
    subject: subjectOf(answer.text),
    description: answer.text,
    channel: answer.channel,
    language,
    complainant,
    orderId,
    fileIds: answer.fileIds,
    ...(unproven ? { unproven } : {}),
  }
  return beginOnPage(context, { customerId: row.customerId, kind: 'enquiry', record, repeatOf: row.id }, narrow)
}
