import { describe, expect, test } from 'vitest'
import { at, day, goesOn, goesTo, hour, log, office, takes, target, terms, waits, workingHours, works, world } from '#test/clocks-cases.ts'
import { calendarOf } from './calendar.ts'
import { closedStretches, explain, sideBySide } from './explain.ts'
import { regimes } from './regimes.ts'

// 2 March 2026 is a Monday.

const nineToSix = office(day([9, 18]), 'Europe/Berlin', [
  { day: '2026-05-01', name: 'Maifeiertag', intervals: [] },
  { day: '2026-05-02', name: 'Inventory', intervals: day([9, 12]) },
])
const platinum = { ...terms('platinum', target('resolve', workingHours(8))), name: 'Platinum', version: 3 }
const uk = regimes.find(({ key }) => key === 'uk-payments')!.terms
const { latest, read, calendarFor } = world(
  { office: nineToSix, factory: office(day([6, 14]), 'Asia/Shanghai') },
  platinum,
  uk,
  terms('capped', target('resolve', workingHours(80), { cap: { unit: 'calendar-days', amount: 2 } })),
  terms('faster', target('resolve', workingHours(4))),
  terms('plain', target('resolve', { unit: 'minutes', amount: 1440 })),
)
const start = (when: string, key = 'platinum') => log([when, works('office')], [when, takes(key)], [when, 'received'])
const parts = (history: ReturnType<typeof start>, now: string) => explain(latest(history, 'resolve', now), calendarFor)

describe('a due time explains itself', () => {
  test('due Tuesday 16:12: eight working hours from Monday 14:00, closed over night, paused 3 h 12 for the customer, by Platinum 3', () => {
    const history = [
      ...start('2026-03-02T14:00+01:00'),
      ...log(['2026-03-02T14:48+01:00', waits('customer')], ['2026-03-02T18:00+01:00', goesOn()]),
    ]
    expect(parts(history, '2026-03-03T09:00+01:00')).toEqual([
      { part: 'due', at: at('2026-03-03T16:12+01:00'), day: null, timeZone: 'Europe/Berlin' },
      { part: 'measure', measure: { unit: 'working-minutes', amount: 480 }, from: at('2026-03-02T14:00+01:00'), startedBy: 'received' },
      { part: 'closed', ms: 15 * hour, stretches: [{ from: at('2026-03-02T18:00+01:00'), to: at('2026-03-03T09:00+01:00') }], more: 0 },
      { part: 'paused', reason: 'customer', openMs: 3.2 * hour, times: 1 },
      { part: 'calendar', key: 'office', timeZone: 'Europe/Berlin', since: null },
      { part: 'terms', source: 'policy', name: 'Platinum', version: 3 },
    ])
  })
  test('what adds up adds up: from the start to the due time there is the measure, what was closed and what was paused', () => {
    const history = [
      ...start('2026-03-05T14:00+01:00'),
      ...log(['2026-03-05T14:48+01:00', waits('parts')], ['2026-03-10T12:00+01:00', goesOn()]),
    ]
    const reading = latest(history, 'resolve', '2026-03-11T09:00+01:00')
    const sum = explain(reading, calendarFor).reduce(
      (ms, part) => ms + (part.part === 'closed' ? part.ms : part.part === 'paused' ? part.openMs : 0),
      8 * hour,
    )
    expect(sum).toBe(reading.dueAt!.getTime() - reading.startedAt!.getTime())
  })
  test('holidays by their names, also days of other hours; only the first closed stretches one by one', () => {
    expect(parts(start('2026-04-30T14:00+02:00'), '2026-04-30T15:00+02:00')).toMatchObject([
      { part: 'due', at: at('2026-05-04T10:00+02:00') },
      { part: 'measure' },
      { part: 'closed', stretches: [{ to: at('2026-05-02T09:00+02:00') }, { to: at('2026-05-04T09:00+02:00') }], more: 0 },
      { part: 'special-day', day: '2026-05-01', name: 'Maifeiertag', isClosed: true },
      { part: 'special-day', day: '2026-05-02', name: 'Inventory', isClosed: false },
      { part: 'calendar' },
      { part: 'terms' },
    ])
  })
  test('while it is held: since when, what for, and when it would be due', () => {
    const history = [...start('2026-03-02T14:00+01:00'), ...log(['2026-03-02T16:00+01:00', waits('parts')])]
    expect(parts(history, '2026-03-03T10:00+01:00')[0]).toEqual({
      part: 'held',
      reason: 'parts',
      since: at('2026-03-02T16:00+01:00'),
      dueIfResumed: at('2026-03-03T16:00+01:00'),
    })
  })
  test('other hours, other terms, and what came of it', () => {
    const history = [
      ...start('2026-03-02T09:00+01:00'),
      ...log(
        ['2026-03-02T10:00+01:00', goesTo('freight', 'factory')],
        ['2026-03-03T01:00+01:00', takes('faster', 'from-then-on')],
        ['2026-03-03T05:00+01:00', 'resolved'],
      ),
    ]
    expect(parts(history, '2026-03-04T10:00+01:00').filter(({ part }) => part !== 'closed')).toEqual([
      { part: 'due', at: at('2026-03-03T09:00+08:00'), day: null, timeZone: 'Asia/Shanghai' },
      { part: 'breached', at: at('2026-03-03T09:00+08:00') },
      { part: 'met', at: at('2026-03-03T12:00+08:00') },
      { part: 'measure', measure: { unit: 'working-minutes', amount: 240 }, from: at('2026-03-02T09:00+01:00'), startedBy: 'received' },
      { part: 'calendar', key: 'office', timeZone: 'Europe/Berlin', since: null },
      { part: 'calendar', key: 'factory', timeZone: 'Asia/Shanghai', since: at('2026-03-02T10:00+01:00') },
      {
        part: 'changed',
        from: { unit: 'working-minutes', amount: 480 },
        to: { unit: 'working-minutes', amount: 240 },
        at: at('2026-03-03T01:00+01:00'),
      },
      { part: 'terms', source: 'policy', name: 'faster', version: 1 },
    ])
  })
  test('a cap that decides, a clock of plain minutes that knows no hours, a second round, a cancelled one', () => {
    expect(parts(start('2026-03-02T14:00+01:00', 'capped'), '2026-03-02T15:00+01:00')).toContainEqual({
      part: 'capped',
      cap: { unit: 'calendar-days', amount: 2 },
    })
    expect(parts(start('2026-03-02T14:00+01:00', 'plain'), '2026-03-02T15:00+01:00').map(({ part }) => part)).toEqual([
      'due',
      'measure',
      'calendar',
      'terms',
    ])
    const history = [
      ...start('2026-03-02T14:00+01:00'),
      ...log(['2026-03-02T15:00+01:00', 'resolved'], ['2026-03-02T16:00+01:00', 'reopened'], ['2026-03-02T17:00+01:00', 'withdrawn']),
    ]
    expect(parts(history, '2026-03-02T16:30+01:00')).toContainEqual({ part: 'round', round: 2 })
    expect(parts(history, '2026-03-02T18:00+01:00')[0]).toEqual({ part: 'cancelled', at: at('2026-03-02T17:00+01:00'), by: 'withdrawn' })
    expect(explain(latest(log(['2026-03-02T14:00+01:00', takes('platinum')]), 'resolve', '2026-03-02T15:00+01:00'), calendarFor)).toEqual(
      [],
    )
  })
})

test('what the policy promises stands beside what the regulator asks; the first binds', () => {
  const history = [
    ...start('2026-03-02T09:00+01:00'),
    ...log(['2026-03-02T09:00+01:00', takes(uk.key, 'from-the-beginning', 'regime:uk-payments')]),
  ]
  const beside = sideBySide(read(history, '2026-03-02T10:00+01:00'))
  expect(beside.find(({ waitsFor }) => waitsFor === 'resolved')).toMatchObject({
    clocks: [
      { key: 'resolve', terms: { source: 'policy' }, dueAt: at('2026-03-02T17:00+01:00') },
      { key: 'regime:uk-payments:summary-resolution', dueDay: '2026-03-05' },
      { key: 'regime:uk-payments:final-response', terms: { source: 'regime' }, dueDay: '2026-03-23' },
    ],
    binding: { key: 'resolve' },
  })
})

test('closed stretches end where the clock says that it opens, also across a change of clocks', () => {
  const night = calendarOf('night', {
    ...office(day([0, 1.5], [22, 24]), 'Australia/Lord_Howe'),
    week: Array(7).fill(day([0, 1.5], [22, 24])),
  })
  // 5 April 2026: at 02:00 the wall goes back to 01:30; 01:30 to 02:00 is closed, and so is its repetition.
  expect(closedStretches(night, Date.parse('2026-04-04T13:00Z'), Date.parse('2026-04-05T12:00Z'))).toEqual([
    { from: Date.parse('2026-04-04T14:30Z'), to: Date.parse('2026-04-05T11:30Z') },
  ])
})
