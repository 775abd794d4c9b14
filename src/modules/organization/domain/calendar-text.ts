import { type Interval, intervalProblem, type SpecialDay } from './calendar.ts'

/** Why a line of hours cannot be read; the words are in the texts. */
export type HoursProblem = 'not-a-time' | 'outside-day' | 'not-in-order' | 'not-a-day' | 'day-twice'

/** Hours as people write them, `09:00-12:00, 13:00-17:30`; nothing is closed. */
export const hoursText = (intervals: readonly Interval[]): string =>
  intervals.map(({ from, to }) => `${clockText(from)}–${clockText(to)}`).join(', ')

const clockText = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Reads what people write: with dashes of every kind or 至 between, commas in any script, 24:00 for the end of the day. */
export function readHours(text: string): readonly Interval[] | HoursProblem {
  const parts = text
    .split(/[,，、;；]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const intervals: Interval[] = []
  for (const part of parts) {
    const found = /^(\d{1,2})[:：](\d{2})\s*[-–—~～至到]\s*(\d{1,2})[:：](\d{2})$/.exec(part)
    if (!found) return 'not-a-time'
    const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = found.slice(1).map(Number)
    if (fromMinute > 59 || toMinute > 59) return 'not-a-time'
    intervals.push({ from: fromHour * 60 + fromMinute, to: toHour * 60 + toMinute })
  }
  return intervalProblem(intervals) ?? intervals
}

/** Special days, one a line: `2026-10-01 National Day`, or with hours at the end of the line where it is open: `2026-10-10 Working Saturday 09:00-12:00`. */
export const specialDaysText = (days: readonly SpecialDay[]): string =>
  days.map(({ day, name, intervals }) => [day, name, hoursText(intervals)].filter((part) => part !== '').join(' ')).join('\n')

export function readSpecialDays(text: string): readonly SpecialDay[] | { readonly line: number; readonly problem: HoursProblem } {
  const days = new Map<string, SpecialDay>()
  for (const [i, line] of text.split('\n').entries()) {
    const trimmed = line.trim()
    if (trimmed === '') continue
    const read = readSpecialDay(trimmed)
    if (typeof read === 'string') return { line: i + 1, problem: read }
    if (days.has(read.day)) return { line: i + 1, problem: 'day-twice' }
    days.set(read.day, read)
  }
  return [...days.values()].toSorted((a, b) => (a.day < b.day ? -1 : 1))
}

function readSpecialDay(line: string): SpecialDay | HoursProblem {
  const day = line.slice(0, 10)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day)) || new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) !== day)
    return 'not-a-day'
  const rest = line.slice(10).trim()
  const hours = /(?:\d{1,2}[:：]\d{2}.*)$/.exec(rest)
  const intervals = hours ? readHours(hours[0]) : []
  return typeof intervals === 'string' ? intervals : { day, name: rest.slice(0, hours?.index ?? rest.length).trim(), intervals }
}
