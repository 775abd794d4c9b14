import { dayIn, endOfDay, organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, placeOf } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { writeCsv } from '#platform/tabular/csv-writer.ts'
import { writeXlsx } from '#platform/tabular/xlsx-writer.ts'
import type { reportEndpoints } from '../api/reports.ts'
import { comingDays, keptOn, lookedFor } from '../domain/birthdays.ts'
import { ownFieldSetting } from '../settings.ts'
import { bornOn, changedFields, listMonthChanges } from '../store/reports.ts'
import { changeRows } from './export-changes.ts'
import { forPeople, forPrograms } from './export-manner.ts'
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

  async monthExport(context, { month, field, format, headings, language }) {
    const { timeZone, currency, locale } = await readSetting(context.db, organizationProfile)
    const how = headings === 'keys' ? forPrograms(currency) : forPeople(language ?? locale, currency, timeZone)
    const { fields } = await readSetting(context.db, ownFieldSetting)
    const rows = changeRows(context, await spanOf(context, month, field), how, fields)
    return format === 'csv'
      ? { fileName: `changes-${month}.csv`, mediaType: 'text/csv; charset=utf-8', content: writeCsv(rows) }
      : {
          fileName: `changes-${month}.xlsx`,
          mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
          content: writeXlsx(rows, how.words?.nav.changes ?? 'changes'),
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
