import type { CaseEvent, PolicyTerms } from './event.ts'

/** The log of a case as it would be of a customer of whom nothing is known: served by the policy for everybody, never a repetition, and as grave as they said. Pure. */
export const asOfAnybody = (events: readonly CaseEvent[], policy: PolicyTerms): readonly CaseEvent[] =>
  events.flatMap((event): readonly CaseEvent[] => {
    if (event.kind === 'opened') return [{ ...event, data: { ...event.data, policy, repeatOf: null } }]
    if (event.kind === 'policy-applied') return []
    if (event.kind !== 'changed') return [event]
    const { severity: _, ...changes } = event.data.changes
    return [{ ...event, data: { changes } }]
  })
