import { z } from 'zod'
import type { Context } from '#platform/context.ts'
import { type RunHandle, runKind } from '#platform/runs/run-kind.ts'
import { completeness, type FieldValue, relationPhases } from '../domain/archive.ts'
import { changed, changesOf } from '../domain/change.ts'
import type { CustomerFilter } from '../domain/customer-list.ts'
import { manyChanged, profilingChanged } from '../facts.ts'
import { type KnownCustomer, knownCustomers, updateCustomers } from '../store/batches.ts'
import { markByHand, switchProfiling } from '../store/bulk.ts'
import { listCustomers } from '../store/list.ts'
import { setOwnOfMany } from './own-of-many.ts'
import { undoMany } from './undo-many.ts'

const ownValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()])

/** What many customers are given at once. */
export const manyChange = z.discriminatedUnion('what', [
  z.object({ what: z.literal('owner'), ownerId: z.string().max(60).nullable() }),
  z.object({ what: z.literal('add-tag'), tag: z.string().trim().min(1).max(60) }),
  z.object({ what: z.literal('remove-tag'), tag: z.string().trim().min(1).max(60) }),
  z.object({ what: z.literal('profiling'), profiling: z.boolean() }),
  z.object({ what: z.literal('phase'), phase: z.enum(relationPhases).nullable() }),
  z.object({ what: z.literal('own'), fieldId: z.uuid(), value: ownValue }),
])
export type ManyChange = z.output<typeof manyChange>

const input = z.object({
  change: manyChange,
  /** Chosen one by one, or everybody whom a filter of the list leaves. */
  ids: z.array(z.uuid()).max(5000).optional(),
  filter: z.record(z.string(), z.unknown()).optional(),
})

interface Position {
  readonly done: number
  readonly changed: number
  /** Behind whom to go on, in the order in which customers came to be: no change of this kind moves anybody there. */
  readonly after: readonly (string | number | null)[] | null
  readonly ended: boolean
}
type Handle = RunHandle<z.output<typeof input>, Position>

export const changeManyKind = 'customers.change-many'
const perStep = 500

/** Gives many customers an owner, a tag or takes one, some hundred per transaction. It can be undone: exactly what it changed, unless somebody has changed it since. */
export const changeMany = runKind<typeof input, Position>({
  kind: changeManyKind,
  permission: 'customers.write',
  input,
  group: changeManyKind,
  async work(run) {
    let position: Position = run.position ?? { done: 0, changed: 0, after: null, ended: false }
    while (!position.ended) {
      const from = position
      const next: Partial<Position> = {}
      position = await run.step(next as Position, async (context) => Object.assign(next, await step(context, run, from)) as Position)
      await run.progress({ phase: 'change', done: position.done, total: run.input.ids?.length ?? null })
    }
    return { customers: position.done, changed: position.changed }
  },
  undo: (run, of) => undoMany(run, of),
})

async function step(context: Context, run: Handle, from: Position): Promise<Position> {
  const { ids, after, ended } = await nextOf(context, run, from)
  const changedIds = await change(context, run, ids)
  return { done: from.done + ids.length, changed: from.changed + changedIds, after, ended }
}

async function nextOf({ db }: Context, { input }: Handle, from: Position) {
  if (input.ids) {
    const ids = input.ids.toSorted().slice(from.done, from.done + perStep)
    return { ids, after: null, ended: from.done + ids.length >= input.ids.length }
  }
  const filter = (input.filter ?? {}) as CustomerFilter
  const { items, places } = await listCustomers(db, { filter, sort: 'created', direction: 'ascending', after: from.after, limit: perStep })
  return { ids: items.map(({ id }) => id), after: places.at(-1) ?? from.after, ended: items.length < perStep }
}

async function change(context: Context, { input, id: runId, requestedBy: by }: Handle, ids: readonly string[]): Promise<number> {
  const { db, now, newId } = context
  if (input.change.what === 'profiling') {
    const { profiling } = input.change
    const switched = await switchProfiling(db, ids, profiling, { runId, by, now, newId })
    if (switched.length > 0) await context.publish(profilingChanged, { customerIds: [...switched], profiling })
    return switched.length
  }
  if (input.change.what === 'own') {
    const { fieldId, value } = input.change
    const set = await setOwnOfMany(context, fieldId, new Map(ids.map((id) => [id, value])), { runId, by })
    if (set.length > 0) await context.publish(manyChanged, { runId, field: `own:${fieldId}`, customers: set.length })
    return set.length
  }
  const { field, valueFor } = wanted(input.change)
  const written = await setField(context, ids, field, valueFor, { runId, by })
  if (written.length > 0) await context.publish(manyChanged, { runId, field, customers: written.length })
  return written.length
}

/** Sets one field of some customers, with their history; answers whose it changed. Who is changed by somebody in the same moment stays as that person left them. */
export async function setField(
  { db, now, newId }: Context,
  ids: readonly string[],
  field: 'ownerId' | 'tags' | 'phase',
  valueFor: (customer: KnownCustomer) => FieldValue,
  { runId, by }: { runId: string; by: string },
): Promise<readonly string[]> {
  const known = await knownCustomers(db, ids)
  const updates = [...known.values()].flatMap((customer) => {
    const changes = customer.erased ? [] : changesOf(customer.values, { [field]: valueFor(customer) })
    if (changes.length === 0) return []
    const values = changed(customer.values, changes)
    const content = { values, keyPersons: customer.keyPersons.length, usedCompetitors: customer.usedCompetitors }
    const { overall } = completeness(content)
    return [
      {
        id: customer.id,
        version: customer.version,
        values,
        completeness: overall,
        changes: changes.map((one) => ({ ...one, id: newId() })),
      },
    ]
  })
  // Whoever gives many a tag or an owner has looked at nobody's archive.
  const written = [...(await updateCustomers(db, updates, { runId, by, now, touches: false }))].sort()
  await markByHand(db, written, field)
  return written
}

function wanted(change: Exclude<ManyChange, { what: 'profiling' | 'own' }>): {
  field: 'ownerId' | 'tags' | 'phase'
  valueFor: (customer: KnownCustomer) => FieldValue
} {
  const tagsOf = ({ values }: KnownCustomer) => (values.tags ?? []) as readonly string[]
  switch (change.what) {
    case 'owner':
      return { field: 'ownerId', valueFor: () => change.ownerId }
    case 'phase':
      return { field: 'phase', valueFor: () => change.phase }
    case 'add-tag':
      return { field: 'tags', valueFor: (customer) => [...new Set([...tagsOf(customer), change.tag])].slice(0, 50) }
    case 'remove-tag':
      return { field: 'tags', valueFor: (customer) => tagsOf(customer).filter((tag) => tag !== change.tag) }
  }
}
