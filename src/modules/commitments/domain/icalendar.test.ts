import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CalendarEvent, escaped, folded, icalendar, utc } from './icalendar.ts'

const event: CalendarEvent = {
  uid: '0198c0de-0000-7000-8000-000000000000@patron',
  title: 'Visit: Harbour Tea; the "new" shop, upstairs',
  description: 'Purpose\nHear about plans \\ budget',
  place: null,
  url: 'https://patron.example/commitments/0198c0de-0000-7000-8000-000000000000',
  organizer: { name: 'Ada Winter', email: 'ada@example.com' },
  attendees: [],
  startsAt: new Date('2026-03-11T08:30:00Z'),
  endsAt: new Date('2026-03-11T09:30:00Z'),
  cancelled: false,
  version: 3,
}
const calendar = { name: 'Ada Winter', timeZone: 'Asia/Shanghai', madeAt: new Date('2026-03-01T00:00:00.250Z') }

test('one appointment as a calendar file', () => {
  const lines = icalendar([event], calendar).split('\r\n')
  expect(lines.at(-1)).toBe('')
  expect(lines.slice(0, -1)).toEqual([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Patron//Commitments//EN',
    'CALSCALE:GREGORIAN',
    'X-WR-CALNAME:Ada Winter',
    'X-WR-TIMEZONE:Asia/Shanghai',
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'BEGIN:VEVENT',
    'UID:0198c0de-0000-7000-8000-000000000000@patron',
    'DTSTAMP:20260301T000000Z',
    'DTSTART:20260311T083000Z',
    'DTEND:20260311T093000Z',
    'SUMMARY:Visit: Harbour Tea\\; the "new" shop\\, upstairs',
    'DESCRIPTION:Purpose\\nHear about plans \\\\ budget',
    'URL:https://patron.example/commitments/0198c0de-0000-7000-8000-000000000000',
    'SEQUENCE:2',
    'STATUS:CONFIRMED',
    'END:VEVENT',
    'END:VCALENDAR',
  ])
})

test('who takes part is named, with whose charge it is in; a published calendar could not, so it has no method', () => {
  const attendees = [
    { name: 'Ben "Benno" Lee', email: 'ben@example.com' },
    { name: '王芳\r\nX:y', email: 'wang fang@example.com' },
  ]
  const lines = icalendar([{ ...event, attendees }], calendar)
    .replaceAll('\r\n ', '')
    .split('\r\n')
  expect(lines.filter((line) => /^(METHOD|ORGANIZER|ATTENDEE|X:)/.test(line))).toEqual([
    'ORGANIZER;CN="Ada Winter":mailto:ada@example.com',
    `ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE;CN="Ben 'Benno' Lee":mailto:ben@example.com`,
    'ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE;CN="王芳  X:y":mailto:wangfang@example.com',
  ])
  expect(icalendar([{ ...event, attendees, organizer: null }], calendar)).not.toContain('ATTENDEE')
})

test('a cancelled one says so, an empty calendar is whole', () => {
  expect(icalendar([{ ...event, cancelled: true }], calendar)).toContain('\r\nSTATUS:CANCELLED\r\n')
  expect(icalendar([], calendar)).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*END:VCALENDAR\r\n$/)
})

test('moments are UTC', () => expect(utc(new Date('2026-12-31T23:59:59+08:00'))).toBe('20261231T155959Z'))

describe('texts', () => {
  const unfold = (text: string) => text.replace(/\r\n /g, '')
  const unescaped = (text: string) => text.replace(/\\([\\;,nN])/g, (_, letter: string) => (letter.toLowerCase() === 'n' ? '\n' : letter))
  const words = fc.string({ unit: 'grapheme', maxLength: 300 }).map((text) => text.replace(/[\p{Cc}\r]/gu, ' '))

  test('come back as they were, and no line is longer than 75 bytes or cuts a character', () => {
    fc.assert(
      fc.property(words, (text) => {
        const line = folded(`SUMMARY:${escaped(text)}`)
        for (const piece of line.split('\r\n')) expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(75)
        expect(unescaped(unfold(line).slice('SUMMARY:'.length))).toBe(text)
      }),
    )
  })
  test('cannot begin a line of their own', () => {
    for (const text of ['a\r\nATTENDEE:x', 'a\rEND:VEVENT', 'a\nEND:VEVENT', 'a\u0000\u0008b'])
      for (const letter of ['\r', '\n', '\u0000', '\u0008']) expect(escaped(text)).not.toContain(letter)
  })
  test('Chinese is folded between characters', () => {
    const line = folded(`SUMMARY:${'茶'.repeat(60)}`)
    expect(line.split('\r\n').every((piece) => Buffer.byteLength(piece) <= 75 && !piece.includes('\ufffd'))).toBe(true)
  })
})
