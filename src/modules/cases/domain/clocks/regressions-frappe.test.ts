import { describe, expect, test } from 'vitest'
import {
  at,
  day,
  goesOn,
  goesTo,
  hour,
  log,
  nineToFive,
  office,
  takes,
  target,
  terms,
  waits,
  workingHours,
  works,
  world,
} from '#test/clocks-cases.ts'
import { nextMoment } from './agenda.ts'
import { type Alert, digest } from './digest.ts'
import { stalledIn } from './stalled.ts'

// What went wrong elsewhere, each as its users told it, must not go wrong here. 2 March 2026 is a Monday.

describe('Frappe Helpdesk and ERPNext', () => {
  const hours = { office: nineToFive, lunch: office(day([9, 13], [14, 18])) }
  const resolve = target('resolve', workingHours(8))
  const { latest, read, calendarFor } = world(
    hours,
    terms('gold', resolve),
    terms('Issue-1', target('resolve', { unit: 'working-minutes', amount: 45 })),
  )
  const start = (when: string, calendar = 'office', key = 'gold') => log([when, works(calendar)], [when, takes(key)], [when, 'received'])

  test('helpdesk #1554: a pause pauses, and what is left afterwards is what was left before', () => {
    const paused = [...start('2026-03-02 09:00'), ...log(['2026-03-02 11:00', waits('customer')])]
    expect(latest(paused, 'resolve', '2026-03-02 15:00')).toMatchObject({
      state: 'paused',
      pausedFor: 'customer',
      dueAt: null,
      openSpentMs: 2 * hour,
      pausedMs: 4 * hour,
      dueIfResumed: at('2026-03-03 13:00'),
    })
    const resumed = [...paused, ...log(['2026-03-02 15:00', goesOn('customer')])]
    expect(latest(resumed, 'resolve', '2026-03-02 16:00')).toMatchObject({ state: 'running', dueAt: at('2026-03-03 13:00') })
  })
  test('helpdesk #2212, #1528: lunch does not count', () => {
    expect(latest(start('2026-03-02 13:15', 'lunch', 'Issue-1'), 'resolve', '2026-03-02 13:30').dueAt).toEqual(at('2026-03-02 14:45'))
  })
  test('helpdesk #2405: times are what was set, under any name', () => {
    expect(latest(start('2026-03-02 09:00', 'office', 'Issue-1'), 'resolve', '2026-03-02 09:00')).toMatchObject({
      dueAt: at('2026-03-02 09:45'),
      terms: { name: 'Issue-1' },
    })
  })
  describe.each(['#47029', '#47172', '#47884', '#49414'])('erpnext PR %s', () => {
    test('a hold outside of working hours moves nothing', () => {
      const held = [...start('2026-03-02 10:00'), ...log(['2026-03-02 17:00', waits('parts')], ['2026-03-03 09:00', goesOn()])]
      expect(latest(held, 'resolve', '2026-03-03 09:30')).toMatchObject({ dueAt: at('2026-03-03 10:00'), pausedMs: 0 })
    })
    test('a hold across the night moves by its working time only', () => {
      const held = [...start('2026-03-02 10:00'), ...log(['2026-03-02 16:00', waits('parts')], ['2026-03-03 10:00', goesOn()])]
      expect(latest(held, 'resolve', '2026-03-03 11:00')).toMatchObject({ dueAt: at('2026-03-03 12:00'), pausedMs: 2 * hour })
    })
    test('nor is it counted twice', () => {
      const held = [
        ...start('2026-03-02 10:00'),
        ...log(['2026-03-02 16:00', waits('parts')], ['2026-03-02 16:30', waits('customer')], ['2026-03-03 10:00', goesOn()]),
      ]
      expect(latest(held, 'resolve', '2026-03-03 11:00').pausedMs).toBe(2 * hour)
    })
  })
  test('helpdesk PR #2449: a case received at a weekend and held over it begins on Monday', () => {
    const held = [...start('2026-03-07 10:00'), ...log(['2026-03-07 11:00', waits('customer')], ['2026-03-08 18:00', goesOn()])]
    expect(latest(held, 'resolve', '2026-03-09 09:00').dueAt).toEqual(at('2026-03-09 17:00'))
  })
  test('helpdesk #3279: a failed time is found without anybody touching the case', () => {
    const history = start('2026-03-02 09:00')
    const woken = nextMoment(read(history, '2026-03-02 16:00'), [], at('2026-03-02 16:00'))
    expect(woken).toMatchObject({ at: at('2026-03-02 17:00'), what: 'breached' })
    expect(latest(history, 'resolve', '2026-03-02 17:00').state).toBe('breached')
  })
  test('helpdesk #1598: a case may have no targets at all', () => {
    expect(read(log(['2026-03-02 09:00', 'received']), '2026-03-03 09:00')).toEqual([])
  })
  test('helpdesk #2967: five thousand cases are one message for each person', () => {
    const alerts = Array.from(
      { length: 5000 },
      (_, i): Alert => ({
        recipient: i % 2 ? 'ann' : 'bob',
        caseId: String(i),
        clock: 'c',
        what: i % 3 ? 'warned' : 'breached',
        at: at('2026-03-02 10:00'),
        dueAt: at('2026-03-02 10:00'),
      }),
    )
    const [ann, bob, ...others] = digest(alerts, () => null, at('2026-03-02 10:00'), 20)
    expect(others).toEqual([])
    expect(ann).toMatchObject({ recipient: 'ann', more: 2480, counts: { breached: 833, warned: 1667 } })
    expect(bob!.alerts).toHaveLength(20)
  })
  test('helpdesk #3778: the longest overdue come first', () => {
    const alert = (caseId: string, what: Alert['what'], due: string): Alert => ({
      recipient: 'ann',
      caseId,
      clock: 'c',
      what,
      at: at(due),
      dueAt: at(due),
    })
    const [ann] = digest(
      [alert('a', 'warned', '2026-03-01 09:00'), alert('b', 'breached', '2026-02-27 09:00'), alert('c', 'breached', '2026-02-20 09:00')],
      () => null,
      at('2026-03-02 10:00'),
      20,
    )
    expect(ann!.alerts.map(({ caseId }) => caseId)).toEqual(['c', 'b', 'a'])
  })
  test('helpdesk #3182: what waits, is quiet or is sent about does not vanish until a customer complains', () => {
    const patience = { waitingMinutes: 3 * 480, quietMinutes: 5 * 480, handOvers: 3 }
    const paused = [...start('2026-03-02 09:00'), ...log(['2026-03-02 11:00', waits('parts')])]
    expect(nextMoment(read(paused, '2026-03-02 12:00'), [], at('2026-03-02 12:00'))).toBeNull()
    const stalled = stalledIn(paused, patience, calendarFor, at('2026-03-02 12:00'))
    expect(stalled).toEqual([
      { what: 'waiting-long', since: at('2026-03-02 11:00'), at: at('2026-03-05 11:00'), reason: 'parts' },
      { what: 'quiet', since: at('2026-03-02 11:00'), at: at('2026-03-09 11:00'), reason: null },
    ])
    expect(nextMoment(read(paused, '2026-03-02 12:00'), stalled, at('2026-03-02 12:00'))).toEqual({
      at: at('2026-03-05 11:00'),
      what: 'stalled',
      reading: null,
    })
    const sentAbout = [
      ...paused,
      ...log(
        ['2026-03-02 12:00', goesTo('sales', 'office')],
        ['2026-03-02 13:00', goesTo('repair', 'office')],
        ['2026-03-02 14:00', goesTo('sales', 'office')],
        ['2026-03-02 15:00', goesTo('freight', 'office')],
      ),
    ]
    expect(stalledIn(sentAbout, patience, calendarFor, at('2026-03-02 16:00')).at(-1)).toMatchObject({
      what: 'handed-about',
      at: at('2026-03-02 15:00'),
    })
    expect(stalledIn([...sentAbout, ...log(['2026-03-02 16:00', 'resolved'])], patience, calendarFor, at('2026-03-20 16:00'))).toEqual([])
  })
})
