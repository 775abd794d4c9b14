import { readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { UndoJob, UndoOutcome } from '#platform/imports/importer.ts'
import { type ArchiveField, type ArchiveValues, completeness, type FieldValue, listFields } from '../domain/archive.ts'
import { changed, changesOf, type FieldChange, undoable } from '../domain/change.ts'
import { cellsOf, type OwnValue } from '../domain/own-fields.ts'
import { contactSetting, ownFieldSetting } from '../settings.ts'
import { isArchiveField } from '../store/archive-columns.ts'
import { knownCustomers, updateCustomers } from '../store/batches.ts'
import { type OwnWrite, readOwnValues, writeOwnValues } from '../store/own-values.ts'
import { changesOfRun, type RunChanges, removeCustomersMadeBy } from '../store/removal.ts'
import { settleRoles } from '../store/roles.ts'
import { searchWords, writeKeysOf } from '../store/search-keys.ts'
import { restoreSourceRecords } from '../store/source-records.ts'
import { worldNumber } from '../store/world-number.ts'
import { takeBackConsents } from './consents.ts'

interface Position {
  readonly phase: keyof typeof phases | 'done'
  readonly after: string | null
  readonly removed: number
  readonly restored: number
  readonly left: readonly { readonly id: string; readonly name: string }[]
  readonly leftCount: number
}
const customersPerStep = 500
const named = 100

/** In this order: whom the run made, what it changed, what it kept of what its source says, to what it says they consented. */
const phases = { remove: removeSome, restore: restoreSome, records: restoreRecords, consents: takeBack }

/** Deletes customers whom the import made and nobody touched since, restores what it changed where nobody set something else since, and names the rest. */
export async function undoCustomers(job: UndoJob): Promise<UndoOutcome> {
  let position = (job.position as Position | null) ?? { phase: 'remove', after: null, removed: 0, restored: 0, left: [], leftCount: 0 }
  while (position.phase !== 'done') {
    const saved: { -readonly [K in keyof Position]?: Position[K] } = {}
    const from = position
    position = await job.step(saved, async (context) => {
      const next = from.phase === 'done' ? from : await phases[from.phase](context, job, from)
      Object.assign(saved, next)
      return next
    })
    await job.progress({
      phase: position.phase === 'remove' ? 'remove' : 'restore',
      done: position.removed + position.restored,
      total: null,
    })
  }
  return { counts: { removed: position.removed, restored: position.restored }, left: position.left, leftCount: position.leftCount }
}

async function removeSome(context: Context, job: UndoJob, position: Position): Promise<Position> {
  const { removed, left, next } = await removeCustomersMadeBy(context, job.of.id, { after: position.after, limit: customersPerStep })
  return {
    ...withLeft(position, left),
    removed: position.removed + removed,
    after: next,
    phase: next === null ? 'restore' : 'remove',
  }
}

async function restoreSome(context: Context, job: UndoJob, position: Position): Promise<Position> {
  const { db, now, newId } = context
  const batch = await changesOfRun(db, job.of.id, position.after, customersPerStep)
  const known = await knownCustomers(
    db,
    batch.map(({ id }) => id),
  )
  const { country } = await readSetting(db, contactSetting)
  const left: { id: string; name: string }[] = []
  const updates = batch.flatMap(({ id, fields }) => {
    const person = known.get(id)
    if (!person) return []
    const changes = fields.filter(({ field }) => isArchiveField(field)) as unknown as readonly FieldChange[]
    const back = changes.filter((change) => undoable(change, person.values[change.field]))
    if (back.length < changes.length) left.push({ id, name: String(person.values.name) })
    const patch = Object.fromEntries(back.map(({ field, before }) => [field, before ?? emptyOf(field)])) as ArchiveValues
    const real = changesOf(person.values, patch)
    if (real.length === 0) return []
    const values = changed(person.values, real)
    const content = { values, keyPersons: person.keyPersons.length, usedCompetitors: person.usedCompetitors }
    return [
      {
        id,
        version: person.version,
        values,
        completeness: completeness(content).overall,
        changes: real.map((change) => ({ ...change, id: newId() })),
        words: searchWords(values, [...person.keys, ...person.keyPersons, ...person.contactWords, ...worldNumber(values, country)]),
      },
    ]
  })
  await restoreOwn(context, job, batch)
  const written = await updateCustomers(db, updates, { runId: job.runId, by: job.requestedBy, now, touches: true })
  // Who was changed in this very moment was changed since.
  for (const { id, values } of updates) if (!written.has(id)) left.push({ id, name: String(values.name) })
  await settleRoles(
    db,
    updates.flatMap(({ id, changes }) => (written.has(id) && changes.some(({ field }) => field === 'role') ? [id] : [])),
    now,
  )
  await writeKeysOf(
    db,
    updates.filter(({ id }) => written.has(id)),
  )
  return {
    ...withLeft(position, left),
    restored: position.restored + written.size,
    after: batch.length < customersPerStep ? null : batch.at(-1)!.id,
    phase: batch.length < customersPerStep ? 'records' : 'restore',
  }
}

/** Gives own fields back what they held before the run, where nobody set something else since. */
async function restoreOwn({ db, newId, now }: Context, job: UndoJob, batch: readonly RunChanges[]): Promise<void> {
  const { fields } = await readSetting(db, ownFieldSetting)
  const present = await readOwnValues(
    db,
    batch.map(({ id }) => id),
    fields,
  )
  const writes = batch.flatMap(({ id: customerId, fields: changes }) =>
    changes.flatMap(({ field: name, before, after }): OwnWrite[] => {
      const field = fields.find(({ id }) => `own:${id}` === name)
      const now = field && (present.get(customerId)?.[field.id] ?? null)
      const cells = field && cellsOf({ ...field, required: false }, before as OwnValue)
      if (!field || !cells || typeof cells === 'string' || JSON.stringify(now) !== JSON.stringify(after)) return []
      return [{ customerId, fieldId: field.id, cells, change: { id: newId(), field: name, before: after, after: before } }]
    }),
  )
  await writeOwnValues(db, writes, job.requestedBy, now, job.runId)
}

async function restoreRecords({ db }: Context, job: UndoJob, position: Position): Promise<Position> {
  const next = await restoreSourceRecords(db, job.of.id, position.after, customersPerStep)
  return { ...position, after: next, phase: next === null ? 'consents' : 'records' }
}

async function takeBack(context: Context, job: UndoJob, position: Position): Promise<Position> {
  const next = await takeBackConsents(context, job.of.id, job.requestedBy, position.after, customersPerStep)
  return { ...position, after: next, phase: next === null ? 'done' : 'consents' }
}

const emptyOf = (field: ArchiveField): FieldValue => (listFields.includes(field) ? [] : null)

const withLeft = (position: Position, left: readonly { readonly id: string; readonly name: string }[]): Position => ({
  ...position,
  left: [...position.left, ...left.map(({ id, name }) => ({ id, name }))].slice(0, named),
  leftCount: position.leftCount + left.length,
})
