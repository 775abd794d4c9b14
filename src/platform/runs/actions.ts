import type { Context } from '../context.ts'
import type { Actions } from '../module.ts'
import { refuse } from '../refusal.ts'
import type { Run, runsApi } from './api.ts'
import { runEnded } from './facts.ts'
import type { RunKind, RunView } from './run-kind.ts'
import { listRuns, openUndo, requestCancel, requestRun, runById, runForDecision } from './store.ts'

export const runsActions: Actions<typeof runsApi> = {
  async list(context, { kind, limit }) {
    const kinds = kindsOf(context).map((k) => k.kind)
    const runs = await listRuns(context.db, kind ? kinds.filter((k) => k === kind) : kinds, limit ?? 50)
    return runs.map((run) => shown(context, run))
  },

  one: async (context, { id }) => shown(context, await existing(context, id)),

  async cancel(context, { id }) {
    const run = await existing(context, id)
    permit(context, run)
    if (run.state !== 'waiting' && run.state !== 'running') throw refuse('conflict', 'run-ended', 'This run has ended already')
    await requestCancel(context.db, id, context.now)
    const left = await existing(context, id)
    // One that nobody worked on yet ends here; the others end with who works on them.
    if (left.state === 'cancelled') await context.publish(runEnded, { runId: id, kind: left.kind, state: 'cancelled', undoOf: left.undoOf })
    return shown(context, left)
  },

  async undo(context, { id }) {
    const run = await existing(context, id, runForDecision)
    const kind = permit(context, run)
    if (!kind.undo || run.undoOf || kind.undoable?.(run) === false)
      throw refuse('conflict', 'not-undoable', 'This kind of run cannot be undone')
    if (run.state === 'undone') throw refuse('conflict', 'undone-already', 'This run was undone already')
    if (!ended(run)) throw refuse('conflict', 'run-open', 'The run has not ended; cancel it first')
    if (await openUndo(context.db, id)) throw refuse('conflict', 'undo-open', 'This run is being undone')
    const undoing = {
      id: context.newId(),
      kind: run.kind,
      group: kind.group,
      input: run.input,
      requestedBy: context.actor.id,
      now: context.now,
      undoOf: id,
    }
    const requested = await requestRun(context.db, undoing)
    return shown(context, requested)
  },
}

const kindsOf = (context: Context): readonly RunKind[] => context.house.modules.flatMap((m) => m.runs ?? [])
const ended = (run: RunView) => run.state === 'done' || run.state === 'failed' || run.state === 'cancelled'

async function existing(context: Context, id: string, read = runById): Promise<RunView> {
  const run = await read(context.db, id)
  if (!run) throw refuse('missing', 'no-such-run', 'There is no such run')
  return run
}

/** Whether somebody has to do with a run: who asked for it, and whoever may ask for its like and sees all customers, since it may be about any of them. */
const concerns = ({ actor }: Context, run: RunView, kind: RunKind): boolean =>
  actor.can(kind.permission) && (run.requestedBy === actor.id || actor.reach(kind.permission) === 'all')

/** Whoever asked for a run may stop it and take it back; for those of others it needs a permission. */
export const decides = ({ actor }: Pick<Context, 'actor'>, { requestedBy }: Pick<RunView, 'requestedBy'>): boolean =>
  requestedBy === actor.id || actor.can('runs.write')

/** The kind of a run that the actor may change; a run of a kind that this version no longer has can only be looked at. */
function permit(context: Context, run: RunView): RunKind {
  const kind = kindsOf(context).find((k) => k.kind === run.kind)
  if (!kind) throw refuse('conflict', 'unknown-run', 'This version does not know this kind of run')
  if (!context.actor.can(kind.permission))
    throw refuse('forbidden', 'permission-missing', `This needs the permission ${kind.permission}`, {
      values: { permission: kind.permission },
    })
  if (!concerns(context, run, kind)) throw refuse('forbidden', 'reach-too-short', 'This may be about all customers, and you see only some')
  if (!decides(context, run))
    throw refuse('forbidden', 'permission-missing', 'Somebody else asked for this; that needs the permission runs.write', {
      values: { permission: 'runs.write' },
    })
  return kind
}

function shown(context: Context, run: RunView): Run {
  const kind = kindsOf(context).find((k) => k.kind === run.kind)
  const concerned = kind !== undefined && concerns(context, run, kind)
  const may = concerned && decides(context, run)
  return {
    ...run,
    // Everybody may see that work goes on; what went in and came out, such as cells of rejected rows, only those whose work it is.
    ...(concerned && kind.mayRead?.(run, context) !== false ? {} : { input: null, result: null, problem: null }),
    mayCancel: may && (run.state === 'waiting' || run.state === 'running'),
    mayUndo: may && kind.undo !== undefined && kind.undoable?.(run) !== false && run.undoOf === null && ended(run),
  }
}
