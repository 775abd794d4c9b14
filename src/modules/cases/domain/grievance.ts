import type { CaseEvent, EventKind } from './event.ts'

/** What a customer says of what was done or offered that somebody has to answer for: that they are not satisfied, or that they do not take it. */
export const grievances = ['not-satisfied', 'remedy-refused', 'offer-refused'] as const
export type Grievance = (typeof grievances)[number]

function grievanceOf(event: CaseEvent): Grievance | null {
  if (event.kind === 'feedback') return event.data.satisfied ? null : 'not-satisfied'
  if (event.kind === 'remedy-answered') return event.data.accepted ? null : 'remedy-refused'
  if (event.kind === 'quote-answered') return event.data.accepted ? null : 'offer-refused'
  return null
}

/** The last thing of this kind that some events say, whoever wrote it down; null where they say none. */
export function grievanceIn(events: readonly CaseEvent[]): { readonly what: Grievance; readonly seq: number } | null {
  for (const event of events.toReversed()) {
    const what = grievanceOf(event)
    if (what !== null) return { what, seq: event.seq }
  }
  return null
}

/** What takes it up: the case goes on, or something else is proposed or offered. */
const takesUp: readonly EventKind[] = ['reopened', 'sent-back', 'proposed', 'quoted']
/** What leaves nobody to be asked on this case. */
const ends: readonly EventKind[] = ['withdrawn', 'merged', 'converted']

/** What becomes of a task to get in touch with somebody who is not satisfied: done when they are, or when the matter is taken up again; cancelled when the case ends otherwise; null: it stays. */
export function settlesGrievance(events: readonly CaseEvent[]): 'done' | 'cancelled' | null {
  if (events.some(({ kind }) => ends.includes(kind))) return 'cancelled'
  const isContent = (event: CaseEvent) =>
    (event.kind === 'feedback' && event.data.satisfied) ||
    ((event.kind === 'remedy-answered' || event.kind === 'quote-answered') && event.data.accepted)
  return events.some((event) => takesUp.includes(event.kind) || isContent(event)) ? 'done' : null
}
