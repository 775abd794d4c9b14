import { archiveSize } from '#modules/customers/public.ts'
import type { Context } from '#platform/context.ts'
import type { Actions } from '#platform/module.ts'
import type { RunView } from '#platform/runs/run-kind.ts'
import { listRuns, openRun, requestRun, runById } from '#platform/runs/store.ts'
import type { demoApi, demoSteps } from './api.ts'
import { type DemoRuns, demoCustomers, loadDemo, refuseFullBook } from './load.ts'

type State = Awaited<ReturnType<Actions<typeof demoApi>['state']>>

export const demoActions: Actions<typeof demoApi> = {
  state: ({ db }) => demoState(db),
  load: (context) => requestDemo(context),
}

/** Asks for the demo company; while that is under way already, the same run is named again. */
export async function requestDemo(context: Context, customers = demoCustomers): Promise<{ runId: string }> {
  const { db, now, actor } = context
  const open = await openRun(db, loadDemo.kind)
  if (open) return { runId: open.id }
  await refuseFullBook(db)
  const run = await requestRun(db, {
    id: context.newId(),
    kind: loadDemo.kind,
    group: loadDemo.group,
    input: { customers },
    requestedBy: actor.id,
    now,
  })
  return { runId: run.id }
}

/** How far the latest loading is, as its runs tell it. */
export async function demoState(db: Context['db']): Promise<State> {
  const empty = (await archiveSize(db, 'all')).customers === 0
  const [load] = await listRuns(db, [loadDemo.kind], 1)
  if (!load) return { state: 'none', possible: empty, steps: [] }
  const steps = [stepOf('prepare', load)]
  for (const { step, id } of (load.result as DemoRuns | null)?.runs ?? []) {
    const run = await runById(db, id)
    if (!run) continue
    const { valuation, cases } = (run.result ?? {}) as { valuation?: string; cases?: string }
    // Who asks for the valuation is done at once; what counts is the valuation itself, and what was asked for behind it.
    const valued = valuation === undefined ? undefined : await runById(db, valuation)
    steps.push(stepOf(step, valued ?? run))
    const told = cases === undefined ? undefined : await runById(db, cases)
    if (told) steps.push(stepOf('cases', told))
  }
  const state = steps.some(isOpen) ? 'loading' : steps.some(isBroken) ? 'failed' : 'loaded'
  // Everything was taken back, or nothing ever came: the way is free again.
  return { state: empty && state === 'loaded' ? 'none' : state, possible: empty && state !== 'loading', steps }
}

type Step = State['steps'][number]
const isOpen = ({ state }: Step) => state === 'waiting' || state === 'running'
const isBroken = ({ state }: Step) => state === 'failed' || state === 'cancelled'

const stepOf = (step: (typeof demoSteps)[number], run: RunView): Step => ({
  step,
  state: run.state,
  done: run.progress?.done ?? 0,
  total: run.progress?.total ?? null,
  problem: run.problem,
})
