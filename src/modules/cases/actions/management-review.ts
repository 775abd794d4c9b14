import { commitmentById, settleCommitment } from '#modules/commitments/public.ts'
import { readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { reviewEndpoints } from '../api/reviews.ts'
import { dayAfter } from '../domain/figure.ts'
import { entryRefusal, maySee, type ReviewEntryKind, type ReviewSection, sectionsSeen } from '../domain/management-review.ts'
import { lastEnded, periodBefore, periodProblem } from '../domain/review-period.ts'
import { reviewHeld } from '../facts/reviews.ts'
import { reviewsSetting } from '../settings.ts'
import { processActionsOf } from '../store/process-actions.ts'
import {
  deleteEntry,
  deleteReview,
  entriesOf,
  heldReviewRow,
  holdReview,
  insertEntry,
  insertReview,
  listReviews,
  type Review,
  type ReviewEntry,
  raiseReview,
  reviewById,
  reviewOfPeriod,
  snapshotOf,
  updateEntry,
  updateReview,
} from '../store/reviews.ts'
import { mustBeColleague, mustWorkHere, wrong } from './named.ts'
import { today } from './people.ts'
import { actionView, askOfProcess, moveProcessAction, mustBeThere, over } from './process-actions.ts'
import { dayPlace } from './report.ts'
import { reviewDutyId } from './review-duty.ts'
import { reviewFile } from './review-file.ts'
import { gatherReview } from './review-inputs.ts'
import { titledSections } from './review-titles.ts'

const periodSentences = {
  'after-the-end': 'The period has to begin before it ends',
  'not-over': 'The period is not over yet',
  'longer-than-a-year': 'A review covers a year at most',
} as const

const entrySentences = {
  'was-held': 'The review was held; what is to be corrected is added to it',
  'not-held-yet': 'Something is added only once the review was held; until then it is written in it',
} as const

export const reviewActions: Actions<typeof reviewEndpoints> = {
  async reviews({ db }, { cursor, limit = defaultPageSize }) {
    const rows = await listReviews(db, dayPlace(cursor), limit + 1)
    const shown = rows.slice(0, limit)
    const last = rows.length > limit ? shown.at(-1)! : null
    return { items: shown.map(lineOf), next: last && cursorOf([last.to, last.id]) }
  },

  async reviewDue(context) {
    const { rhythm, dueDays, responsibleId } = await readSetting(context.db, reviewsSetting)
    const period = lastEnded(rhythm, await today(context))
    const found = await reviewOfPeriod(context.db, period)
    return {
      rhythm,
      ...period,
      dueDay: dayAfter(period.to, dueDays),
      responsibleId,
      reviewId: found?.id ?? null,
      held: found?.state === 'held',
    }
  },

  async makeReview(context, { from, to }) {
    const { rhythm } = await readSetting(context.db, reviewsSetting)
    const now = await today(context)
    const usual = lastEnded(rhythm, now)
    const period = { from: from ?? (to === undefined ? usual.from : to), to: to ?? (from === undefined ? usual.to : from) }
    const problem = periodProblem(period, now)
    if (problem) throw wrong(problem === 'after-the-end' ? 'from' : 'to', problem, periodSentences[problem])
    const review: Review = {
      ...{ id: context.newId(), ...period, state: 'draft', participants: [], guests: null },
      ...{ preparedAt: context.now, preparedBy: context.actor.id, heldAt: null, heldBy: null, version: 1 },
    }
    if (!(await insertReview(context.db, review))) throw refuse('conflict', 'period-taken', 'This period has its review already')
    return lineOf(review)
  },

  async review(context, { reviewId }) {
    return readReview(context, await called(context, reviewId))
  },

  async changeReview(context, { reviewId, version, participantIds, guests }) {
    const before = await draft(context, reviewId, version)
    for (const userId of participantIds) await mustBeColleague(context, 'participantIds', userId)
    const after: Review = { ...before, participants: [...new Set(participantIds)], guests }
    if (!(await updateReview(context.db, after))) throw changedMeanwhile('this review')
    return lineOf({ ...after, version: version + 1 })
  },

  async dropReview(context, { reviewId, version }) {
    await draft(context, reviewId, version)
    if (!(await deleteReview(context.db, { id: reviewId, version }))) throw changedMeanwhile('this review')
    return {}
  },

  async addReviewEntry(context, { reviewId, kind, section, ...said }) {
    const review = await held(context, reviewId)
    const refused = entryRefusal(review.state, kind)
    if (refused) throw refuse('conflict', refused, entrySentences[refused])
    if (kind === 'conclusion' && section === null) throw wrong('section', 'required', 'Say of what this is concluded')
    // Decisions and means are read by whoever sees the review, and go to others: none is of what only some may see.
    if (kind !== 'conclusion' && section !== null) throw wrong('section', 'not-a-conclusion', 'Only what is concluded is of a section')
    if (section !== null && !maySee(section, over(context))) throw refuse('forbidden', 'section-hidden', 'You may not see these figures')
    await mustBeOwed(context, kind, said)
    const entry: ReviewEntry = {
      ...{ id: context.newId(), kind, section, ...said },
      ...{ madeAt: context.now, madeBy: context.actor.id, version: 1 },
    }
    await insertEntry(context.db, reviewId, entry)
    await raiseReview(context.db, reviewId)
    return entry
  },

  async changeReviewEntry(context, { reviewId, entryId, version, ...said }) {
    const before = await writable(context, reviewId, entryId)
    if (before.version !== version) throw changedMeanwhile('this entry')
    await mustBeOwed(context, before.kind, said)
    const after: ReviewEntry = { ...before, ...said }
    if (!(await updateEntry(context.db, reviewId, after))) throw changedMeanwhile('this entry')
    await raiseReview(context.db, reviewId)
    return { ...after, version: version + 1 }
  },

  async dropReviewEntry(context, { reviewId, entryId, version }) {
    if ((await writable(context, reviewId, entryId)).version !== version) throw changedMeanwhile('this entry')
    await deleteEntry(context.db, reviewId, entryId)
    await raiseReview(context.db, reviewId)
    return {}
  },

  async holdReview(context, { reviewId, version }) {
    const { db, now, actor } = context
    const before = await draft(context, reviewId, version)
    const owed = (await entriesOf(db, reviewId)).filter(({ ownerId }) => ownerId !== null)
    await mustBeThere(context, owed)
    const taking = { ...before, participants: [...new Set([...before.participants, actor.id])] }
    if (!(await updateReview(db, taking))) throw changedMeanwhile('this review')
    const snapshot = { at: now.toISOString(), sections: await gatherReview(context, before) }
    if (!(await holdReview(db, { id: reviewId, version: version + 1 }, snapshot, { at: now, by: actor.id })))
      throw changedMeanwhile('this review')
    for (const { id, text, ownerId, dueDay } of owed)
      await askOfProcess(context, { id, text, ownerId: ownerId!, dueDay: dueDay!, reviewId, auditId: null })
    const duty = await commitmentById(db, reviewDutyId(before))
    if (duty?.state === 'open') await settleCommitment(context, duty.id, 'done', null)
    await context.publish(reviewHeld, { reviewId, from: before.from, to: before.to, actions: owed.length })
    return lineOf((await reviewById(db, reviewId))!)
  },

  async reviewFile(context, { reviewId, format, language }) {
    return reviewFile(context, await readReview(context, await called(context, reviewId)), format, language)
  },

  moveProcessAction,
}

async function called({ db }: Context, id: string): Promise<Review> {
  const review = await reviewById(db, id)
  if (!review) throw refuse('missing', 'no-such-review', 'There is no such review')
  return review
}

/** The same for whoever is about to write in it. */
async function held(context: Context, id: string): Promise<Review> {
  await heldReviewRow(context.db, id)
  return called(context, id)
}

/** A review that was not held, as it was seen. */
async function draft(context: Context, id: string, version: number): Promise<Review> {
  const review = await held(context, id)
  if (review.state === 'held') throw refuse('conflict', 'was-held', entrySentences['was-held'])
  if (review.version !== version) throw changedMeanwhile('this review')
  return review
}

/** An entry that may still be written: of a draft, and of a section that one may see. */
async function writable(context: Context, reviewId: string, entryId: string): Promise<ReviewEntry> {
  const review = await held(context, reviewId)
  const entry = (await entriesOf(context.db, reviewId)).find(({ id }) => id === entryId)
  if (!entry || (entry.section !== null && !maySee(entry.section, over(context))))
    throw refuse('missing', 'no-such-entry', 'The review has no such entry')
  if (review.state === 'held') throw refuse('conflict', 'was-held', entrySentences['was-held'])
  return entry
}

/** What somebody is to do has who and until when, and only a decision is done. */
async function mustBeOwed(
  context: Context,
  kind: ReviewEntryKind,
  { ownerId, dueDay }: Pick<ReviewEntry, 'ownerId' | 'dueDay'>,
): Promise<void> {
  if (ownerId === null && dueDay === null) return
  if (kind !== 'decision') throw wrong('ownerId', 'not-a-decision', 'Only what is decided is given to somebody to do')
  if (ownerId === null) throw wrong('ownerId', 'required', 'Say who does it')
  if (dueDay === null) throw wrong('dueDay', 'required', 'Say until when it is done')
  await mustWorkHere(context, 'ownerId', ownerId)
}

const lineOf = ({ id, from, to, state, preparedAt, preparedBy, heldAt, heldBy, version }: Review) => ({
  ...{ id, from, to, state, preparedAt, preparedBy, heldAt, heldBy, version },
})

/** A review as somebody may read it: what was held as management saw it, a draft as things are now. */
async function readReview(context: Context, review: Review) {
  const { db, now, actor } = context
  const kept = await snapshotOf(db, review.id)
  const sections: readonly ReviewSection[] = kept?.sections ?? (await gatherReview(context, review))
  const seen = over(context)
  const entries = (await entriesOf(db, review.id)).filter(({ section }) => section === null || maySee(section, seen))
  const day = await today(context)
  return {
    ...lineOf(review),
    participants: [...review.participants],
    guests: review.guests,
    readAt: kept ? new Date(kept.at) : now,
    before: periodBefore(review),
    sections: await titledSections(context, sectionsSeen(sections, seen)),
    entries: [...entries],
    actions: (await processActionsOf(db, { reviewId: review.id })).map((action) => actionView(action, day)),
    may: { hold: review.state === 'draft' && actor.can('cases.hold-reviews') && actor.reach('cases.hold-reviews') === 'all' },
  }
}

export type ReadReview = Awaited<ReturnType<typeof readReview>>
