import type { Context } from '#platform/context.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { processEndpoints } from '../api/processes.ts'
import { type Process, processProblems } from '../domain/process.ts'
import { besideKinds } from '../domain/shipped.ts'
import { processChanged } from '../facts.ts'
import {
  allProcesses,
  deleteDraft,
  holdProcesses,
  insertDraft,
  type StoredProcess,
  saveDraft,
  setProcessState,
} from '../store/processes.ts'

export const processActions: Actions<typeof processEndpoints> = {
  async processes({ db }) {
    const all = await allProcesses(db)
    const current = currentOf(all)
    return {
      processes: all.map(({ process, state, madeAt, madeBy, edit }) => ({
        ...processView(process),
        kind: process.kind,
        state,
        madeAt,
        madeBy,
        current: current.has(process),
        edit,
      })),
    }
  },

  async copyProcess(context, { key, version }) {
    await holdProcesses(context.db)
    const all = await allProcesses(context.db)
    const { process } = existing(all, key, version)
    const next = Math.max(...all.filter((one) => one.process.key === key).map((one) => one.process.version)) + 1
    await insertDraft(context.db, { ...process, version: next }, { by: context.actor.id, now: context.now })
    await announce(context, process, next, 'copied')
    return { key, version: next }
  },

  async saveProcess(context, { key, version, edit, names, steps }) {
    const found = existing(await allProcesses(context.db), key, version)
    mustBeDraft(found)
    // A draft may be unfinished; what is wrong with it is said when it is published.
    const process: Process = { ...found.process, names: named(names), steps: steps.map((step) => ({ ...step, names: named(step.names) })) }
    if (!(await saveDraft(context.db, process, edit, { by: context.actor.id, now: context.now })))
      throw changedMeanwhile('this process', 'edit')
    await announce(context, process, version, 'changed')
    return { edit: edit + 1 }
  },

  async publishProcess(context, { key, version, edit }) {
    await holdProcesses(context.db)
    const found = existing(await allProcesses(context.db), key, version)
    if (found.edit !== edit) throw changedMeanwhile('this process', 'edit')
    if (found.state !== 'draft' && found.state !== 'retired') throw refuse('conflict', 'published-already', 'It is published already')
    const [problem] = processProblems(found.process)
    if (problem)
      throw refuse('invalid', `process-${problem.reason}`, `The process cannot work: ${problem.step ?? ''} ${problem.reason}`, {
        fields: processProblems(found.process).map(({ step, reason }) => ({
          field: step ?? 'steps',
          reason: `process-${reason}`,
          detail: reason,
        })),
        values: { step: problem.step ?? '' },
      })
    if (!(await setProcessState(context.db, found.process, found.state, 'published', context.now)))
      throw changedMeanwhile('this process', 'edit')
    await announce(context, found.process, version, 'published')
    return {}
  },

  async retireProcess(context, { key, version, edit }) {
    await holdProcesses(context.db)
    const found = existing(await allProcesses(context.db), key, version)
    if (found.edit !== edit) throw changedMeanwhile('this process', 'edit')
    if (found.state !== 'published') throw refuse('conflict', 'not-published', 'It is not published')
    if (!(await setProcessState(context.db, found.process, 'published', 'retired', context.now)))
      throw changedMeanwhile('this process', 'edit')
    await announce(context, found.process, version, 'retired')
    return {}
  },

  async removeProcess(context, { key, version, edit }) {
    const found = existing(await allProcesses(context.db), key, version)
    mustBeDraft(found)
    if (!(await deleteDraft(context.db, found.process, edit))) throw changedMeanwhile('this process', 'edit')
    await announce(context, found.process, version, 'removed')
    return {}
  },
}

/** A process as it is shown. */
export const processView = ({ key, version, names, steps }: Process) => ({
  key,
  version,
  names: { ...names },
  steps: steps.map((step) => ({ ...step, names: { ...step.names }, needs: [...step.needs], ways: [...step.ways], back: [...step.back] })),
})

/** By which new cases of each kind run, and those that have a process beside their kind's: the newest published one, else the shipped one. */
function currentOf(all: readonly StoredProcess[]): ReadonlySet<Process> {
  const byUse = new Map<string, StoredProcess>()
  for (const one of all) {
    if (one.state !== 'shipped' && one.state !== 'published') continue
    const { key, kind } = one.process
    const use = besideKinds.includes(key) ? key : `of ${kind}`
    const before = byUse.get(use)
    if (!before || before.state === 'shipped' || (one.publishedAt ?? 0) >= (before.publishedAt ?? 0)) byUse.set(use, one)
  }
  return new Set([...byUse.values()].map(({ process }) => process))
}

function existing(all: readonly StoredProcess[], key: string, version: number): StoredProcess {
  const found = all.find(({ process }) => process.key === key && process.version === version)
  if (!found) throw refuse('missing', 'no-such-process', 'There is no such process')
  return found
}

function mustBeDraft({ state }: StoredProcess): void {
  if (state !== 'draft') throw refuse('conflict', 'no-draft', 'Only a draft can be changed; copy it first')
}

const named = (names: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(names).flatMap(([language, name]) => (name ? [[language, name]] : [])))

const announce = (
  context: Context,
  { key, kind }: Process,
  version: number,
  change: 'copied' | 'changed' | 'published' | 'retired' | 'removed',
) => context.publish(processChanged, { key, kind, version, change })
