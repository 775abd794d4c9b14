import type { Case } from './case.ts'
import type { CaseEvent, Kinds } from './event.ts'

/**
 * Whether a case that was just opened again goes to somebody else than whoever handled it: a complaint whose customer was not helped is looked at with other eyes (ISO 10002, objectivity), unless the company does not want it so, or whoever opened
 * it again says that it stays.
 */
export const goesToAnother = (
  { kind, state, ownerId }: Pick<Case, 'kind' | 'state' | 'ownerId'>,
  { sameHandler = false }: Pick<Kinds['reopened'], 'sameHandler'>,
  toAnother: boolean,
): boolean => toAnother && !sameHandler && kind === 'complaint' && state === 'open' && ownerId !== null

/** Whoever ever handled a case. */
export const handlersOf = (events: readonly CaseEvent[]): readonly string[] => [
  ...new Set(events.flatMap((event) => (event.kind === 'opened' || event.kind === 'assigned' ? (event.data.ownerId ?? []) : []))),
]
