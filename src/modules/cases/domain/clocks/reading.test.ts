import { describe, expect, test } from 'vitest'
import {
  at,
  day,
  days,
  enters,
  goesOn,
  goesTo,
  hour,
  leaves,
  log,
  nineToFive,
  office,
  start,
  takes,
  target,
  terms,
  waits,
  workingHours,
  world,
} from '#test/clocks-cases.ts'
import { happenedBetween, nextMoment } from './agenda.ts'

// What was decided about what a clock counts, each decision once. 2 March 2026 is a Monday.

const hours = {
  office: nineToFive,
  early: office(day([6, 14])),
  london: office(day([9, 17]), 'Europe/London', [{ day: '2026-04-03', name: 'Good Friday', intervals: [] }]),
}
const calendarDays = (amount: number) => ({ unit: 'calendar-days', amount }) as const

describe('terms that change', () => {
  const { latest, read } = world(
    hours,
    terms('eight', target('resolve', workingHours(8))),
    terms('four', target('resolve', workingHours(4))),
    terms('week', target('resolve', workingHours(40))),
    terms('two days', target('resolve', days(2))),
    terms('early', target('resolve', workingHours(8), { hours: 'department' })),
  )
  const changed = (from: string, to: string, when: string, effect: 'from-then-on' | 'from-the-beginning') => [
    ...start(from),
    ...log([when, takes(to, effect)]),
  ]
  test('from then on: what was spent stays, what is left is the new time less that', () => {
    expect(latest(changed('eight', 'four', '2026-03-02 11:00', 'from-then-on'), 'resolve', '2026-03-02 11:00')).toMatchObject({
      dueAt: at('2026-03-02 13:00'),
      openSpentMs: 2 * hour,
    })
  })
  test('from then on: nothing is due before the terms that say so hold', () => {
    const history = changed('eight', 'four', '2026-03-02 15:00', 'from-then-on')
    expect(latest(history, 'resolve', '2026-03-02 15:00')).toMatchObject({
      state: 'breached',
      dueAt: at('2026-03-02 15:00'),
      breachedAt: at('2026-03-02 15:00'),
    })
  })
  test('from then on: a breach stays, also where the new terms would have been kept', () => {
    const history = changed('four', 'week', '2026-03-02 15:00', 'from-then-on')
    expect(latest(history, 'resolve', '2026-03-02 15:00')).toMatchObject({
      state: 'breached',
      breachedAt: at('2026-03-02 13:00'),
      dueAt: at('2026-03-06 17:00'),
    })
  })
  test('from then on: longer terms that hold at the very instant of the due time prevent the breach', () => {
    const history = changed('four', 'week', '2026-03-02 13:00', 'from-then-on')
    expect(latest(history, 'resolve', '2026-03-02 13:00')).toMatchObject({ state: 'running', breachedAt: null })
  })
  test('from the beginning: as if they had always held, and known since the change', () => {
    expect(latest(changed('four', 'week', '2026-03-02 15:00', 'from-the-beginning'), 'resolve', '2026-03-02 15:00')).toMatchObject({
      state: 'running',
      happened: [],
    })
    const tightened = changed('eight', 'four', '2026-03-02 15:00', 'from-the-beginning')
    expect(latest(tightened, 'resolve', '2026-03-02 15:00')).toMatchObject({ state: 'breached', breachedAt: at('2026-03-02 13:00') })
    const found = happenedBetween(read(tightened, '2026-03-02 16:00'), at('2026-03-02 14:59'), at('2026-03-02 16:00'))
    expect(found.map(({ what, at: when, knownAt }) => [what, when, knownAt])).toEqual([
      ['warned', at('2026-03-02 12:00'), at('2026-03-02 15:00')],
      ['breached', at('2026-03-02 13:00'), at('2026-03-02 15:00')],
      ['escalated', at('2026-03-02 13:00'), at('2026-03-02 15:00')],
    ])
  })
  test('before the change the past reads as it was', () => {
    expect(latest(changed('four', 'week', '2026-03-02 15:00', 'from-the-beginning'), 'resolve', '2026-03-02 14:00').state).toBe('breached')
  })
  test('another unit counts over the whole round', () => {
    expect(latest(changed('eight', 'two days', '2026-03-02 15:00', 'from-then-on'), 'resolve', '2026-03-02 15:00')).toMatchObject({
      dueAt: at('2026-03-04 17:00'),
      dueDay: '2026-03-04',
    })
  })
  test('a clock warns again where its time has changed, and is told apart', () => {
    const history = changed('eight', 'week', '2026-03-02 16:00', 'from-then-on')
    const { happened } = latest(history, 'resolve', '2026-03-06 16:00')
    expect(happened.map(({ what, at: when }) => [what, when])).toEqual([
      ['warned', at('2026-03-02 15:00')],
      ['warned', at('2026-03-05 15:00')],
    ])
    expect(new Set(happened.map(({ id }) => id)).size).toBe(2)
  })
  test('terms that nobody gave are an error', () => {
    expect(() => read(start('unheard of'), '2026-03-02 09:00')).toThrow('unheard of')
  })
})

describe('departments and calendars', () => {
  const { latest } = world(
    hours,
    terms('a', target('step:cause', workingHours(8)), target('resolve', workingHours(40), { hours: 'company' })),
  )
  const history = [...start('a'), ...log(['2026-03-02 09:00', enters('cause')], ['2026-03-02 12:00', goesTo('factory', 'early')])]
  test('the clock of a step follows the new hours from then on, and keeps what was spent', () => {
    expect(latest(history, 'step:cause', '2026-03-02 12:00')).toMatchObject({ openSpentMs: 3 * hour, dueAt: at('2026-03-03 09:00') })
    expect(latest(history, 'step:cause', '2026-03-02 18:00').openSpentMs).toBe(5 * hour)
  })
  test('a clock that counts the company’s hours does not notice', () => {
    expect(latest(history, 'resolve', '2026-03-02 12:00').dueAt).toEqual(at('2026-03-06 17:00'))
  })
  test('a step that is entered again has a clock of its own; one that was not left is not met', () => {
    const again = [
      ...history,
      ...log(['2026-03-03 08:00', leaves('cause')], ['2026-03-04 06:00', enters('cause')], ['2026-03-05 06:00', enters('cause')]),
    ]
    expect(latest(again, 'step:cause', '2026-03-05 06:00')).toMatchObject({ round: 3, dueAt: at('2026-03-05 14:00') })
  })
})

describe('pauses', () => {
  const { latest, read } = world(
    hours,
    terms('a', target('resolve', workingHours(8)), target('first-response', workingHours(4), { pauses: 'never' })),
    terms('capped', target('resolve', workingHours(8), { cap: calendarDays(3) })),
    terms('days', target('resolve', days(2))),
    terms('calendar', target('resolve', calendarDays(2))),
  )
  test('a target that allows none runs on', () => {
    const history = [...start('a'), ...log(['2026-03-02 10:00', waits('customer')])]
    expect(latest(history, 'first-response', '2026-03-02 12:00')).toMatchObject({
      state: 'running',
      pausedFor: null,
      pausedMs: 0,
      dueAt: at('2026-03-02 13:00'),
    })
  })
  test('two reasons at once are one pause, until both are over', () => {
    const history = [
      ...start('a'),
      ...log(['2026-03-02 10:00', waits('parts')], ['2026-03-02 11:00', waits('customer')], ['2026-03-02 12:00', goesOn('parts')]),
    ]
    expect(latest(history, 'resolve', '2026-03-02 13:00')).toMatchObject({ state: 'paused', pausedFor: 'customer', pausedMs: 3 * hour })
    expect(latest([...history, ...log(['2026-03-02 14:00', goesOn('customer')])], 'resolve', '2026-03-02 14:00')).toMatchObject({
      state: 'running',
      dueAt: at('2026-03-03 13:00'),
    })
  })
  test('a wait that was begun twice ends as it was begun first', () => {
    const history = [
      ...start('a'),
      ...log(
        ['2026-03-02 10:00', waits('x', 'customer-message')],
        ['2026-03-02 10:30', waits('x')],
        ['2026-03-02 11:00', 'customer-message'],
      ),
    ]
    expect(latest(history, 'resolve', '2026-03-02 12:00').state).toBe('running')
  })
  test('a cap holds whatever was paused, also while it is', () => {
    const history = [...start('capped'), ...log(['2026-03-02 10:00', waits('customer')])]
    const reading = latest(history, 'resolve', '2026-03-03 09:00')
    expect(reading).toMatchObject({ state: 'paused', dueAt: at('2026-03-06 00:00'), dueIfResumed: at('2026-03-03 16:00') })
    expect(nextMoment([reading], [], at('2026-03-03 09:00'))).toMatchObject({ what: 'warned' })
    expect(latest(history, 'resolve', '2026-03-06 00:00').state).toBe('breached')
  })
  test('days that end in a pause do not count: a pause at noon moves nothing, one over the close a day', () => {
    const held = (from: string, to: string) => [...start('days'), ...log([from, waits('customer')], [to, goesOn()])]
    const due = (from: string, to: string) => latest(held(from, to), 'resolve', '2026-03-04 09:00').dueDay
    expect(due('2026-03-03 11:00', '2026-03-03 13:00')).toBe('2026-03-04')
    expect(due('2026-03-03 16:00', '2026-03-04 09:00')).toBe('2026-03-05')
    // A pause that begins at the close comes after the day, one that ends at it covers the day.
    expect(due('2026-03-03 17:00', '2026-03-04 09:00')).toBe('2026-03-04')
    expect(due('2026-03-03 11:00', '2026-03-03 17:00')).toBe('2026-03-05')
    const calendar = [...start('calendar'), ...log(['2026-03-03 11:00', waits('customer')], ['2026-03-04 00:00', goesOn()])]
    expect(latest(calendar, 'resolve', '2026-03-04 09:00')).toMatchObject({ dueDay: '2026-03-05', dueAt: at('2026-03-06 00:00') })
  })
  test('solving ends every wait', () => {
    const history = [
      ...start('a'),
      ...log(['2026-03-02 10:00', waits('parts')], ['2026-03-02 12:00', 'resolved'], ['2026-03-03 09:00', 'reopened']),
    ]
    expect(latest(history, 'resolve', '2026-03-03 09:00').state).toBe('running')
    expect(read(history, '2026-03-03 09:00').every(({ pausedFor }) => pausedFor === null)).toBe(true)
  })
})

describe('days', () => {
  const { latest } = world(
    hours,
    terms('three', target('resolve', days(3), { hours: 'company' })),
    terms('weeks', target('resolve', { unit: 'calendar-weeks', amount: 8 }, { hours: 'company' })),
  )
  test('the day of receipt does not count, nor do weekends and holidays; the last ends with its close', () => {
    // Thursday before Easter 2026; Good Friday is closed, the wall shows summer time.
    expect(latest(start('three', '2026-04-02 10:00', 'london'), 'resolve', '2026-04-02 10:00')).toMatchObject({
      dueDay: '2026-04-08',
      dueAt: at('2026-04-08 16:00'),
    })
    expect(latest(start('three', '2026-04-04 10:00', 'london'), 'resolve', '2026-04-04 10:00').dueDay).toBe('2026-04-08')
  })
  test('weeks end with the last instant of their day on the wall', () => {
    expect(latest(start('weeks', '2026-03-02 23:30', 'london'), 'resolve', '2026-03-02 23:30')).toMatchObject({
      dueDay: '2026-04-27',
      dueAt: at('2026-04-27T23:00:00Z'),
    })
  })
})
