import { customersWithin } from '#modules/customers/public.ts'
import type { Context } from '#platform/context.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { advisoryEndpoints } from '../api/advisory.ts'
import { subjectOf } from '../domain/subject-line.ts'
import { caseById } from '../store/cases.ts'
import { eventsOfMany } from '../store/events-of-many.ts'
import { casesByIds } from '../store/lists.ts'
import { deleteItem, holdItem, insertItem, itemById, itemsOfMeeting, type MinutesItem, updateItem } from '../store/minutes.ts'
import { meetingCalled, meetingSeen, mustBeThere, seenNames } from './advisory-reach.ts'
import { wrong } from './named.ts'
import { emptyRecord, openCase } from './opening.ts'

type Minutes = Pick<Actions<typeof advisoryEndpoints>, 'addMinutesItem' | 'changeMinutesItem' | 'removeMinutesItem' | 'suggestFromMinutes'>

export const minutesActions: Minutes = {
  async addMinutesItem(context, { meetingId, text, customerId }) {
    await meetingCalled(context, meetingId)
    if (customerId !== null) await mustBeThere(context, customerId)
    const item = { id: context.newId(), meetingId, text, customerId, caseId: null, version: 1 }
    await insertItem(context.db, item, context.now, context.actor.id)
    return (await viewsOf(context, [item]))[0]!
  },

  async changeMinutesItem(context, { itemId, version, text }) {
    const before = await called(context, itemId)
    if (before.version !== version) throw changedMeanwhile('this item')
    const after = { ...before, text }
    if (!(await updateItem(context.db, after))) throw changedMeanwhile('this item')
    return (await viewsOf(context, [{ ...after, version: version + 1 }]))[0]!
  },

  async removeMinutesItem(context, { itemId, version }) {
    const item = await called(context, itemId)
    if (item.version !== version) throw changedMeanwhile('this item')
    if (item.caseId !== null) throw refuse('conflict', 'suggested-already', 'A suggestion was made of it')
    await deleteItem(context.db, itemId)
    return {}
  },

  async suggestFromMinutes(context, { itemId, customerId }) {
    const { db, now, newId } = context
    const item = await called(context, itemId)
    // Pressed twice, by one or by two: the first made it.
    if (item.caseId !== null) return { caseId: item.caseId, number: (await caseById(db, item.caseId))!.number }
    const by = item.customerId ?? customerId ?? null
    if (by === null) throw wrong('customerId', 'required', 'Say which customer said it')
    const made = await openCase(context, {
      id: newId(),
      customerId: by,
      kind: 'suggestion',
      record: { ...emptyRecord(now), subject: subjectOf(item.text), description: item.text, channel: 'visit' },
      ownerId: context.actor.id,
      // Said to the company's face, and noted so that somebody looks into it.
      takenOn: true,
    })
    if (!(await updateItem(db, { ...item, customerId: by, caseId: made.row.id }))) throw changedMeanwhile('this item')
    return { caseId: made.row.id, number: made.state.number }
  },
}

/** An item that one may see: of a meeting that one sees, and said by nobody in particular or by somebody within reach. Held until the end of the transaction. */
async function called(context: Context, id: string): Promise<MinutesItem> {
  await holdItem(context.db, id)
  const item = await itemById(context.db, id)
  const missing = () => refuse('missing', 'no-such-item', 'There is no such item')
  if (!item) throw missing()
  if ((await meetingSeen(context, item.meetingId)) === null) throw missing()
  if (item.customerId !== null && !(await customersWithin(context.db, [item.customerId], context.reach)).has(item.customerId))
    throw missing()
  return item
}

/** What was said in a meeting, as far as one sees who said it. */
export async function minutesOf(context: Context, meetingId: string) {
  const all = await itemsOfMeeting(context.db, meetingId)
  const items = await viewsOf(context, all)
  return { items, hidden: all.length - items.length }
}

async function viewsOf(context: Context, all: readonly MinutesItem[]) {
  const { db } = context
  const names = await seenNames(context, all)
  const shown = all.filter(({ customerId }) => customerId === null || names.has(customerId))
  const named = shown.flatMap(({ customerId, caseId }) => (customerId !== null && caseId !== null ? [{ customerId, caseId }] : []))
  const cases = new Map((await casesByIds(db, named)).map((row) => [row.id, row]))
  const events = await eventsOfMany(db, [...cases.values()])
  return shown.map(({ id, text, customerId, caseId, version }) => {
    const row = caseId === null ? undefined : cases.get(caseId)
    const log = row ? (events.get(row.id) ?? []) : []
    const decided = log.findLast(({ kind }) => kind === 'decided')
    const published = log.findLast(({ kind }) => kind === 'published')
    return {
      id,
      text,
      customer: customerId === null ? null : { id: customerId, name: names.get(customerId)! },
      suggestion: row
        ? {
            id: row.id,
            number: row.number,
            state: row.state,
            step: row.step,
            adopted: decided?.kind === 'decided' ? decided.data.adopted : null,
            published: published?.kind === 'published' && published.data.visible,
          }
        : null,
      version,
    }
  })
}
