import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, placeOf as placeIn } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import type { commitmentsApi } from '../api.ts'
import { dayIn, endOfDay } from '../domain/clock.ts'
import type { Commitment } from '../domain/commitment.ts'
import { addDays, daysBetween } from '../domain/recurrence.ts'
import { eventsOf } from '../store/events.ts'
import { inCalendar, ofCustomer, openOf, owedSomeDay, owedTo, owedUntil, type Place, placeOf } from '../store/lists.ts'
import { timeZoneOf } from './making.ts'
import { commitmentsWithin, pageSeen } from './reach.ts'
import { viewOf, viewsOf } from './view.ts'
import { mayChange } from './whose.ts'
import { existing } from './write.ts'

/** No day of anybody holds more; what goes beyond is said. */
const most = 100
const daysAhead = 14
const longestCalendar = 62

type Read = Pick<Actions<typeof commitmentsApi>, 'myDay' | 'list' | 'calendar' | 'one' | 'ofCustomer'>
export const readActions: Read = {
  async myDay(context) {
    const { db, now, actor } = context
    const timeZone = await timeZoneOf(context)
    const today = dayIn(timeZone, now)
    const tonight = endOfDay(timeZone, today)
    const takesPlace = await inCalendar(db, actor.id, now, endOfDay(timeZone, addDays(today, daysAhead)), { due: false, limit: most + 1 })
    const lists = {
      owed: await owedUntil(db, actor.id, tonight, most + 1),
      next: takesPlace.filter((one) => one.state === 'open' && (one.dueAt === null || one.dueAt > tonight)),
      someDay: await owedSomeDay(db, actor.id, most + 1),
      owedToMe: await owedTo(db, actor.id, most + 1),
    }
    const shown = async (list: readonly Commitment[]) => viewsOf(context, await seen(context, list.slice(0, most)))
    return {
      today,
      owed: await shown(lists.owed),
      next: await shown(lists.next),
      someDay: await shown(lists.someDay),
      owedToMe: await shown(lists.owedToMe),
      more: (['owed', 'next', 'someDay', 'owedToMe'] as const).filter((name) => lists[name].length > most),
    }
  },

  async list(context, { owner, kind, cursor, limit = defaultPageSize }) {
    const from = placeOfCursor(cursor)
    return pageOf(context, limit, (size) => openOf(context.db, owner ?? context.actor.id, kind ?? null, from, size), placeOf)
  },

  async calendar(context, { owner, from, to }) {
    if (to < from || daysBetween(from, to) > longestCalendar)
      throw refuse('invalid', 'too-many-days', `A calendar shows at most ${longestCalendar} days`, {
        fields: [{ field: 'to', reason: 'too-many-days', detail: 'Too late a day' }],
      })
    const timeZone = await timeZoneOf(context)
    const start = endOfDay(timeZone, addDays(from, -1))
    const found = await inCalendar(context.db, owner ?? context.actor.id, start, endOfDay(timeZone, to), { due: true, limit: 501 })
    return {
      today: dayIn(timeZone, context.now),
      items: await viewsOf(context, await seen(context, found.slice(0, 500))),
      more: found.length > 500,
    }
  },

  async one(context, { id }) {
    const found = await existing(context, id)
    const events = await eventsOf(context.db, found.customerId, found.id)
    const written = events.map((event) => ({
      ...event,
      changes: Object.fromEntries(
        Object.entries(event.changes).map(([field, [before, after]]) => [field, [before, after] as [unknown, unknown]]),
      ),
    }))
    return { ...(await viewOf(context, found)), events: written, mayChange: await mayChange(context, found) }
  },

  async ofCustomer(context, { customerId, closed = false, cursor, limit = defaultPageSize }) {
    const from = placeOfCursor(cursor)
    const read = (size: number) => ofCustomer(context.db, customerId, !closed, from, size)
    return pageOf(context, limit, read, closed ? ({ closedAt, id }) => ({ at: closedAt!, id }) : placeOf)
  },
}

const seen = ({ db, reach }: Context, all: readonly Commitment[]) => commitmentsWithin(db, reach, all)

async function pageOf(
  context: Context,
  limit: number,
  read: (limit: number) => Promise<readonly Commitment[]>,
  place: (last: Commitment) => Place,
) {
  const { shown, last } = await pageSeen(context, limit, read, (all) => seen(context, all))
  const at = last && place(last)
  return { items: await viewsOf(context, shown), next: at ? cursorOf([at.at.toISOString(), at.id]) : null }
}

export function placeOfCursor(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null
  const [at, id] = placeIn(cursor, ['instant', 'uuid'])
  return { at: new Date(String(at)), id: String(id) }
}
