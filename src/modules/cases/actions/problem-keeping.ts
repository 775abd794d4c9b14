import { addCommitment } from '#modules/commitments/public.ts'
import type { Context } from '#platform/context.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import { afterActions, curedOn, type Matter, type ProblemState } from '../domain/problem.ts'
import { problemOpened, problemStateChanged } from '../facts.ts'
import {
  actionsOf,
  holdProblem,
  insertProblem,
  type Problem,
  problemById,
  type StoredAction,
  updateAction,
  updateProblem,
} from '../store/problems.ts'

/** The commitments of a problem's actions name it so. */
export const problemOrigin = (problemId: string) => ({ module: 'cases', id: `problem:${problemId}` })

const noSuchProblem = () => refuse('missing', 'no-such-problem', 'There is no such problem')

/** A problem by its id, as it was seen where a version is given. */
export async function problemCalled({ db }: Pick<Context, 'db'>, id: string, version: number | null = null): Promise<Problem> {
  const found = await problemById(db, id)
  if (!found) throw noSuchProblem()
  if (version !== null && found.version !== version) throw changedMeanwhile('this problem')
  return found
}

/** The same for whoever is about to act: nobody else acts on it or on its actions meanwhile. */
export async function heldProblem(context: Pick<Context, 'db'>, id: string, version: number | null = null): Promise<Problem> {
  await holdProblem(context.db, id)
  return problemCalled(context, id, version)
}

interface Beginning extends Matter {
  readonly title: string
  readonly description: string | null
  readonly ownerId: string | null
  readonly state: ProblemState
  readonly alert: Problem['alert']
}

/** Records a problem, whoever found it. */
export async function beginProblem(
  context: Context,
  { title, description, ownerId, state, alert, cause, category, reason, productCode }: Beginning,
): Promise<Problem> {
  const problem: Problem = {
    id: context.newId(),
    ...{ title, description, ownerId, state, alert, cause, category, reason, productCode },
    alertedOn: alert?.on ?? null,
    ...{ curedOn: null, checkedDays: null, askedDays: null, closedAt: null, closedBy: null, note: null },
    openedAt: context.now,
    openedBy: context.actor.id,
    version: 1,
  }
  await insertProblem(context.db, problem)
  await context.publish(problemOpened, { problemId: problem.id, state, cause, category, reason, productCode, alerted: alert !== null })
  return problem
}

export async function saved(context: Context, before: Problem, after: Problem): Promise<Problem> {
  if (!(await updateProblem(context.db, after))) throw changedMeanwhile('this problem')
  if (after.state !== before.state)
    await context.publish(problemStateChanged, { problemId: after.id, before: before.state, after: after.state, curedOn: after.curedOn })
  return { ...after, version: before.version + 1 }
}

/** Puts an action into the day of whoever does it. */
export async function asked(
  context: Context,
  { problemId, text, ownerId, dueDay }: Pick<StoredAction, 'problemId' | 'text' | 'ownerId' | 'dueDay'>,
): Promise<string> {
  const made = await addCommitment(context, { kind: 'task', title: text.slice(0, 200), dueDay, ownerId, origin: problemOrigin(problemId) })
  return made.id
}

/** Notes what became of an action; gives it back. */
export async function saveAction(context: Context, action: StoredAction): Promise<StoredAction> {
  if (!(await updateAction(context.db, action))) throw changedMeanwhile('this action')
  return action
}

/** Where a problem stands after something became of its actions. */
export async function afterActionsOf(context: Context, before: Problem): Promise<Problem> {
  const actions = await actionsOf(context.db, [before.id])
  const state = afterActions(before.state, actions)
  const cured = state === 'watched' || state === 'solved' ? curedOn(actions) : null
  if (state === before.state && cured === before.curedOn) return before
  const checks = cured === before.curedOn ? {} : { checkedDays: null, askedDays: null }
  return saved(context, before, { ...before, ...checks, state, curedOn: cured })
}
