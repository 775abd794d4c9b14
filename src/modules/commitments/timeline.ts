import type { TimelineSource } from '#platform/module.ts'
import { archiveReview } from './domain/commitment.ts'
import { type ToldEvent, toldEvents } from './store/events.ts'

/** What was promised or planned for a customer, done and cancelled. What became a contact is told by the archive's own entry. */
export const commitmentsTimeline: TimelineSource = async ({ db }, customerId, before, limit) => {
  const events = await toldEvents(db, customerId, before, limit)
  return events.map(({ id, at, by, note, ...event }) => ({
    id,
    at,
    by,
    kind: `commitments.${wordOf(event)}`,
    stage: null,
    values: { title: event.title, dueDay: event.dueDay, ...(note === null ? {} : { summary: note }) },
  }))
}

function wordOf({ what, kind, title }: Pick<ToldEvent, 'what' | 'kind' | 'title'>): string {
  if (what === 'cancelled') return 'cancelled'
  if (kind === 'promise') return what === 'created' ? 'promised' : 'kept'
  if (what === 'created') return 'planned'
  return title === archiveReview ? 'reviewed' : 'done'
}
