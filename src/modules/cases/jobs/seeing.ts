import { commitmentStateChanged } from '#modules/commitments/public.ts'
import type { Context } from '#platform/context.ts'
import { job } from '#platform/module.ts'
import { askForChecks } from '../actions/checking.ts'
import { improvementOrigin } from '../actions/improving.ts'
import { today } from '../actions/people.ts'
import { afterActionsOf, heldProblem, problemOrigin, saveAction } from '../actions/problem-keeping.ts'
import { askForProblemChecks, watchCauses } from '../actions/watching.ts'
import { holdCase } from '../store/cases.ts'
import { improvementOfCommitment, updateImprovement } from '../store/improvements.ts'
import { actionOfCommitment } from '../store/problems.ts'

export const seeingJobs = [
  job({
    name: 'cases.follow-problem-action',
    on: commitmentStateChanged,
    run: async (context, { origin, commitmentId, after }) => {
      await followProblemAction(context, origin, commitmentId, after)
      await followImprovement(context, origin, commitmentId, after)
    },
  }),
  job({
    name: 'cases.watch-causes',
    every: '40 3 * * *',
    run: async (context) => void (await watchCauses(context)),
  }),
  // Some at a time through the whole day: however many are due, none waits for tomorrow.
  job({
    name: 'cases.ask-for-checks',
    every: '*/10 * * * *',
    run: async (context) => void (await askForChecks(context)),
  }),
  job({
    name: 'cases.ask-for-problem-checks',
    every: '20 5 * * *',
    run: async (context) => void (await askForProblemChecks(context)),
  }),
]

/** What is done, dropped or taken up again in somebody's day, the problem knows, too. */
export async function followProblemAction(
  context: Context,
  origin: { readonly module: string; readonly id: string } | null,
  commitmentId: string,
  state: 'open' | 'done' | 'cancelled',
): Promise<void> {
  if (origin?.module !== 'cases' || !origin.id.startsWith(problemOrigin('').id)) return
  const { db } = context
  const named = await actionOfCommitment(db, commitmentId)
  if (!named) return
  const problem = await heldProblem(context, named.problemId)
  const action = await actionOfCommitment(db, commitmentId)
  const after = state === 'cancelled' ? 'dropped' : state
  if (!action || action.state === after) return
  await saveAction(context, { ...action, state: after, doneOn: after === 'done' ? await today(context) : null })
  await afterActionsOf(context, problem)
}

/** The same for what a lesson asks for. */
export async function followImprovement(
  context: Context,
  origin: { readonly module: string; readonly id: string } | null,
  commitmentId: string,
  state: 'open' | 'done' | 'cancelled',
): Promise<void> {
  if (origin?.module !== 'cases' || !origin.id.endsWith(improvementOrigin('').id)) return
  const named = await improvementOfCommitment(context.db, commitmentId)
  if (!named) return
  await holdCase(context.db, named.customerId, named.caseId)
  const found = await improvementOfCommitment(context.db, commitmentId)
  const after = state === 'cancelled' ? 'dropped' : state
  if (!found || found.state === after) return
  await updateImprovement(context.db, { ...found, state: after, doneOn: after === 'done' ? await today(context) : null })
}
