import { describe, expect, test } from 'vitest'
import { at, day, hour, log, nineToFive, office, takes, target, terms, workingHours, works, world } from '#test/clocks-cases.ts'
import { nextMoment } from './agenda.ts'
import { type Alert, digest } from './digest.ts'

// What went wrong elsewhere, each as its users told it, must not go wrong here. 2 March 2026 is a Monday.

describe('Zammad', () => {
  const both = terms('both', target('first-response', workingHours(4)), target('next-response', workingHours(1)))
  const { read, latest } = world({ office: nineToFive }, both, terms('first', target('first-response', workingHours(4))))
  const start = [
    ['2026-03-02 09:00', works('office')],
    ['2026-03-02 09:00', takes('both')],
    ['2026-03-02 09:00', 'received'],
  ] as const
  const next = (moments: Parameters<typeof read>[0], now: string) => nextMoment(read(moments, now), [], at(now))

  test('#5177: the time for the next answer does not overrule the time for the first', () => {
    const history = log(...start, ['2026-03-02 09:10', 'customer-message'])
    expect(latest(history, 'next-response', '2026-03-02 09:30').state).toBe('not-started')
    expect(latest(history, 'first-response', '2026-03-02 09:30').dueAt).toEqual(at('2026-03-02 13:00'))
  })
  test('#3140: nothing escalates because the customer does not answer', () => {
    const history = log(...start, ['2026-03-02 09:20', 'responded'])
    expect(next(history, '2026-03-02 09:20')).toBeNull()
    expect(read(history, '2027-03-02 09:00').flatMap(({ happened }) => happened)).toEqual([])
  })
  test('#2082: the moment of escalation follows the first answer, not the second', () => {
    const asked = log(...start, ['2026-03-02 09:20', 'responded'], ['2026-03-02 10:00', 'customer-message'])
    expect(next(log(...start), '2026-03-02 09:00')?.at).toEqual(at('2026-03-02 12:00'))
    expect(next(asked, '2026-03-02 10:00')?.at).toEqual(at('2026-03-02 10:45'))
    expect(next([...asked, ...log(['2026-03-02 10:10', 'responded'])], '2026-03-02 10:10')).toBeNull()
  })
  test('#3410: a wait goes from the earliest unanswered message to the earliest answer', () => {
    const history = log(
      ...start,
      ['2026-03-02 09:20', 'responded'],
      ['2026-03-02 10:00', 'customer-message'],
      ['2026-03-02 10:30', 'customer-message'],
      ['2026-03-02 10:40', 'responded'],
      ['2026-03-02 10:50', 'responded'],
    )
    expect(latest(history, 'next-response', '2026-03-02 12:00')).toMatchObject({
      state: 'met',
      startedAt: at('2026-03-02 10:00'),
      metAt: at('2026-03-02 10:40'),
      openSpentMs: (40 / 60) * hour,
    })
  })
  test('#5624: targets of the old terms do not stay behind when another group has others', () => {
    const history = log(
      ...start,
      ['2026-03-02 09:20', 'responded'],
      ['2026-03-02 10:00', 'customer-message'],
      ['2026-03-02 10:30', takes('first', 'from-then-on')],
    )
    expect(latest(history, 'next-response', '2026-03-02 10:30')).toMatchObject({
      state: 'cancelled',
      cancelledBy: 'terms-changed',
      dueAt: null,
    })
    expect(next(history, '2026-03-02 10:30')).toBeNull()
  })
  test('#904: a merged case does not escalate', () => {
    const history = log(
      ...start,
      ['2026-03-02 10:00', 'merged'],
      ['2026-03-02 11:00', 'customer-message'],
      ['2026-03-02 12:00', 'reopened'],
    )
    expect(read(history, '2026-03-05 09:00').map(({ state }) => state)).toEqual(['cancelled', 'not-started'])
    expect(read(history, '2026-03-05 09:00').flatMap(({ happened }) => happened)).toEqual([])
    expect(next(history, '2026-03-02 12:00')).toBeNull()
  })
  test('#4353: an escalated case leaves escalation when its terms are taken away', () => {
    const history = log(...start, ['2026-03-03 09:00', takes(null, 'from-then-on')])
    expect(latest(history, 'first-response', '2026-03-03 09:00')).toMatchObject({ state: 'cancelled', breachedAt: at('2026-03-02 13:00') })
    expect(next(history, '2026-03-03 09:00')).toBeNull()
  })
  test('#4432: nobody is reminded at midnight of what can wait for the morning', () => {
    const { calendarFor } = world({ office: nineToFive })
    const alert: Alert = {
      recipient: 'ann',
      caseId: '1',
      clock: 'c',
      what: 'breached',
      at: at('2026-03-07 00:00'),
      dueAt: at('2026-03-07 00:00'),
    }
    const send = (alerts: readonly Alert[]) => digest(alerts, () => calendarFor('office'), at('2026-03-07 00:00'), 20)[0]!.deliverAt
    expect(send([alert])).toEqual(at('2026-03-09 09:00'))
    expect(send([{ ...alert, what: 'warned', dueAt: at('2026-03-09 08:00') }])).toEqual(at('2026-03-07 00:00'))
  })
  test('#47: what customers have agreed counts in their own hours', () => {
    const own = terms('own', target('first-response', workingHours(4), { hours: 'customer' }))
    const hours = { office: nineToFive, taipei: office(day([9, 17]), 'Asia/Taipei') }
    const history = log(
      ['2026-03-02 09:00', works('office')],
      ['2026-03-02 09:00', { kind: 'calendar-changed', whose: 'customer', calendar: 'taipei' }],
      ['2026-03-02 09:00', takes('own')],
      ['2026-03-02 09:00', 'received'],
    )
    expect(world(hours, own).latest(history, 'first-response', '2026-03-02 09:00').dueAt).toEqual(at('2026-03-03T13:00+08:00'))
  })
})

describe('Chatwoot', () => {
  const { latest } = world(
    { office: nineToFive, split: office(day([8, 12], [13.5, 18])) },
    terms('team', target('first-response', workingHours(1)), target('next-response', workingHours(1))),
    terms('slow', target('first-response', workingHours(1)), target('next-response', workingHours(6))),
  )
  const start = (calendar: string, when: string) => log([when, works(calendar)], [when, takes('team')], [when, 'received'])

  test('#10178: the time for the next answer stops when the case is solved, and a last goodbye starts none', () => {
    const asked = [
      ...start('office', '2026-03-02 09:00'),
      ...log(['2026-03-02 09:30', 'responded'], ['2026-03-02 10:00', 'customer-message']),
    ]
    const solved = [...asked, ...log(['2026-03-02 10:10', 'resolved'], ['2026-03-02 10:11', 'customer-message'])]
    const reading = latest(solved, 'next-response', '2026-03-09 10:00')
    expect(reading).toMatchObject({ state: 'met', round: 1, metAt: at('2026-03-02 10:10'), openSpentMs: hour / 6, happened: [] })
  })
  test('#10178: the terms of a running case can be changed', () => {
    const history = [
      ...start('office', '2026-03-02 09:00'),
      ...log(
        ['2026-03-02 09:30', 'responded'],
        ['2026-03-02 10:00', 'customer-message'],
        ['2026-03-02 10:30', takes('slow', 'from-then-on')],
      ),
    ]
    expect(latest(history, 'next-response', '2026-03-02 10:30').dueAt).toEqual(at('2026-03-02 16:00'))
  })
  test('#14009: between two shifts nobody works', () => {
    const history = start('split', '2026-03-02 12:30')
    expect(latest(history, 'first-response', '2026-03-02 13:00')).toMatchObject({ openSpentMs: 0, dueAt: at('2026-03-02 14:30') })
  })
  test('PR #13392: Friday 16:30 and one hour is Monday 9:30', () => {
    expect(latest(start('office', '2026-03-06 16:30'), 'first-response', '2026-03-06 17:00').dueAt).toEqual(at('2026-03-09 09:30'))
  })
  test('PR #15024: what was missed does not grow after the solution', () => {
    const history = [...start('office', '2026-03-02 09:00'), ...log(['2026-03-02 12:00', 'resolved'])]
    const [soon, late] = ['2026-03-02 12:00', '2026-06-01 12:00'].map((now) => latest(history, 'first-response', now))
    expect(soon).toMatchObject({ state: 'breached', breachedAt: at('2026-03-02 10:00'), openSpentMs: 3 * hour })
    expect(late).toEqual(soon)
  })
  test('#6889: what waits too long reaches a manager', () => {
    expect(latest(start('office', '2026-03-02 09:00'), 'first-response', '2026-03-02 11:00').escalateAt).toEqual(at('2026-03-02 10:00'))
  })
})
