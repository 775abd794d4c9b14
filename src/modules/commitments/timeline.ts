import type { TimelineSource } from '#platform/module.ts'
import { toldEvents } from './store/events.ts'

/** What was promised or planned for a customer, done and cancelled. What became a contact is told by the archive's own entry. */
export const commitmentsTimeline: TimelineSource = async ({ db }, customerId, before, limit) => {
  const events = await toldEvents(db, customerId, before, limit)
  return events.map(({ id, at, what, kind, title, dueDay, note }) => ({
    id,
    at,
    kind: `commitments.${what === 'created' ? (kind === 'promise' ? 'promised' : 'planned') : what === 'completed' ? (kind === 'promise' ? 'kept' : 'done') : 'cancelled'}`,
    stage: null,
    values: { title: title === 'archive-review' ? null : title, dueDay, ...(note === null ? {} : { summary: note }) },
  }))
}
