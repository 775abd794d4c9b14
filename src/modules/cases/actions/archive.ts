import { dayIn, endOfDay, organizationProfile, readSetting } from '#modules/organization/public.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, timePlace } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import type { archiveEndpoints } from '../api/archive.ts'
import { dayAfter } from '../domain/figure.ts'
import { spokenWords } from '../domain/words.ts'
import { type ArchivedRow, searchArchive } from '../store/archive.ts'
import { excerptOf } from '../store/archive-words.ts'
import { eventsOfMany } from '../store/events-of-many.ts'
import { exportCases } from './export.ts'
import { casesWithin, pageWithin } from './reach.ts'
import { listed } from './read.ts'

export const archiveActions: Actions<typeof archiveEndpoints> = {
  async archive(context, { q, kind, from, to, cursor, limit = defaultPageSize }) {
    const { db } = context
    const { timeZone } = await readSetting(db, organizationProfile)
    const wish = {
      search: q ?? null,
      kinds: kind ?? null,
      from: from === undefined ? null : endOfDay(timeZone, dayAfter(from, -1)),
      until: to === undefined ? null : endOfDay(timeZone, to),
    }
    const start = timePlace(cursor)
    const { items: shown, last } = await pageWithin(
      context,
      limit,
      (behind: ArchivedRow | null, size) => searchArchive(db, wish, behind ? { at: behind.endedAt, id: behind.id } : start, size),
      (rows) => casesWithin(context, rows),
    )
    const events = q === undefined ? new Map() : await eventsOfMany(db, shown)
    const found = new Map(shown.map((row) => [row.id, row]))
    return {
      items: (await listed(context, shown)).map((item) => {
        const { endedAt, remedyMinor, satisfied, transfers, minutes } = found.get(item.id)!
        const excerpt = q === undefined ? null : excerptOf(spokenWords(events.get(item.id) ?? []), q)
        return { ...item, endedAt, excerpt, remedyMinor, satisfied, transfers, minutes }
      }),
      next: last && cursorOf([last.endedAt.toISOString(), last.id]),
    }
  },

  async exportCases(context, wish) {
    const { timeZone } = await readSetting(context.db, organizationProfile)
    return exportCases(context, wish, dayIn(timeZone, context.now))
  },
}
