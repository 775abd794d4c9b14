import { addCommitment, commitmentById } from '#modules/commitments/public.ts'
import { usersWith } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import { enabledAmong, namesOf } from '#platform/sign-in/users.ts'
import { ofAction } from '../domain/management-review.ts'
import type { ActionState } from '../domain/problem.ts'
import {
  holdProcessAction,
  insertProcessAction,
  openProcessActionsOf,
  type ProcessAction,
  processActionById,
  processActionOfCommitment,
  updateProcessAction,
} from '../store/process-actions.ts'
import { moveWork } from './moving.ts'
import { today } from './people.ts'

/** By what the commitments are known that reviews and audits ask for. */
export const processActionOrigin = (id: string) => ({ module: 'cases', id: `process-action:${id}` })

type Asked = Pick<ProcessAction, 'id' | 'text' | 'ownerId' | 'dueDay'>

const asked = async (context: Context, { id, text, ownerId, dueDay }: Asked): Promise<string> =>
  (await addCommitment(context, { kind: 'task', title: text.slice(0, 200), dueDay, ownerId, origin: processActionOrigin(id) })).id

/** What a review decided or an audit found stands in the backlog and in the day of whoever does it. */
export async function askOfProcess(context: Context, of: Asked & Pick<ProcessAction, 'reviewId' | 'auditId'>): Promise<void> {
  await insertProcessAction(context.db, {
    ...of,
    commitmentId: await asked(context, of),
    ...{ state: 'open', doneOn: null, droppedOn: null, madeAt: context.now, madeBy: context.actor.id, version: 1 },
  })
}

/** Whoever has gone since it was written down that they are to do something is replaced before it is given to them. */
export async function mustBeThere({ db }: Context, owed: readonly { readonly ownerId: string | null }[]): Promise<void> {
  const ids = [...new Set(owed.flatMap(({ ownerId }) => ownerId ?? []))]
  const there = await enabledAmong(db, ids)
  const gone = ids.find((id) => !there.includes(id))
  if (gone === undefined) return
  const name = (await namesOf(db, [gone])).get(gone) ?? gone
  throw refuse('conflict', 'owner-gone', 'Somebody who is to do something cannot sign in any more; name somebody else first', {
    values: { name },
  })
}

/** What somebody may do over everybody. */
export const over =
  ({ actor }: Pick<Context, 'actor'>) =>
  (permission: string): boolean =>
    actor.can(permission) && actor.reach(permission) === 'all'

/** What whoever asks may do about an action. */
export const mayOf = (context: Context, action: Parameters<typeof ofAction>[0]) => ofAction(action, context.actor.id, over(context))

export async function moveProcessAction(
  context: Context,
  { actionId, version, ...wanted }: { actionId: string; version: number; state: ActionState; doneOn?: string | undefined },
) {
  await holdProcessAction(context.db, actionId)
  const before = await processActionById(context.db, actionId)
  if (!before) throw refuse('missing', 'no-such-action', 'There is no such action')
  if (before.version !== version) throw changedMeanwhile('this action')
  const may = mayOf(context, before)
  if (!may.move) throw refuse('forbidden', 'not-theirs', 'Only who does it, and who looks after reviews and audits, says what became of it')
  if (wanted.state === 'dropped' && !may.drop)
    throw refuse('forbidden', 'not-to-drop', 'Only who looks after reviews and audits drops what they asked for')
  const now = await today(context)
  const moved = await moveWork(context, before, wanted, {
    ask: (action) => asked(context, action),
    save: (action, doneOn, droppedOn) => saved(context, { ...action, doneOn, droppedOn }, now),
  })
  return moved ?? actionView(before, now)
}

async function saved({ db }: Context, after: ProcessAction, now: string) {
  if (!(await updateProcessAction(db, after))) throw changedMeanwhile('this action')
  return actionView({ ...after, version: after.version + 1 }, now)
}

export const actionView = ({ id, text, ownerId, dueDay, state, doneOn, version }: ProcessAction, today: string) => ({
  ...{ id, text, ownerId, dueDay, state, doneOn, version },
  late: state === 'open' && dueDay < today,
})

/** What is done, dropped or taken up again in somebody's day, the backlog knows, too. Whoever may not drop it has taken it out of their day alone: it stays open, and the next review sees it. */
export async function followProcessAction(context: Context, commitmentId: string, state: 'open' | 'done' | 'cancelled'): Promise<void> {
  const found = await heldByCommitment(context, commitmentId)
  const after = state === 'cancelled' ? 'dropped' : state
  if (!found || found.state === after) return
  if (after === 'dropped' && !(await mayHaveDropped(context, found))) return
  const now = await today(context)
  await updateProcessAction(context.db, {
    ...found,
    state: after,
    doneOn: after === 'done' ? now : null,
    droppedOn: after === 'dropped' ? now : null,
  })
}

async function mayHaveDropped({ db }: Context, { commitmentId, ownerId, auditId }: ProcessAction): Promise<boolean> {
  const by = (commitmentId === null ? null : await commitmentById(db, commitmentId))?.closedBy ?? ownerId
  const held = new Map<string, boolean>()
  for (const permission of ['cases.review', 'cases.audit']) held.set(permission, (await usersWith(db, permission)).includes(by))
  return ofAction({ ownerId, auditId }, by, (permission) => held.get(permission) ?? false).drop
}

async function heldByCommitment({ db }: Context, commitmentId: string): Promise<ProcessAction | null> {
  const named = await processActionOfCommitment(db, commitmentId)
  if (!named) return null
  await holdProcessAction(db, named.id)
  return processActionOfCommitment(db, commitmentId)
}

/** Whoever it was handed over to does it from then on. */
export async function followWhoDoesIt(context: Context, commitmentId: string): Promise<void> {
  const found = await heldByCommitment(context, commitmentId)
  if (found) await givenOn(context, found)
}

/** The same, where everything of somebody went to others. */
export async function followTakenOver(context: Context, fromUserId: string): Promise<void> {
  for (const found of await openProcessActionsOf(context.db, fromUserId)) await givenOn(context, found)
}

async function givenOn({ db }: Context, action: ProcessAction): Promise<void> {
  const owed = action.commitmentId === null ? null : await commitmentById(db, action.commitmentId)
  if (action.state !== 'open' || owed?.state !== 'open' || owed.ownerId === action.ownerId) return
  await updateProcessAction(db, { ...action, ownerId: owed.ownerId })
}
