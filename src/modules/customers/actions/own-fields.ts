import { readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, type FieldProblem, refuse } from '#platform/refusal.ts'
import type { ownFieldEndpoints } from '../api/own-fields.ts'
import { cellsOf, type OwnValue, ownColumn } from '../domain/own-fields.ts'
import { customerChanged } from '../facts.ts'
import { ownFieldSetting } from '../settings.ts'
import { touchArchives } from '../store/lookups.ts'
import { type OwnValues, type OwnWrite, purgeOwnValues, readOwnValues, writeOwnValues } from '../store/own-values.ts'
import { archiveOf } from './archive.ts'
import { ownFieldsInUse, ownFieldsSeen, problemOf, refuseWrong } from './own-in-use.ts'

export const ownFieldActions: Actions<typeof ownFieldEndpoints> = {
  ownFields: async (context) => ({ fields: await ownFieldsSeen(context) }),

  async ownValues(context, { id }) {
    await archiveOf(context, id)
    return { values: await valuesOf(context, id) }
  },

  async setOwnValues(context, { id, before, values }) {
    const { db, actor, now, newId, publish } = context
    await archiveOf(context, id, { lock: true })
    const fields = new Map((await ownFieldsInUse(context)).map((field) => [field.id, field]))
    const present = await valuesOf(context, id)
    const problems: FieldProblem[] = []
    const writes: OwnWrite[] = []
    for (const [fieldId, value] of Object.entries(values)) {
      const field = fields.get(fieldId)
      const cells = field ? cellsOf(field, value as OwnValue) : 'no-such-field'
      if (typeof cells === 'string') {
        problems.push(problemOf(fieldId, cells))
        continue
      }
      const was = present[fieldId] ?? null
      if (!same(was, (before[fieldId] ?? null) as OwnValue)) throw changedMeanwhile('this field')
      if (same(was, value as OwnValue)) continue
      writes.push({ customerId: id, fieldId, cells, change: { id: newId(), field: ownColumn(fieldId), before: was, after: value } })
    }
    refuseWrong(problems)
    await writeOwnValues(db, writes, actor.id, now)
    if (writes.length === 0) return { values: await valuesOf(context, id) }
    await touchArchives(db, [id], now)
    await publish(customerChanged, { customerId: id, fields: writes.map(({ change }) => change.field) })
    return { values: await valuesOf(context, id) }
  },

  async purgeOwnField({ db }, { fieldId }) {
    const { fields } = await readSetting(db, ownFieldSetting)
    if (fields.some(({ id, removed }) => id === fieldId && !removed))
      throw refuse('conflict', 'field-in-use', 'Remove the field first; its values are deleted after that')
    return { customers: await purgeOwnValues(db, fieldId) }
  },
}

async function valuesOf(context: Context, id: string): Promise<MutableValues> {
  const values = (await readOwnValues(context.db, [id], await ownFieldsInUse(context))).get(id)
  return plainValues(values)
}

type MutableValues = Record<string, string | number | boolean | string[] | null>
export const plainValues = (values: OwnValues | undefined): MutableValues =>
  Object.fromEntries(
    Object.entries(values ?? {}).map(([id, value]) => [
      id,
      Array.isArray(value) ? [...value] : (value as string | number | boolean | null),
    ]),
  )

const same = (a: OwnValue, b: OwnValue) => JSON.stringify(a) === JSON.stringify(b)
