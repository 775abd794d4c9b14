import { addCommitment, commitmentsOfOrigin, settleCommitment } from '#modules/commitments/public.ts'
import type { Context } from '#platform/context.ts'
import type { Actions } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import type { taskEndpoints } from '../api/tasks.ts'
import { happened } from '../domain/event.ts'
import { assessSeverity } from '../domain/figures/severity.ts'
import { remediesOf } from '../domain/fold.ts'
import { actedOf } from './acted.ts'
import { plain } from './acts.ts'
import { mustWorkHere } from './named.ts'
import { heldCase, known, mustBeAllowed, perform } from './performing.ts'
import { tasksOrigin } from './task-origin.ts'

/** What is done for a case beside its steps: a first look, tasks with proof, the customer's answer, and what comes back of a loss. */
export const taskActions: Actions<typeof taskEndpoints> = {
  async assess(context, { caseId, version, note, ...answers }) {
    const { severity, immediate } = assessSeverity(answers)
    const found = await heldCase(context, caseId, version)
    await mustBeAllowed(context, found, 'assessed')
    return actedOf(await perform(context, found, happened('assessed', { ...answers, severity, immediate, note }), { unasked: true }))
  },

  async tasks(context, { caseId }) {
    const { row, state } = await known(context, caseId)
    const made = new Map((await commitmentsOfOrigin(context.db, row.customerId, tasksOrigin(caseId))).map((one) => [one.id, one]))
    return {
      tasks: state.tasks
        .flatMap(({ commitmentId }) => made.get(commitmentId) ?? [])
        .map(({ id, title, ownerId, dueDay, dueAt, state: now, outcome, closedAt, closedBy }) => ({
          commitmentId: id,
          title,
          ownerId,
          dueDay,
          late: now === 'open' && dueAt !== null && dueAt <= context.now,
          state: now,
          proof: outcome,
          closedAt,
          closedBy,
        })),
    }
  },

  async giveTask(context, { caseId, version, title, ownerId, dueDay }) {
    const found = await heldCase(context, caseId, version)
    await mustBeAllowed(context, found, 'task-given')
    await mustWorkHere(context, 'ownerId', ownerId)
    const { customerId } = found.row
    const { id } = await addCommitment(context, { kind: 'task', title, dueDay, ownerId, customerId, origin: tasksOrigin(caseId) })
    const given = happened('task-given', { commitmentId: id, title, ownerId, dueDay })
    return actedOf(await perform(context, found, given, { unasked: true }))
  },

  finishTask: async (context, { note, ...on }) => settle(context, on, 'done', note),
  dropTask: async (context, { note, ...on }) => settle(context, on, 'cancelled', note),

  answerRemedy: plain('remedy-answered', (_context, { state }) => {
    const decided = state.instructed !== null && state.instructed.decision !== 'rejected'
    if (!decided || remediesOf(state).length === 0) throw refuse('conflict', 'nothing-to-answer', 'No remedy has been decided on yet')
  }),
  recover: plain('recovery'),
}

interface OnTask {
  readonly caseId: string
  readonly version: number
  readonly commitmentId: string
}

async function settle(context: Context, { caseId, version, commitmentId }: OnTask, to: 'done' | 'cancelled', note: string) {
  const found = await heldCase(context, caseId, version)
  await mustBeAllowed(context, found, 'task-changed')
  const task = found.state.tasks.find((one) => one.commitmentId === commitmentId)
  if (!task) throw refuse('missing', 'no-such-task', 'The case has no such task')
  if (task.state !== 'open') throw refuse('conflict', 'task-closed', 'It is done or dropped already')
  const closed = await settleCommitment(context, commitmentId, to, note)
  // Somebody closed it otherwise a moment ago, in their day.
  if (closed && closed.state !== to) throw refuse('conflict', 'task-closed', 'It is done or dropped already')
  return actedOf(await perform(context, found, happened('task-changed', { commitmentId, state: to, note }), { unasked: true }))
}
