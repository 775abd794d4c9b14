import type { Case } from './case.ts'
import type { CaseEvent } from './event.ts'

/** When the customer's matter was settled, and who handled it then: said again, it was the first time. */
export const settled = ({ resolvedAt, settledFor, ownerId }: Case, at: Date): Pick<Case, 'resolvedAt' | 'settledFor'> =>
  resolvedAt === null ? { resolvedAt: at, settledFor: ownerId } : { resolvedAt, settledFor }

/** Whom a customer scores: whoever handled the case when it was settled, whoever has it since; before that and where nobody did, whoever handles it. */
export const scoredPerson = ({ settledFor, ownerId }: Pick<Case, 'settledFor' | 'ownerId'>): string | null => settledFor ?? ownerId

/** By whom an event is that came from a customer's page: nobody who signed in is called so. */
const onTheirPage = 'anonymous'

/** Whether customers said something themselves, on their page, and nobody noted it for them. */
export const isOwnWord = ({ by }: { readonly by: string }): boolean => by === onTheirPage

/**
 * Said again, what is said anew replaces what was; nobody scores themselves, and a case that nobody handled scores nobody. What customers scored themselves nobody but they replaces, and then nothing of it
 * is left that was noted for them.
 */
export function scoredWith(state: Case, event: CaseEvent & { kind: 'feedback' }): Case['scored'] {
  const { data, at, by } = event
  const agentId = scoredPerson(state)
  const { attitude = null, knowledge = null, skill = null } = data
  if (agentId === null || agentId === by || (attitude ?? knowledge ?? skill) === null) return state.scored
  const own = isOwnWord(event)
  const last = state.scored.find((one) => one.agentId === agentId)
  if (last?.own && !own) return state.scored
  const before = last?.own === own ? last : null
  const scores = {
    attitude: attitude ?? before?.attitude ?? null,
    knowledge: knowledge ?? before?.knowledge ?? null,
    skill: skill ?? before?.skill ?? null,
  }
  return [...state.scored.filter((one) => one.agentId !== agentId), { agentId, at, own, ...scores }]
}
