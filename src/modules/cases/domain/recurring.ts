import type { Case } from './case.ts'
import { shippedCauses } from './causes.ts'
import type { CaseEvent, EventKind } from './event.ts'
import { agrees, type Matter, type ProblemState } from './problem.ts'

/** The cause of the register that a case has, where it says more than a field of the diagram: those on the first level are too wide for two cases of one to be the same. */
export const specificCause = ({ cause }: Pick<Case, 'cause'>): string | null => {
  const id = cause?.causeId ?? null
  return id !== null && shippedCauses.every((shipped) => shipped.id !== id) ? id : null
}

/** What a case is about, in the words of problems. */
export const matterOf = ({ record, cause }: Pick<Case, 'record' | 'cause'>): Matter => ({
  cause: cause?.causeId ?? cause?.field ?? null,
  category: record.category,
  reason: record.reason,
  productCode: record.productCode,
})

/** By what it is counted whether the cause of a single case comes back: by the cause where one of the register was named, else by reason and product. */
export const countedMatter = (one: Pick<Case, 'record' | 'cause'>): Matter =>
  one.cause?.causeId ? { cause: one.cause.causeId, category: null, reason: null, productCode: null } : { ...matterOf(one), cause: null }

export interface CuredProblem extends Matter {
  readonly id: string
  readonly state: ProblemState
  readonly curedOn: string | null
}

/** After these it may show that a case is one that should not have come any more. */
const telling: readonly EventKind[] = ['opened', 'changed', 'cause-found', 'problem-linked']

/** Whether it is worth looking whether a case recurs. */
export const mayRecur = ({ kind, state, recurrence }: Case, made: readonly CaseEvent[]): boolean =>
  kind === 'complaint' && recurrence === null && state === 'open' && made.some((event) => telling.includes(event.kind))

/**
 * The problem that was thought cured when a case was received: the one it is linked to, or one with which it agrees. The actions were carried out before the day of receipt. Null where there is none.
 */
export function recursProblem(one: Case, receivedOn: string, problems: readonly CuredProblem[]): CuredProblem | null {
  const matter = matterOf(one)
  return (
    problems.find(
      (problem) =>
        (problem.state === 'watched' || problem.state === 'solved') &&
        problem.curedOn !== null &&
        problem.curedOn < receivedOn &&
        (one.problemId === null ? agrees(problem, matter) : one.problemId === problem.id),
    ) ?? null
  )
}
