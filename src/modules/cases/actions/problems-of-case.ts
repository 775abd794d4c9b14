import type { Context } from '#platform/context.ts'
import type { Actions } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import type { problemEndpoints } from '../api/problems.ts'
import { happened } from '../domain/event.ts'
import { dayAfter } from '../domain/figure.ts'
import { agrees, type Matter, madeDays, nextCheckDays, type ProblemState } from '../domain/problem.ts'
import { countedMatter, matterOf } from '../domain/recurring.ts'
import { listProblems, type Problem, problemById, problemsLike } from '../store/problems.ts'
import { actedOf } from './acted.ts'
import { readRecurrence } from './checking.ts'
import { companyDays, isChecked } from './current.ts'
import { heldCase, known, mustBeAllowed, perform } from './performing.ts'
import { problemCalled } from './problem-keeping.ts'
import { seenCaseId } from './reach.ts'

export const singleCases: Pick<Actions<typeof problemEndpoints>, 'linkProblem' | 'caseProblems' | 'caseEffectiveness'> = {
  async linkProblem(context, { caseId, version, problemId }) {
    const found = await heldCase(context, caseId, version)
    await mustBeAllowed(context, found, 'problem-linked')
    if (problemId !== null && (await problemCalled(context, problemId)).state === 'dismissed')
      throw refuse('conflict', 'problem-dismissed', 'The problem was dismissed; take it up again first')
    if (problemId === found.state.problemId) return actedOf(found)
    return actedOf(await perform(context, found, happened('problem-linked', { problemId }), { unasked: true }))
  },

  async caseProblems(context, { caseId }) {
    const { db } = context
    const { state } = await known(context, caseId)
    const named = async (id: string | null) => {
      const problem = id === null ? null : await problemById(db, id)
      return problem && { id: problem.id, title: problem.title, state: problem.state }
    }
    const matter = matterOf(state)
    const alike = state.problemId === null ? await alikeProblems(context, matter) : []
    return {
      problem: await named(state.problemId),
      suggestions: alike.map((problem) => ({
        id: problem.id,
        title: problem.title,
        state: problem.state,
        agrees: agrees(problem, matter),
      })),
      recurrence: state.recurrence && {
        problem: await named(state.recurrence.problemId),
        earlierCaseId: await seenCaseId(context, state.recurrence.earlierCaseId),
        at: state.recurrence.at,
      },
    }
  },

  async caseEffectiveness(context, { caseId }) {
    const { state, process } = await known(context, caseId)
    if (!isChecked(process) || state.executed === null) return { due: null, recurrence: null }
    const company = await companyDays(context, false)
    const due = nextCheckDays(company.checkDays, madeDays(state.effectiveness))
    const executedOn = company.dayOf(state.executed.at)
    const matter = { ...countedMatter(state), id: state.problemId }
    // Figures over everybody are for those who may see everybody.
    const recurrence = context.reach === 'all' ? await readRecurrence(context, matter, executedOn, company.checkDays) : null
    return { due: due === null ? null : { days: due, on: dayAfter(executedOn, due) }, recurrence }
  },
}

/** Problems that a case may belong to: those with which it agrees, then those that share its cause, or category and product. */
async function alikeProblems({ db }: Context, matter: Matter): Promise<readonly Problem[]> {
  const standing: readonly ProblemState[] = ['draft', 'open', 'watched', 'solved']
  const exact = await problemsLike(db, standing, matter)
  const all = await listProblems(db, standing, null, 200)
  const near = all.filter(
    (problem) =>
      exact.every(({ id }) => id !== problem.id) &&
      ((problem.cause !== null && problem.cause === matter.cause) ||
        (problem.category !== null &&
          problem.category === matter.category &&
          (problem.productCode === null || problem.productCode === matter.productCode))),
  )
  return [...exact, ...near].slice(0, 5)
}
