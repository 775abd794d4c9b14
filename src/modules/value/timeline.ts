import type { TimelineSource } from '#platform/module.ts'
import { tierChanges } from './store/timeline.ts'

/** When a customer came into a tier, and from which. */
export const valueTimeline: TimelineSource = async ({ db }, customerId, before, limit) => {
  const rows = await tierChanges(db, customerId, before, limit)
  return rows.map(({ id, at, from, to, reason, profitMinor }) => ({
    id,
    at,
    kind: from === null ? 'value.tier-found' : 'value.tier-moved',
    stage: null,
    // The day of the assessment; its place on the timeline is the end of that day.
    values: { day: id, from, to, reason, profitMinor },
  }))
}
