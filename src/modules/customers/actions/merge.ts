import type { Context } from '#platform/context.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import { joinSubjects, type MergeContent, partSubjects } from '#platform/subject/merge.ts'
import { holdSubjects, renewSubjects, type SubjectTable, subjectTables } from '#platform/subject/subject.ts'
import type { mergeApi } from '../api/merge.ts'
import { type ArchiveField, type FieldValue, isKnown } from '../domain/archive.ts'
import { changed, type FieldChange } from '../domain/change.ts'
import { backFrom, mergeChanges, mergeQuestions } from '../domain/merge.ts'
import { customersMerged, mergeUndone } from '../facts.ts'
import { addAlias, removeAlias } from '../store/aliases.ts'
import { type Archive, updateArchive } from '../store/archive.ts'
import { openErasures } from '../store/erasures.ts'
import {
  closeMerge,
  decidePair,
  dropFirstKey,
  keepFirstKey,
  mergesInto,
  profilingChangedAfter,
  removeCustomerRow,
  restoreCustomerRow,
  rowText,
  saveMerge,
  writeProfilingAndHistory,
} from '../store/merges.ts'
import { noteRemoval } from '../store/removal.ts'
import { lockForRemoval } from '../store/removal-lock.ts'
import { archiveOf, completenessOf } from './archive.ts'
import { dropKeptAddresses, keepLostAddresses } from './merge-addresses.ts'
import { askedOwn, ownSettled, partOwn, settleOwn } from './merge-own.ts'
import { ownValueTable, refuseDuringImport, rowsOf, since } from './merge-since.ts'
import { hidesPersonal, isPersonal } from './personal.ts'

export const mergeActions: Actions<typeof mergeApi> = {
  async mergePreview(context, { id, otherId }) {
    const [survivor, other] = await twoArchives(context, id, otherId)
    const head = ({ id, values, version, createdAt }: Archive) => ({ id, name: String(values.name), version, createdAt })
    const asked = mergeQuestions(survivor.values, other.values).map((question) => question.field)
    const shown = (field: ArchiveField, value: FieldValue) => (isPersonal(field) && hidesPersonal(context) ? null : plain(value))
    return {
      survivor: head(survivor),
      other: head(other),
      questions: mergeQuestions(survivor.values, other.values).map((question) => ({
        ...question,
        survivor: shown(question.field, question.survivor),
        other: shown(question.field, question.other),
        choices: [...question.choices],
      })),
      own: await askedOwn(context, id, otherId),
      filled: mergeChanges(survivor.values, other.values, {})
        .filter(({ field, before }) => !isKnown(before) && !asked.includes(field))
        .map(({ field, after }) => ({ field, value: shown(field, after) })),
      moving: await rowsOf(context.db, movingTables(context), otherId),
    }
  },

  async merge(context, { id, version, otherId, otherVersion, choices = {}, ownChoices = {} }) {
    const { db, now, actor, newId, publish } = context
    await lockForRemoval(db)
    await refuseDuringImport(db)
    await holdSubjects(context, [id, otherId])
    const [survivor, other] = await twoArchives(context, id, otherId, { lock: true })
    if (survivor.version !== version || other.version !== otherVersion) throw changedMeanwhile('one of the two')
    if ((await openErasures(db, [id, otherId])).length > 0)
      throw refuse('conflict', 'erasure-open', 'One of the two is to be erased; that has to be settled first')
    const mergeId = newId()
    const fields = mergeChanges(survivor.values, other.values, choices)
    const chosen = mergeQuestions(survivor.values, other.values).map(({ field }) => field)
    const handFields = [
      ...new Set([...chosen, ...fields.map(({ field }) => field).filter((field) => other.handFields.includes(field))]),
    ].filter((field) => !survivor.handFields.includes(field))
    const profilingEnded = survivor.profiling && !other.profiling
    await keepFirstKey(db, otherId)
    const { own, history } = await settleOwn(context, id, otherId, ownChoices)
    const addresses = await keepLostAddresses(context, survivor, other, choices)
    const content = await joinSubjects(db, subjectTables(context.house), otherId, id)
    const changes = { fields, handFields, profilingEnded, own, addresses, other: await rowText(db, otherId) }
    await removeCustomerRow(db, otherId)
    await noteRemoval(db, now)
    await writeArchive(context, survivor, fields, [...survivor.handFields, ...handFields])
    await writeProfilingAndHistory(
      db,
      id,
      profilingEnded ? false : null,
      [
        { id: newId(), field: 'merge', before: null, after: { name: other.values.name } },
        ...history,
        ...(profilingEnded ? [{ id: newId(), field: 'profiling', before: true, after: false }] : []),
      ],
      actor.id,
      now,
    )
    await addAlias(db, { from: otherId, into: id, mergeId, now })
    await saveMerge(db, {
      id: mergeId,
      customerId: id,
      mergedId: otherId,
      mergedName: String(other.values.name),
      choices,
      changes,
      content,
      madeAt: now,
      madeBy: actor.id,
    })
    await decidePair(db, [id, otherId], 'same', actor.id, now)
    await renewSubjects(context, [id])
    await publish(customersMerged, { customerId: id, mergedId: otherId, mergeId, fields: fields.map(({ field }) => field) })
    return { mergeId, customerId: id, moved: movedRows(content) }
  },

  async merges(context, { id }) {
    const archive = await archiveOf(context, id)
    const tables = subjectTables(context.house)
    const found: Awaited<ReturnType<(typeof mergeActions)['merges']>>['items'][number][] = []
    for (const merge of await mergesInto(context.db, id))
      found.push({
        id: merge.id,
        mergedId: merge.mergedId,
        mergedName: merge.mergedName,
        madeAt: merge.madeAt,
        madeBy: merge.madeBy,
        moved: movedRows(merge.content),
        since: await since(context.db, tables, archive, merge),
        newest: found.length === 0,
      })
    return { items: found }
  },

  async unmerge(context, { id, mergeId, keepNewer = false, give = [] }) {
    const { db, now, actor, newId, publish } = context
    await lockForRemoval(db)
    await refuseDuringImport(db)
    await holdSubjects(context, [id])
    const survivor = await archiveOf(context, id, { lock: true })
    const merges = await mergesInto(db, id)
    const merge = merges.find((one) => one.id === mergeId)
    if (!merge) throw refuse('missing', 'no-such-merge', 'There is no such merge, or it was undone already')
    if (merge !== merges[0])
      throw refuse('conflict', 'later-merge', `${merges[0]!.mergedName} was merged into this customer later; that has to be undone first`, {
        values: { name: merges[0]!.mergedName },
      })
    const tables = subjectTables(context.house)
    await holdSubjects(context, [merge.mergedId])
    const changedSince = await since(db, tables, survivor, merge)
    const asked = { ...changedSince, rows: changedSince.rows.filter(({ free, gone }) => free + gone > 0) }
    if (!keepNewer && (asked.fields.length > 0 || asked.rows.length > 0)) throw refusedSince(asked)
    const profilingChanged = await profilingChangedAfter(db, id, merge.madeAt)
    const brought = merge.content.tables.find(({ table }) => table === 'customers.merge')?.moved.map(({ id }) => String(id)) ?? []
    // Before any row goes: what stands there by now says what was set since.
    const settled = await ownSettled(db, id, merge.changes.own ?? [])
    await restoreCustomerRow(db, merge.changes.other)
    await partSubjects(db, tables, merge.content, { from: merge.mergedId, into: id, give: give.filter((table) => table !== ownValueTable) })
    await partOwn(db, id, merge.mergedId, settled)
    await dropKeptAddresses(context, id, merge.changes.addresses ?? [])
    await dropFirstKey(db, merge.mergedId)
    await removeAlias(db, merge.mergedId, brought)
    const { back } = backFrom(merge.changes.fields, survivor.values)
    await writeArchive(
      context,
      survivor,
      back,
      survivor.handFields.filter((field) => !merge.changes.handFields.includes(field)),
    )
    const history = { field: 'merge', before: { name: merge.mergedName }, after: null }
    // What somebody said about profiling since is theirs to say, not the merge's to take back.
    const profiling = merge.changes.profilingEnded && !profilingChanged ? true : null
    await writeProfilingAndHistory(db, id, profiling, [{ ...history, id: newId() }], actor.id, now)
    await closeMerge(db, merge, actor.id, now)
    await decidePair(db, [id, merge.mergedId], 'different', actor.id, now)
    await renewSubjects(context, [id, merge.mergedId].sort())
    await publish(mergeUndone, { customerId: id, mergedId: merge.mergedId, mergeId })
    return { customerId: id, otherId: merge.mergedId }
  },
}

const movingTables = ({ house }: Context): readonly SubjectTable[] => subjectTables(house).filter(({ merge }) => merge === 'move')

const movedRows = ({ tables }: MergeContent): Record<string, number> =>
  Object.fromEntries(tables.filter(({ moved }) => moved.length > 0).map(({ table, moved }) => [table, moved.length]))

async function twoArchives(context: Context, id: string, otherId: string, options: { lock?: boolean } = {}): Promise<[Archive, Archive]> {
  if (id === otherId) throw refuse('invalid', 'same-customer', 'These are one and the same already')
  // Locked in the order of the ids, whoever survives.
  const archives = new Map<string, Archive>()
  for (const one of [id, otherId].sort()) archives.set(one, await archiveOf(context, one, options))
  const found: [Archive, Archive] = [archives.get(id)!, archives.get(otherId)!]
  if (found.some(({ erasedAt }) => erasedAt !== null)) throw refuse('conflict', 'customer-erased', 'Who was erased cannot be merged')
  return found
}

/** Writes fields of the survivor with their history; `version` moves on in any case. */
async function writeArchive(
  { db, now, actor, newId }: Context,
  archive: Archive,
  fields: readonly FieldChange[],
  handFields: readonly string[],
) {
  const values = changed(archive.values, fields) as Archive['values']
  await updateArchive(
    db,
    {
      id: archive.id,
      version: archive.version,
      values,
      handFields,
      completeness: completenessOf({ ...archive, values }),
      by: actor.id,
      now,
    },
    fields.map((change) => ({ ...change, id: newId() })),
  )
}

const plain = (value: string | readonly string[] | null) => (typeof value === 'string' || value === null ? value : [...value])

function refusedSince({ fields, rows }: Awaited<ReturnType<typeof since>>) {
  return refuse(
    'conflict',
    'changed-since-merge',
    'Something has changed since the merge that cannot be told apart; it would stay with this customer',
    {
      fields: [
        ...fields.map((field) => ({ field, reason: 'changed-since-merge', detail: `${field} was changed after the merge` })),
        ...rows.map(({ table, free, gone }) => ({
          field: table,
          reason: 'changed-since-merge',
          detail: `${free} came and ${gone} went after the merge`,
        })),
      ],
    },
  )
}
