import { readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import type { MergeChoice } from '../domain/merge.ts'
import { type OwnMerge, ownKept, ownMerges, ownQuestions, ownSince, sameCells, valueOfCells } from '../domain/merge-own.ts'
import { ownFieldSetting } from '../settings.ts'
import type { RecordedChange } from '../store/changes.ts'
import { putOwnCells, readOwnCells, takeOwnCells } from '../store/own-cells.ts'
import { ownFieldsInUse } from './own-in-use.ts'

/** Own fields of which both know something different: those in use that may be seen, with what they say. */
export async function askedOwn(context: Context, survivorId: string, otherId: string) {
  const fields = await ownFieldsInUse(context)
  const cells = await readOwnCells(context.db, [survivorId, otherId])
  return ownQuestions(fields, cells.get(survivorId) ?? {}, cells.get(otherId) ?? {}).map(({ fieldId, survivor, other, choices, usual }) => {
    const field = fields.find(({ id }) => id === fieldId)!
    return {
      fieldId,
      survivor: mutable(valueOfCells(field, survivor)),
      other: mutable(valueOfCells(field, other)),
      choices: [...choices],
      usual,
    }
  })
}

/**
 * Settles own fields before everything of the other comes over, so that no two values mix: what was chosen stands with the survivor, and nothing with the other. Fields that were removed, and those
 * that whoever merges may not see, are no question to them, but settled as well, as if nobody had chosen. What both had of each field that the other knows is answered, for the way back, with what the
 * history says of what was chosen.
 */
export async function settleOwn(
  context: Context,
  survivorId: string,
  otherId: string,
  choices: Readonly<Record<string, MergeChoice>>,
): Promise<{ readonly own: readonly OwnMerge[]; readonly history: readonly RecordedChange[] }> {
  const { db, newId } = context
  const fields = await ownFields(db)
  const asked = await ownFieldsInUse(context)
  const chosen = Object.fromEntries(Object.entries(choices).filter(([fieldId]) => asked.some(({ id }) => id === fieldId)))
  const cells = await readOwnCells(db, [survivorId, otherId])
  const [mine, theirs] = [cells.get(survivorId) ?? {}, cells.get(otherId) ?? {}]
  const questions = ownQuestions(fields, mine, theirs)
  const settled = ownMerges(questions, chosen)
  const own = [...settled, ...ownKept(questions, mine, theirs)]
  const ids = own.map(({ fieldId }) => fieldId)
  for (const customerId of [survivorId, otherId]) await takeOwnCells(db, customerId, ids)
  await putOwnCells(db, survivorId, Object.fromEntries(own.map(({ fieldId, written }) => [fieldId, written])))
  const history = settled
    .filter(({ survivor, written }) => !sameCells(survivor, written))
    .map(({ fieldId, survivor, written }) => {
      const field = fields.find(({ id }) => id === fieldId)!
      return { id: newId(), field: `own:${fieldId}`, before: valueOfCells(field, survivor), after: valueOfCells(field, written) }
    })
  return { own, history }
}

/** What a merge had settled of own fields, but for what was deleted with a removed field since, and those that somebody has set to something else since. */
export async function ownSettled(db: Db, customerId: string, merged: readonly OwnMerge[]) {
  if (merged.length === 0) return { own: [], newer: [] }
  const now = (await readOwnCells(db, [customerId])).get(customerId) ?? {}
  const inUse = new Set((await ownFields(db)).filter(({ removed }) => !removed).map(({ id }) => id))
  const own = merged.filter(({ fieldId }) => inUse.has(fieldId) || (now[fieldId] ?? []).length > 0)
  return { own, newer: ownSince(own, now) }
}

/** Gives both back what their own fields held; what somebody has set since stays with the survivor. */
export async function partOwn(
  db: Db,
  survivorId: string,
  otherId: string,
  { own, newer }: Awaited<ReturnType<typeof ownSettled>>,
): Promise<void> {
  const back = own.filter(({ fieldId }) => !newer.includes(fieldId))
  const ids = (some: readonly OwnMerge[]) => some.map(({ fieldId }) => fieldId)
  const held = (some: readonly OwnMerge[], whose: 'survivor' | 'other') => Object.fromEntries(some.map((one) => [one.fieldId, one[whose]]))
  await takeOwnCells(db, survivorId, ids(back))
  await putOwnCells(db, survivorId, held(back, 'survivor'))
  await takeOwnCells(db, otherId, ids(own))
  await putOwnCells(db, otherId, held(own, 'other'))
}

const ownFields = async (db: Db) => (await readSetting(db, ownFieldSetting)).fields

type Mutable = string | number | boolean | string[] | null
const mutable = (value: ReturnType<typeof valueOfCells>): Mutable => (typeof value === 'object' && value !== null ? [...value] : value)
