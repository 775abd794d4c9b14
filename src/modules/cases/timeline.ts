import type { TimelineSource } from '#platform/module.ts'
import { toldEvents } from './store/events.ts'

/** When cases of a customer were opened, settled, closed and opened again. */
export const casesTimeline: TimelineSource = async ({ db }, customerId, before, limit) => {
  const events = await toldEvents(db, customerId, before, limit)
  return events.map(({ caseId, seq, at, by, what, kind, number, subject }) => ({
    id: `${caseId}:${String(seq).padStart(6, '0')}`,
    at,
    by,
    kind: `cases.${what}`,
    stage: 'after' as const,
    values: { kind, number, title: subject, link: `/cases/${caseId}` },
  }))
}
