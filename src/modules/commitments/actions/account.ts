import { type Identity, identitiesOf, untouchedArchives, untouchedOfNobody } from '#modules/customers/public.ts'
import { readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { commitmentsApi } from '../api.ts'
import { dayIn } from '../domain/clock.ts'
import { archiveReview, isTheirs } from '../domain/commitment.ts'
import { changeShare, pointsDone, worksheetPoints } from '../domain/worksheet.ts'
import { attentionSetting } from '../settings.ts'
import { ofCustomer, reviewedSince } from '../store/lists.ts'
import { worksheetOf, writeWorksheet } from '../store/worksheets.ts'
import { holdCustomer, makeCommitment, timeZoneOf } from './making.ts'
import { ownerAsked } from './reach.ts'
import { placeOfCursor } from './read.ts'
import { viewOf } from './view.ts'
import { completeCommitment } from './write.ts'

const dayLength = 86_400_000
/** How often more archives are looked at, where all of a page were reviewed lately, before the page is given as it is. */
const rounds = 10

type Account = Pick<Actions<typeof commitmentsApi>, 'worksheet' | 'saveWorksheet' | 'archiveReviews' | 'archiveState' | 'reviewArchive'>
export const accountActions: Account = {
  async worksheet({ db }, { customerId }) {
    const sheet = await worksheetOf(db, customerId)
    return {
      ...sheet,
      points: sheet.points.map((point) => ({ ...point })),
      done: pointsDone(sheet.points),
      changeShare: changeShare(sheet),
    }
  },

  async saveWorksheet(context, { customerId, version, ...sheet }) {
    if (new Set(sheet.points.map(({ point }) => point)).size !== worksheetPoints.length)
      throw refuse('invalid', 'points-incomplete', 'Each of the nine points stands in the worksheet once', {
        fields: [{ field: 'points', reason: 'points-incomplete', detail: 'Each of the nine points once' }],
      })
    await holdCustomer(context, customerId)
    const on = { by: context.actor.id, now: context.now }
    if (!(await writeWorksheet(context.db, customerId, { ...sheet, version }, on))) throw changedMeanwhile()
    return { version: version + 1 }
  },

  async archiveReviews(context, { owner, cursor, limit = defaultPageSize }) {
    const { db, now } = context
    const asked = ownerAsked(context, owner)
    const { archiveReviewDays } = await readSetting(db, attentionSetting)
    const since = new Date(now.getTime() - archiveReviewDays * dayLength)
    const items: Identity[] = []
    let after = placeOfCursor(cursor)
    let more = true
    for (let round = 0; more && items.length < limit && round < rounds; round++) {
      const wanted = limit - items.length
      const found =
        asked === null
          ? (await untouchedOfNobody(db, since, after, wanted + 1)).map((one) => ({ ...one, placedAt: one.createdAt }))
          : (await untouchedArchives(db, asked, since, after, wanted + 1)).map((one) => ({ ...one, placedAt: one.updatedAt }))
      const looked = found.slice(0, wanted)
      const ids = looked.map(({ id }) => id)
      const reviewed = await reviewedSince(db, ids, since)
      items.push(...looked.filter(({ id }) => !reviewed.has(id)))
      const last = looked.at(-1)
      after = last ? { at: last.placedAt, id: last.id } : after
      more = found.length > wanted
    }
    return {
      afterDays: archiveReviewDays,
      items: items.map(({ id, name, city, updatedAt }) => ({
        id,
        name,
        city,
        touchedAt: updatedAt,
        days: Math.floor((now.getTime() - updatedAt.getTime()) / dayLength),
      })),
      next: more && after ? cursorOf([after.at.toISOString(), after.id]) : null,
    }
  },

  async archiveState({ db, now }, { customerId }) {
    const found = (await identitiesOf(db, [customerId])).get(customerId)
    if (!found) throw refuse('missing', 'no-such-customer', 'There is no such customer')
    const { archiveReviewDays } = await readSetting(db, attentionSetting)
    const since = new Date(now.getTime() - archiveReviewDays * dayLength)
    const stale = found.updatedAt < since && (await reviewedSince(db, [customerId], since)).size === 0
    return { touchedAt: found.updatedAt, stale, afterDays: archiveReviewDays }
  },

  async reviewArchive(context, { customerId, note }) {
    return viewOf(context, await reviewArchive(context, customerId, note ?? null))
  },
}

/** The review of theirs that was open already, or one that is made and done at once. */
async function reviewArchive(context: Context, customerId: string, outcome: string | null) {
  const open = await ofCustomer(context.db, customerId, true, null, 100)
  const waiting = open.find((one) => one.kind === 'review' && isTheirs(one, context.actor.id))
  const review =
    waiting ??
    (await makeCommitment(context, {
      kind: 'review',
      title: archiveReview,
      customerId,
      dueDay: dayIn(await timeZoneOf(context), context.now),
    }))
  return (await completeCommitment(context, review, { outcome })).done
}
