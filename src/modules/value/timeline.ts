import type { TimelineEntry, TimelineSource } from '#platform/module.ts'
import { servedMoments, tierChanges } from './store/timeline.ts'

/** When a customer came into a tier, and from which; what was noticed about them, and what was given to them. */
export const valueTimeline: TimelineSource = async ({ db }, customerId, before, limit) => {
  const tiers = (await tierChanges(db, customerId, before, limit)).map(
    ({ id, at, from, to, reason, profitMinor }): TimelineEntry => ({
      id,
      at,
      kind: from === null ? 'value.tier-found' : 'value.tier-moved',
      stage: null,
      // The day of the assessment; its place on the timeline is the end of that day.
      values: { day: id, from, to, reason, profitMinor },
    }),
  )
  const served = (await servedMoments(db, customerId, before, limit)).map(
    ({ id, at, day, what, kind, mark, by }): TimelineEntry => ({
      ...{ id, at, kind: `value.${kind}`, stage: null, by },
      values: { what, mark, ...(day === null ? {} : { day }) },
    }),
  )
  return [...tiers, ...served].sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0)).slice(0, limit)
}
