import { describe, expect, test } from 'vitest'
import {
  at,
  day,
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

// What went wrong elsewhere, each as its users told it, must not go wrong here. 2 March 2026 is a Monday.

describe('GLPI', () => {
  const { latest } = world(
    { office: nineToFive, long: office(day([8, 18])) },
    terms('low', target('resolve', workingHours(8))),
    terms('urgent', target('resolve', workingHours(4))),
    terms(
      'groups',
      target('group', workingHours(1), { starts: { on: 'department-changed' }, ends: { on: 'resolved' } }),
      target('resolve', workingHours(2)),
    ),
    terms('own', target('first-response', workingHours(4))),
  )

  test.each(['#6902', '#15605', 'PR #16383'])('%s: time on hold is not lost when the terms change', () => {
    const history = [
      ...start('low', '2026-03-02 09:00'),
      ...log(
        ['2026-03-02 10:00', waits('customer')],
        ['2026-03-02 12:00', takes('urgent', 'from-then-on')],
        ['2026-03-02 15:00', goesOn()],
      ),
    ]
    expect(latest(history, 'resolve', '2026-03-02 15:00')).toMatchObject({
      dueAt: at('2026-03-03 10:00'),
      openSpentMs: hour,
      pausedMs: 5 * hour,
    })
  })
  test('#1911: a group that takes over late has time of its own', () => {
    const history = [
      ...start('groups', '2026-03-02 09:00'),
      ...log(['2026-03-02 09:00', goesTo('G1', 'office')], ['2026-03-02 10:30', goesTo('G2', 'office')]),
    ]
    expect(latest(history, 'group', '2026-03-02 10:30')).toMatchObject({ round: 2, dueAt: at('2026-03-02 11:30') })
    expect(latest(history, 'resolve', '2026-03-02 10:30').dueAt).toEqual(at('2026-03-02 11:00'))
  })
  test('PR #22678: what comes an hour before the end comes on the calendar, not at midnight', () => {
    expect(latest(start('own', '2026-03-02 17:00', 'long'), 'first-response', '2026-03-02 17:00')).toMatchObject({
      warnAt: at('2026-03-03 10:00'),
      dueAt: at('2026-03-03 11:00'),
    })
  })
  test('PR #15948: the share that is used up stands still in a pause', () => {
    const history = [...start('urgent', '2026-03-02 09:00'), ...log(['2026-03-02 10:00', waits('customer')])]
    expect(latest(history, 'resolve', '2026-03-02 16:00').share).toBe(0.25)
  })
  test('#23359: the time between a solution and the reopening is no pause', () => {
    const history = [...start('low', '2026-03-02 09:00'), ...log(['2026-03-02 10:00', 'resolved'], ['2026-03-04 09:00', 'reopened'])]
    expect(latest(history, 'resolve', '2026-03-04 10:00')).toMatchObject({ round: 2, pausedMs: 0, openSpentMs: hour })
  })
})

describe('osTicket and FreeScout', () => {
  const { latest } = world(
    {
      office: nineToFive,
      tuesdays: { ...nineToFive, week: [[], day([8, 17]), [], [], [], [], []] },
      never: { ...nineToFive, week: [[], [], [], [], [], [], []] },
    },
    terms('eight', target('resolve', workingHours(8)), target('step:cause', workingHours(8))),
    terms('four', target('first-response', workingHours(4))),
  )

  test.each(['#1168', '#2131', '#4166'])('osTicket %s: only working hours count, not the night and not the weekend', () => {
    expect(latest(start('eight', '2026-03-06 16:00'), 'resolve', '2026-03-07 12:00')).toMatchObject({
      state: 'running',
      openSpentMs: hour,
      dueAt: at('2026-03-09 16:00'),
    })
  })
  test('osTicket #4166: the hours of the department count from when it has the case', () => {
    const history = [
      ...start('eight', '2026-03-02 09:00'),
      ...log(['2026-03-02 09:00', enters('cause')], ['2026-03-02 13:00', goesTo('freight', 'tuesdays')]),
    ]
    expect(latest(history, 'step:cause', '2026-03-02 13:00').dueAt).toEqual(at('2026-03-03 12:00'))
    const left = [...history, ...log(['2026-03-03 09:00', leaves('cause')])]
    expect(latest(left, 'step:cause', '2026-03-04 09:00')).toMatchObject({ state: 'met', openSpentMs: 5 * hour })
  })
  test('osTicket #6739: a week may have one day', () => {
    expect(latest(start('eight', '2026-03-03 10:00', 'tuesdays'), 'resolve', '2026-03-03 10:00').dueAt).toEqual(at('2026-03-10 09:00'))
  })
  test('osTicket PR #4807: where nobody ever works nothing is ever due, and the reading says so', () => {
    expect(latest(start('eight', '2026-03-03 10:00', 'never'), 'resolve', '2026-03-03 10:00')).toMatchObject({
      state: 'running',
      dueAt: null,
      next: null,
    })
  })
  test('osTicket #1684: who waits for the customer is not overdue', () => {
    const history = [
      ...start('eight', '2026-03-02 09:00'),
      ...log(['2026-03-02 10:00', 'responded'], ['2026-03-02 10:00', waits('customer', 'customer-message')]),
    ]
    expect(latest(history, 'resolve', '2026-04-02 09:00')).toMatchObject({ state: 'paused', breachedAt: null })
    const written = [...history, ...log(['2026-04-02 09:00', 'customer-message'])]
    expect(latest(written, 'resolve', '2026-04-02 09:00')).toMatchObject({ state: 'running', dueAt: at('2026-04-02 16:00') })
  })
  test('FreeScout #3756: four hours from 16:00 are over at 12:00 of the next working day', () => {
    expect(latest(start('four', '2026-03-02 16:00'), 'first-response', '2026-03-02 16:00').dueAt).toEqual(at('2026-03-03 12:00'))
  })
})
