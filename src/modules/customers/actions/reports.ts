import { dayIn, endOfDay, organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, placeOf } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { type Cell, writeCsv } from '#platform/tabular/csv-writer.ts'
import { writeXlsx } from '#platform/tabular/xlsx-writer.ts'
import type { reportEndpoints } from '../api/reports.ts'
import { comingDays, keptOn, lookedFor } from '../domain/birthdays.ts'
import { bornOn, changedFields, listMonthChanges, type MonthChange } from '../store/reports.ts'
import { hidesPersonal, withoutPersonal } from './personal.ts'

const mostBirthdays = 500

export const reportActions: Actions<typeof reportEndpoints> = {
  async birthdays(context, { days = 30 }) {
    const { db, reach, now } = context
    // The list is nothing but contact data: whoever may not see it gets none of it, not even who has a birthday.
    if (hidesPersonal(context)) return { items: [], more: false }
    const { timeZone } = await readSetting(db, organizationProfile)
    const coming = comingDays(dayIn(timeZone, now), days)
    const found = await bornOn(db, lookedFor(coming), reach, mostBirthdays)
    const items = found
      .map((one) => ({ ...one, on: keptOn(one.birthday, coming) }))
      .filter((one) => one.on !== null)
      .toSorted((a, b) => (a.on! < b.on! ? -1 : a.on! > b.on! ? 1 : a.name < b.name ? -1 : 1))
    return { items, more: found.length >= mostBirthdays }
  },

  async monthChanges(context, { month, field, cursor, limit = defaultPageSize }) {
    const place = cursor === undefined ? null : placeOf(cursor, ['instant', 'uuid', 'uuid'])
    const after = place && { at: String(place[0]), customerId: String(place[1]), id: String(place[2]) }
    const rows = await listMonthChanges(context.db, await spanOf(context, month, field), after, limit + 1)
    const items = await withoutPersonal(context, rows.slice(0, limit))
    const last = items.at(-1)
    return { items: [...items], next: rows.length > limit && last ? cursorOf([last.at.toISOString(), last.customerId, last.id]) : null }
  },

  async monthFields(context, { month }) {
    return { fields: [...(await changedFields(context.db, await spanOf(context, month, undefined)))] }
  },

  async monthExport(context, { month, field, format }) {
    const rows = changeRows(context, await spanOf(context, month, field))
    return format === 'csv'
      ? { fileName: `changes-${month}.csv`, mediaType: 'text/csv; charset=utf-8', content: writeCsv(rows) }
      : {
          fileName: `changes-${month}.xlsx`,
          mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
          content: writeXlsx(rows, 'changes'),
        }
  },
}

/** A calendar month of the organization: from the end of the last day before it to the end of its last day. */
async function spanOf({ db, reach }: Context, month: string, field: string | undefined) {
  const { timeZone } = await readSetting(db, organizationProfile)
  const [year = 0, number = 0] = month.split('-').map(Number)
  const dayBefore = (at: number) => new Date(at - 86_400_000).toISOString().slice(0, 10)
  return {
    from: endOfDay(timeZone, dayBefore(Date.UTC(year, number - 1, 1))),
    to: endOfDay(timeZone, dayBefore(Date.UTC(year, number, 1))),
    field: field ?? null,
    reach,
  }
}

async function* changeRows(context: Context, span: Awaited<ReturnType<typeof spanOf>>): AsyncGenerator<readonly Cell[]> {
  yield ['changedAt', 'customer', 'customerId', 'field', 'before', 'after', 'changedBy']
  const size = 1000
  for (let after: { at: string; customerId: string; id: string } | null = null; ; ) {
    const rows: readonly MonthChange[] = await listMonthChanges(context.db, span, after, size)
    for (const one of await withoutPersonal(context, rows))
      yield [
        { date: one.at.toISOString().slice(0, 19).replace('T', ' ') },
        one.customerName,
        one.customerId,
        one.field,
        plain(one.before),
        plain(one.after),
        one.by,
      ]
    if (rows.length < size) return
    const last = rows.at(-1)!
    after = { at: last.at.toISOString(), customerId: last.customerId, id: last.id }
  }
}

const plain = (value: unknown): Cell => {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value : Array.isArray(value) ? value.join(', ') : JSON.stringify(value)
}
