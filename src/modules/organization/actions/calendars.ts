import type { Context } from '#platform/context.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { calendarEndpoints } from '../api/calendars.ts'
import type { WorkingHours } from '../domain/calendar.ts'
import { calendarsChanged } from '../facts.ts'
import { allCalendars, clearStandard, deleteCalendar, holdCalendars, insertCalendar, updateCalendar } from '../store/calendars.ts'
import { allDepartments } from '../store/departments.ts'

export const calendarActions: Actions<typeof calendarEndpoints> = {
  calendars: async ({ db }) => ({ items: (await allCalendars(db)).map(view) }),

  async createCalendar(context, input) {
    const id = context.newId()
    await prepare(context, id, input)
    await insertCalendar(context.db, { id, ...input }, context.now)
    await context.publish(calendarsChanged, { calendar: input.name, change: 'made' })
    return calendarCalled(context, id)
  },

  async changeCalendar(context, { calendarId: id, ...input }) {
    await prepare(context, id, input)
    await calendarCalled(context, id)
    if (!(await updateCalendar(context.db, { id, ...input }, context.now))) throw changedMeanwhile()
    await context.publish(calendarsChanged, { calendar: input.name, change: 'changed' })
    return calendarCalled(context, id)
  },

  async removeCalendar(context, { calendarId: id, version }) {
    await holdCalendars(context.db)
    const { name, version: newest } = await calendarCalled(context, id)
    if (version !== newest) throw changedMeanwhile()
    const users = (await allDepartments(context.db)).filter(({ calendarId }) => calendarId === id)
    if (users.length > 0)
      throw refuse('conflict', 'calendar-in-use', `Departments work by this calendar: ${users.map((user) => user.name).join(', ')}`, {
        values: { departments: users.map((user) => user.name).join(', ') },
      })
    await deleteCalendar(context.db, id)
    await context.publish(calendarsChanged, { calendar: name, change: 'removed' })
    return {}
  },
}

async function prepare({ db }: Context, id: string, { name, standard }: { name: string; standard: boolean }): Promise<void> {
  await holdCalendars(db)
  if ((await allCalendars(db)).some((other) => other.id !== id && other.name === name))
    throw refuse('conflict', 'name-taken', 'There is a calendar of this name already', {
      fields: [{ field: 'name', reason: 'name-taken', detail: 'There is a calendar of this name already' }],
    })
  if (standard) await clearStandard(db)
}

async function calendarCalled({ db }: Context, id: string) {
  const found = (await allCalendars(db)).find((calendar) => calendar.id === id)
  if (!found) throw refuse('missing', 'no-such-calendar', 'There is no such calendar')
  return view(found)
}

/** Lists that may be written to, as the contract wants them. */
const view = <C extends { readonly hours: WorkingHours }>(calendar: C) => ({
  ...calendar,
  hours: {
    timeZone: calendar.hours.timeZone,
    week: calendar.hours.week.map((intervals) => [...intervals]),
    specialDays: calendar.hours.specialDays.map((special) => ({ ...special, intervals: [...special.intervals] })),
  },
})
