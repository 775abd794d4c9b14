import { z } from 'zod'
import { day, endpoint, nothing } from '#platform/contract.ts'
import { intervalProblem } from '../domain/calendar.ts'
import { isTimeZone } from '../domain.ts'

const id = z.uuid()
const intervals = z
  .array(z.object({ from: z.int().min(0).max(1439), to: z.int().min(1).max(1440) }))
  .max(20)
  .refine((list) => intervalProblem(list) === null, 'must lie in the day, in order and apart from each other')
const hours = z.object({
  timeZone: z.string().max(100).refine(isTimeZone, 'must be a time zone such as Asia/Shanghai'),
  week: z.array(intervals).length(7),
  specialDays: z.array(z.object({ day, name: z.string().trim().max(100), intervals })).max(1000),
})
const fields = { name: z.string().trim().min(1).max(120), standard: z.boolean(), hours }
const CalendarView = z.object({ id, ...fields, version: z.int().min(1) })

/** When people work. */
export const calendarEndpoints = {
  calendars: endpoint('GET /organization/calendars', {
    permission: 'organization.read',
    about: 'nobody',
    summary: 'Working hours by weekday, with holidays, in minutes after midnight of their time zone; Monday first',
    input: nothing,
    result: z.object({ items: z.array(CalendarView) }),
  }),
  createCalendar: endpoint('POST /organization/calendars', {
    permission: 'organization.manage',
    about: 'nobody',
    summary: 'Makes a calendar of working hours; as the standard it takes the place of the one before',
    input: z.object(fields),
    result: CalendarView,
  }),
  changeCalendar: endpoint('PUT /organization/calendars/:calendarId', {
    permission: 'organization.manage',
    about: 'nobody',
    summary: 'Writes a calendar anew',
    input: z.object({ calendarId: id, ...fields, version: z.int().min(1) }),
    result: CalendarView,
  }),
  removeCalendar: endpoint('DELETE /organization/calendars/:calendarId', {
    permission: 'organization.manage',
    about: 'nobody',
    summary: 'Removes a calendar that no department uses',
    input: z.object({ calendarId: id, version: z.int().min(1) }),
    result: nothing,
  }),
}
