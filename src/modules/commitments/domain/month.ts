import { addDays, addMonths } from './recurrence.ts'

export const calendarViews = ['week', 'month', 'list'] as const
export type CalendarView = (typeof calendarViews)[number]

/** The Monday of the week that holds a day. */
export const mondayOf = (day: string): string => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))

/** The days that a view shows around a day: a week, the whole weeks of a month, or the thirty days from that day on. */
export function daysShown(view: CalendarView, day: string): readonly string[] {
  if (view === 'list') return range(day, 30)
  if (view === 'week') return range(mondayOf(day), 7)
  const first = mondayOf(`${day.slice(0, 7)}-01`)
  const last = addDays(addMonths(`${day.slice(0, 7)}-01`, 1), -1)
  return range(first, last < addDays(first, 28) ? 28 : last < addDays(first, 35) ? 35 : 42)
}

/** The day to which a view moves on or back. */
export const moved = (view: CalendarView, day: string, by: 1 | -1): string =>
  view === 'month' ? addMonths(`${day.slice(0, 7)}-01`, by) : addDays(day, by * (view === 'week' ? 7 : 30))

const range = (from: string, count: number): readonly string[] => Array.from({ length: count }, (_, i) => addDays(from, i))
