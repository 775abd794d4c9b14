import type { Context } from '#platform/context.ts'
import type { RunHandle, RunView } from '#platform/runs/run-kind.ts'
import { type ArchiveField, completeness, type FieldValue } from '../domain/archive.ts'
import { changed, changesOf, type FieldChange, undoable } from '../domain/change.ts'
import { profilingChanged } from '../facts.ts'
import { type KnownCustomer, knownCustomers, updateCustomers } from '../store/batches.ts'
import { switchProfiling, unmarkByHand } from '../store/bulk.ts'
import { changesOfRun, type RunChanges } from '../store/removal.ts'
import { giveOwnBack } from './own-of-many.ts'

interface Position {
  readonly after: string | null
  readonly restored: number
  readonly left: number
  readonly ended: boolean
}

const perStep = 500

/** Gives customers back what a run over many of them changed; where somebody has set something else since, that stays and is counted. */
export async function undoMany(run: RunHandle<unknown, unknown>, of: RunView): Promise<{ restored: number; left: number }> {
  let position = (run.position as Position | null) ?? { after: null, restored: 0, left: 0, ended: false }
  while (!position.ended) {
    const from = position
    const next: Partial<Position> = {}
    position = await run.step(next, async (context) => Object.assign(next, await step(context, run, of, from)) as Position)
    await run.progress({ phase: 'restore', done: position.restored, total: null })
  }
  return { restored: position.restored, left: position.left }
}

async function step(context: Context, run: RunHandle<unknown, unknown>, of: RunView, from: Position): Promise<Position> {
  const { db, now, newId } = context
  const batch = await changesOfRun(db, of.id, from.after, perStep)
  const known = await knownCustomers(
    db,
    batch.map(({ id }) => id),
  )
  const updates = batch.flatMap((one) => restoring(one, known.get(one.id), newId))
  const written = await updateCustomers(db, updates, { runId: run.id, by: run.requestedBy, now, touches: false })
  for (const field of ['ownerId', 'tags', 'phase'])
    await unmarkByHand(
      db,
      updates.filter(({ id, changes }) => written.has(id) && changes.some((change) => change.field === field)).map(({ id }) => id),
      field,
      [of.id, run.id],
    )
  const switched = await profilingBack(context, run, batch)
  const restored = written.size + switched + (await giveOwnBack(context, batch, { runId: run.id, by: run.requestedBy }))
  return {
    after: batch.at(-1)?.id ?? from.after,
    restored: from.restored + restored,
    left: from.left + batch.length - restored,
    ended: batch.length < perStep,
  }
}

function restoring({ id, fields }: RunChanges, customer: KnownCustomer | undefined, newId: () => string) {
  const archive = fields.filter(({ field }) => field !== 'profiling' && !field.startsWith('own:')) as unknown as readonly FieldChange[]
  if (!customer || archive.length === 0) return []
  const back = archive.filter((change) => undoable(change, customer.values[change.field]))
  const patch = Object.fromEntries(back.map(({ field, before }) => [field, before ?? (field === 'tags' ? [] : null)])) as Partial<
    Record<ArchiveField, FieldValue>
  >
  const changes = changesOf(customer.values, patch)
  if (changes.length === 0) return []
  const values = changed(customer.values, changes)
  const content = { values, keyPersons: customer.keyPersons.length, usedCompetitors: customer.usedCompetitors }
  return [
    {
      id,
      version: customer.version,
      values,
      completeness: completeness(content).overall,
      changes: changes.map((change) => ({ ...change, id: newId() })),
    },
  ]
}

async function profilingBack(context: Context, run: RunHandle<unknown, unknown>, batch: readonly RunChanges[]): Promise<number> {
  const { db, now, newId } = context
  let switched = 0
  for (const before of [true, false]) {
    const ids = batch.filter(({ fields }) => fields.some((one) => one.field === 'profiling' && one.before === before)).map(({ id }) => id)
    if (ids.length === 0) continue
    const back = await switchProfiling(db, ids, before, { runId: run.id, by: run.requestedBy, now, newId })
    if (back.length > 0) await context.publish(profilingChanged, { customerIds: [...back], profiling: before })
    switched += back.length
  }
  return switched
}
