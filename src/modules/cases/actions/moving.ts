import { settleCommitment } from '#modules/commitments/public.ts'
import type { Context } from '#platform/context.ts'
import type { ActionState } from '../domain/problem.ts'
import { wrong } from './named.ts'
import { today } from './people.ts'

/** Something that is to be done and lies in somebody's day while it is open: what a lesson, a problem, a review or an audit asks for. */
interface Planned {
  readonly state: ActionState
  readonly commitmentId: string | null
}

interface Move {
  readonly state: ActionState
  /** A day that is not yet over; today where nothing is said. */
  readonly doneOn?: string | undefined
}

interface Keeping<W extends Planned, Saved> {
  /** Puts it into the day of whoever does it; null where nobody is named. */
  readonly ask: (work: W) => Promise<string | null>
  /** Keeps what became of it, and on which day it was done or dropped. */
  readonly save: (work: W, doneOn: string | null, droppedOn: string | null) => Promise<Saved>
}

/** Says what became of planned work, and gives back what `save` makes of it; null where it is so already. A day that has not yet come is refused. */
export async function moveWork<W extends Planned, Saved>(
  context: Context,
  before: W,
  { state, doneOn }: Move,
  { ask, save }: Keeping<W, Saved>,
): Promise<Saved | null> {
  const now = await today(context)
  if (doneOn !== undefined && doneOn > now) throw wrong('doneOn', 'not-yet-come', 'It cannot have been done later than today')
  if (before.state === state) return null
  // What its day had was closed; whoever does it is asked anew.
  if (state === 'open') return save({ ...before, state, commitmentId: await ask(before) }, null, null)
  // Saved first: whatever hears that the commitment is settled finds it so already.
  const done = state === 'done'
  const saved = await save({ ...before, state }, done ? (doneOn ?? now) : null, done ? null : now)
  if (before.commitmentId !== null) await settleCommitment(context, before.commitmentId, done ? 'done' : 'cancelled', null)
  return saved
}
