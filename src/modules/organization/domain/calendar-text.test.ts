import { expect, test } from 'vitest'
import { hoursText, readHours, readSpecialDays, specialDaysText } from './calendar-text.ts'

test('hours are read as people write them, and written back', () => {
  const read = [
    { from: 540, to: 720 },
    { from: 780, to: 1050 },
  ]
  for (const text of ['09:00-12:00, 13:00-17:30', '9:00–12:00，13:00 ～ 17:30', '09：00至12：00、13：00到17：30'])
    expect(readHours(text)).toEqual(read)
  expect(hoursText(read)).toBe('09:00–12:00, 13:00–17:30')
  expect(readHours(hoursText(read))).toEqual(read)
  expect(readHours(' ')).toEqual([])
  expect(readHours('00:00-24:00')).toEqual([{ from: 0, to: 1440 }])
})

test('what is no time is said so', () => {
  expect(readHours('nine to five')).toBe('not-a-time')
  expect(readHours('09:61-10:00')).toBe('not-a-time')
  expect(readHours('09:00-25:00')).toBe('outside-day')
  expect(readHours('13:00-12:00')).toBe('outside-day')
  expect(readHours('13:00-14:00, 09:00-10:00')).toBe('not-in-order')
  expect(readHours('09:00-11:00, 10:00-12:00')).toBe('not-in-order')
})

test('special days are read line by line, and the line that is wrong is named', () => {
  const text = '2026-10-10 调休 09:00-12:00\n\n2026-10-01 National Day\n2026-12-24'
  const read = readSpecialDays(text)
  expect(read).toEqual([
    { day: '2026-10-01', name: 'National Day', intervals: [] },
    { day: '2026-10-10', name: '调休', intervals: [{ from: 540, to: 720 }] },
    { day: '2026-12-24', name: '', intervals: [] },
  ])
  expect(readSpecialDays(specialDaysText(read as never))).toEqual(read)
  expect(readSpecialDays('2026-10-01 a\n2026-02-30 b')).toEqual({ line: 2, problem: 'not-a-day' })
  expect(readSpecialDays('2026-10-01 a\n2026-10-01 b')).toEqual({ line: 2, problem: 'day-twice' })
  expect(readSpecialDays('2026-10-01 short 09:00-')).toEqual({ line: 1, problem: 'not-a-time' })
})
