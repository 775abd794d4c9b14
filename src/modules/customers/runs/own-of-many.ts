import { readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { cellsOf, type OwnValue } from '../domain/own-fields.ts'
import { ownFieldSetting } from '../settings.ts'
import { lockCustomers } from '../store/bulk.ts'
import { type OwnWrite, readOwnValues, writeOwnValues } from '../store/own-values.ts'
import type { RunChanges } from '../store/removal.ts'

interface Run {
  readonly runId: string
  readonly by: string
}

/**
 * Sets one own field of some customers, each to its value, with their history; answers whose it changed. Nothing is written of those for whom the field may not hold the value by now, nor of those
 * whose field holds something else than `only` expects. `mayBeEmpty`: also nothing, where the field has to be filled in.
 */
export async function setOwnOfMany(
  context: Context,
  fieldId: string,
  values: ReadonlyMap<string, OwnValue>,
  { runId, by }: Run,
  only: (customerId: string, present: OwnValue) => boolean = () => true,
  mayBeEmpty = false,
): Promise<readonly string[]> {
  const { db, now, newId } = context
  const found = (await readSetting(db, ownFieldSetting)).fields.find(({ id, removed }) => id === fieldId && !removed)
  if (!found) return []
  const field = mayBeEmpty ? { ...found, required: false } : found
  const ids = await lockCustomers(db, [...values.keys()])
  const present = await readOwnValues(db, ids, [field])
  const writes = ids.flatMap((customerId): OwnWrite[] => {
    const was = present.get(customerId)?.[fieldId] ?? null
    const value = values.get(customerId) ?? null
    const cells = cellsOf(field, value)
    if (typeof cells === 'string' || same(was, value) || !only(customerId, was)) return []
    return [{ customerId, fieldId, cells, change: { id: newId(), field: `own:${fieldId}`, before: was, after: value } }]
  })
  await writeOwnValues(db, writes, by, now, runId)
  return writes.map(({ customerId }) => customerId)
}

/** Gives some customers back what a run did to their own fields; what somebody has set since stays. Answers how many got something back. */
export async function giveOwnBack(context: Context, batch: readonly RunChanges[], run: Run): Promise<number> {
  const changes = batch.flatMap(({ id, fields }) => fields.map((one) => ({ id, ...one }))).filter(({ field }) => field.startsWith('own:'))
  let given = 0
  for (const [field, some] of Map.groupBy(changes, (one) => one.field)) {
    const set = new Map(some.map(({ id, after }) => [id, after as OwnValue]))
    const before = new Map(some.map(({ id, before }) => [id, before as OwnValue]))
    const unchanged = (id: string, now: OwnValue) => same(now, set.get(id) ?? null)
    // Who held nothing before holds nothing again, though nobody could enter that.
    given += (await setOwnOfMany(context, field.slice('own:'.length), before, run, unchanged, true)).length
  }
  return given
}

const same = (a: OwnValue, b: OwnValue) => JSON.stringify(a) === JSON.stringify(b)
