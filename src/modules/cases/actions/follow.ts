import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { fileById } from '#platform/files.ts'
import type { Actions } from '#platform/module.ts'
import { leadTo } from '#platform/pages/answer.ts'
import { livePart } from '#platform/pages/live.ts'
import { visitOf } from '#platform/pages/visit.ts'
import { wordsOf } from '#platform/pages/words.ts'
import { linkOf, struckLinks } from '#platform/private-link.ts'
import { refuse } from '#platform/refusal.ts'
import { portalEndpoints } from '../api/portal.ts'
import type { Case } from '../domain/case.ts'
import { answeredAgainst, appealableAt, openAppeal, routeTold } from '../domain/contest.ts'
import { refusedHere } from '../domain/decide.ts'
import { type EventKind, happened, type NewEvent } from '../domain/event.ts'
import { isHeldBack } from '../domain/figures/limits.ts'
import { isOwnWord, scoredPerson } from '../domain/personnel.ts'
import { asksAboutRemedy, barely, nextOf, subjectAtFirst, toldToCustomer, wentOn, withoutSent } from '../domain/progress.ts'
import { atOnceBecause } from '../domain/standing.ts'
import { casePage } from '../pages/following.ts'
import { customerFilesSetting } from '../settings.ts'
import { attachmentsOf } from '../store/attachments.ts'
import { messagesOf, type StoredMessage } from '../store/messages.ts'
import { aheadOf, aheadOfRank } from '../store/queue.ts'
import { portalTexts } from '../texts/index.ts'
import { takeAnswer, treatmentOnPage } from './answers.ts'
import { takeAppeal, takeBackAppeal } from './appeals.ts'
import { contestDays } from './current.ts'
import { clocksForAnybody } from './for-anybody.ts'
import { limitsOnCase } from './limits.ts'
import { chainOf, withFiles } from './messages.ts'
import { heldCase, type Known, known, perform, topicOf } from './performing.ts'
import { offerRanOut, ranOut } from './quotes.ts'

type Follow = Pick<
  Actions<typeof portalEndpoints>,
  | 'followed'
  | 'write'
  | 'withdrawOwn'
  | 'giveFeedback'
  | 'answerOffer'
  | 'answerDecision'
  | 'appealOwn'
  | 'withdrawAppealOwn'
  | 'followedEvents'
  | 'followedFile'
>

/** So many messages a page shows; older ones are with whoever handles the case. */
const mostShown = 200
/** So many are counted that stand before one; as many as staff are told. */
const mostAhead = 100
/** A case becomes another once or twice, never in a circle; a mistake is not to hang anybody. */
const mostFollowed = 5

/**
 * The case of a link as it goes on: what was converted goes on as another. What was merged into another does not: a link shows what its holder said and was told, and the other case may have begun with somebody
 * else who only gave the same address.
 */
async function followedCase(context: Context, read: (id: string) => Promise<Known>): Promise<Known> {
  let found = await read(linkOf(context).thingId)
  for (let i = 0; i < mostFollowed; i++) {
    const next = found.state.state === 'converted' ? found.state.ended?.caseId : null
    if (!next) break
    const other = await read(next)
    if (other.row.customerId !== found.row.customerId) break
    found = other
  }
  return found
}

const shownCase = (context: Context) => followedCase(context, (id) => known(context, id))
const held = (context: Context) => followedCase(context, (id) => heldCase(context, id, null))

/** Whether less is shown: whoever has this link has typed who they are, and nobody has found out since that they were right. */
const isNarrow = (context: Context, { state }: Known): boolean => linkOf(context).narrow && state.record.unproven === true

const messagesWith = (context: Context, found: Known) => messagesOf(context.db, found.row.customerId, chainOf(found), null, mostShown)

/** What was said to the customer stands on the page of whoever is known to be them; whoever has only typed it sees what they said themselves. */
const shownOf = (all: readonly StoredMessage[], narrow: boolean): readonly StoredMessage[] =>
  narrow ? all.filter(({ direction }) => direction === 'in') : all

/** One act of the customer, where the case takes it now. */
async function act(context: Context, token: string, event: NewEvent): Promise<ReturnType<typeof leadTo>> {
  const found = await held(context)
  mustBePossible(found, event.kind)
  await perform(context, found, event, { unasked: true })
  return leadTo(`/p/case/${token}`)
}

function mustBePossible(found: Known, kind: EventKind): void {
  if (refusedHere(found.process, found.state, kind))
    throw refuse('conflict', 'not-now', 'This is not possible any more; look at where it stands')
}

/** What binds the customer is said by them alone. */
function mustBeProven(context: Context, found: Known): void {
  if (isNarrow(context, found))
    throw refuse('conflict', 'not-proven', 'Open the link in the mail that we sent you; this one shows only where it stands')
}

/** Whoever has a link may send a lot, and not without end: files lie in the database and in every backup. */
async function mustHaveRoom({ db, actor }: Context, { row }: Known, files: readonly string[]): Promise<void> {
  if (files.length === 0) return
  const { most, megabytes } = await readSetting(db, customerFilesSetting)
  const sent = (await attachmentsOf(db, row.customerId, row.id)).filter(({ by }) => by === actor.id)
  const fresh = await Promise.all(files.map(async (id) => (await fileById(db, id))?.bytes ?? 0))
  const bytes = [...sent.map((file) => file.bytes), ...fresh].reduce((sum, one) => sum + one, 0)
  if (sent.length + files.length <= most && bytes <= megabytes << 20) return
  const detail = 'So many files were sent on this case that no more are taken; write to us without one'
  throw refuse('invalid', 'case-full', detail, { fields: [{ field: 'files', reason: 'case-full', detail }] })
}

/** What colleagues noted for customers keeps none of them from saying it themselves. */
const hasRated = ({ feedback }: Case): boolean => feedback !== null && isOwnWord(feedback)

/** By which way a customer writes on their page. */
const ownChannel = ({ state }: Known) => (state.record.channel === 'chat' ? 'chat' : 'web')

const numberOf = (choice: string | undefined): number | null => (choice === undefined ? null : Number(choice))

/** Of an appeal that waits to be judged what its customer needs to see of it. */
function appealWaiting(state: Known['state']) {
  const appeal = openAppeal(state)
  return appeal && { id: appeal.id, dueAt: appeal.dueAt }
}

/** Until when the customer may appeal; null where they may not any more. */
const mayAppealUntil = async ({ db, now }: Context, state: Case): Promise<Date | null> =>
  appealableAt(state, await contestDays(db), now)?.until ?? null

/** What writing brings about once the case has ended, as the page says it. */
const writingDoes: Readonly<Record<string, 'reopens' | 'begins'>> = { reopen: 'reopens', repeat: 'begins' }

export const followActions: Follow = {
  async followed(context, { token, new: isNew }) {
    const visit = visitOf(context)
    const live = await livePart(context, portalEndpoints.followedEvents, { token }, { follow: true })
    const found = await shownCase(context)
    const { row, process, events, state } = found
    const { timeZone, currency } = await readSetting(context.db, organizationProfile)
    const narrow = isNarrow(context, found)
    const all = await messagesWith(context, found)
    const messages = await withFiles(context, shownOf(all, narrow).toReversed())
    const waits = state.state === 'open' && state.ownerId === null
    const sent = all.filter(({ direction }) => direction === 'out').map(({ body }) => body)
    const told = toldToCustomer(events, state)
    const happenings = narrow ? barely(told) : withoutSent(told, sent)
    const { dueAt, rankAt } = narrow ? await clocksForAnybody(context, found, events) : row
    const ahead = () => (narrow ? aheadOfRank(context.db, rankAt, row.id, mostAhead) : aheadOf(context.db, row.id, mostAhead))
    // Whom nobody knows learns nothing of who serves the customer.
    const limits = waits ? (await limitsOnCase(context, row.id)).filter(({ of }) => of === 'product' || !narrow) : []
    const may = (kind: EventKind) => refusedHere(process, state, kind) === null
    return casePage(visit, {
      token,
      live,
      isNew: isNew !== undefined,
      number: state.number,
      kind: state.kind,
      // As it was when it came in: what colleagues call it later is theirs.
      subject: subjectAtFirst(events),
      state: state.state,
      paused: state.paused !== null,
      wentOn: wentOn(state, events),
      writing: writingDoes[await treatmentOnPage(context, found)] ?? null,
      next: nextOf(state.step),
      dueAt,
      now: context.now,
      ahead: waits ? await ahead() : null,
      mostAhead,
      heldBack: isHeldBack(limits, atOnceBecause(state)),
      happenings,
      messages,
      isAnsweredElsewhere: narrow && (sent.length > 0 || told.some(({ text }) => text !== null)),
      mayWithdraw: state.state === 'open' && may('withdrawn'),
      mayRate: ['resolved', 'closed'].includes(state.state) && !hasRated(state) && !narrow,
      isScored: scoredPerson(state) !== null,
      mayAnswerRemedy: !narrow && asksAboutRemedy(state),
      mayAnswerOffer: !narrow && state.state === 'open' && state.quoted !== null && may('quote-answered'),
      offerRanOut: await offerRanOut(context, state),
      // What they were answered stands where whoever typed who they are cannot see it, and so does where else to turn.
      route: narrow || answeredAgainst(state) === null ? null : routeTold(state),
      appealUntil: narrow ? null : await mayAppealUntil(context, state),
      appeal: narrow ? null : appealWaiting(state),
      timeZone,
      currency,
    })
  },

  async write(context, { token, text, files }) {
    const found = await held(context)
    await mustHaveRoom(context, found, files)
    return leadTo(`/p/case/${await takeAnswer(context, found, token, { text, channel: ownChannel(found), fileIds: files })}`)
  },

  withdrawOwn: async (context, { token, why }) => {
    const t = wordsOf(portalTexts, visitOf(context).language)
    return act(context, token, happened('withdrawn', { reason: why || t('withdraw.without') }))
  },

  async giveFeedback(context, { token, satisfied, score, comment, attitude, knowledge, skill }) {
    const found = await held(context)
    mustBeProven(context, found)
    if (!['resolved', 'closed'].includes(found.state.state) || hasRated(found.state))
      throw refuse('conflict', 'not-now', 'This is not possible any more; look at where it stands')
    const given = { score: numberOf(score), attitude: numberOf(attitude), knowledge: numberOf(knowledge), skill: numberOf(skill) }
    const said = { satisfied: satisfied === 'yes', text: comment ?? null, ...given }
    await perform(context, found, happened('feedback', said), { unasked: true })
    return leadTo(`/p/case/${token}`)
  },

  async answerOffer(context, { token, accepted }) {
    const found = await held(context)
    mustBeProven(context, found)
    if (accepted === 'yes' && (await offerRanOut(context, found.state))) throw ranOut()
    return act(context, token, happened('quote-answered', { accepted: accepted === 'yes', note: null }))
  },

  async answerDecision(context, { token, taken, instead }) {
    const found = await held(context)
    mustBeProven(context, found)
    if (!asksAboutRemedy(found.state)) throw refuse('conflict', 'not-now', 'This is not possible any more; look at where it stands')
    return act(context, token, happened('remedy-answered', { accepted: taken === 'yes', note: instead || null }))
  },

  async appealOwn(context, { token, objection }) {
    const found = await held(context)
    mustBeProven(context, found)
    // Sent twice it is one appeal.
    if (openAppeal(found.state) === null) await takeAppeal(context, found, { reason: struckLinks(objection), channel: ownChannel(found) })
    return leadTo(`/p/case/${token}`)
  },

  async withdrawAppealOwn(context, { token, appealId }) {
    const found = await held(context)
    mustBeProven(context, found)
    // Only the one that they saw: sent twice it is taken back once, and what was judged or asked for since then stands, as the page says.
    if (openAppeal(found.state)?.id === appealId) await takeBackAppeal(context, found, { channel: ownChannel(found), note: null })
    return leadTo(`/p/case/${token}`)
  },

  async followedEvents(context) {
    const { row } = await shownCase(context)
    const { thingId } = linkOf(context)
    return { topics: [...new Set([topicOf(thingId), topicOf(row.id)])] }
  },

  async followedFile(context, { fileId }) {
    const found = await shownCase(context)
    // Of the files of a case only those of the conversation: what staff keep with it is theirs.
    const messages = shownOf(await messagesWith(context, found), isNarrow(context, found))
    if (!messages.some(({ fileIds }) => fileIds.includes(fileId))) throw refuse('missing', 'no-such-file', 'There is no such file')
    return { fileId }
  },
}
