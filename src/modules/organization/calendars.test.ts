import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, startApp } from '#test/app.ts'
import { api } from './api.ts'
import { clockOf } from './public.ts'

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())
const organization = () => app.as(api)
const hours = (from: number, to: number, timeZone = 'Asia/Shanghai') => ({
  timeZone,
  week: [0, 1, 2, 3, 4, 5, 6].map((weekday) => (weekday < 5 ? [{ from: from * 60, to: to * 60 }] : [])),
  specialDays: [{ day: '2026-01-01', name: '元旦', intervals: [] }],
})
const openAt = async (departmentId: string | null, text: string) => (await clockOf(app.db, departmentId)).isOpen(new Date(text))

test('a department works by its own calendar, by the nearest above, by the standard, and round the clock where there is none', async () => {
  const department = (name: string, parentId: string | null, calendarId: string | null) =>
    organization().createDepartment({ name, parentId, headId: null, deputyIds: [], calendarId })
  const monday = (hour: number) => `2026-01-05T${String(hour).padStart(2, '0')}:30:00+08:00`
  const top = await department('Top', null, null)
  expect(await openAt(top.id, monday(3))).toBe(true)
  await organization().createCalendar({ name: 'Company', standard: true, hours: hours(9, 17) })
  expect([await openAt(top.id, monday(3)), await openAt(top.id, monday(9)), await openAt(null, monday(9))]).toEqual([false, true, true])
  expect(await openAt(null, '2026-01-01T10:00:00+08:00')).toBe(false)
  const night = await organization().createCalendar({ name: 'Night', standard: false, hours: hours(20, 24) })
  const warehouse = await department('Warehouse', top.id, night.id)
  const dispatch = await department('Dispatch', warehouse.id, null)
  expect([await openAt(dispatch.id, monday(21)), await openAt(dispatch.id, monday(9)), await openAt(top.id, monday(21))]).toEqual([
    true,
    false,
    false,
  ])
  await expect(organization().removeCalendar({ calendarId: night.id, version: 1 })).rejects.toMatchObject({ reason: 'calendar-in-use' })
})

test('there is one standard at most', async () => {
  const second = await organization().createCalendar({ name: 'Second', standard: true, hours: hours(8, 12) })
  const { items } = await organization().calendars({})
  expect(items.filter(({ standard }) => standard).map(({ name }) => name)).toEqual(['Second'])
  await organization().removeCalendar({ calendarId: second.id, version: 1 })
})

test('what cannot be is refused with its field', async () => {
  const refused = async (values: Record<string, unknown>) => {
    const body = JSON.stringify({ name: 'X', standard: false, hours: hours(9, 17), ...values })
    const headers = { 'content-type': 'application/json' }
    const response = await app.request('/api/v1/organization/calendars', { method: 'POST', body, headers })
    const problem = (await response.json()) as { reason: string; fields: { field: string }[] }
    return [problem.reason, problem.fields[0]?.field]
  }
  expect(await refused({ name: 'Company' })).toEqual(['name-taken', 'name'])
  expect(await refused({ hours: { ...hours(9, 17), timeZone: '+08:00' } })).toEqual(['invalid-input', 'hours.timeZone'])
  expect(await refused({ hours: { ...hours(9, 17), week: hours(9, 17).week.with(2, [{ from: 600, to: 540 }]) } })).toEqual([
    'invalid-input',
    'hours.week.2',
  ])
  const made = await organization().createCalendar({ name: 'Stale', standard: false, hours: hours(9, 17) })
  await organization().changeCalendar({ ...made, calendarId: made.id, name: 'Fresh' })
  await expect(organization().changeCalendar({ ...made, calendarId: made.id, name: 'Stale again' })).rejects.toMatchObject({
    reason: 'changed-meanwhile',
  })
})
