import { describe, expect, test } from 'vitest'
import { at, days, hour, log, nineToFive, start, target, terms, workingHours, world } from '#test/clocks-cases.ts'

// What was decided about the starts and ends of clocks, each decision once. 2 March 2026 is a Monday.

const hours = { office: nineToFive }

describe('the end of a clock', () => {
  const { latest } = world(
    hours,
    terms('a', target('first-response', workingHours(4)), target('acknowledge', workingHours(1)), target('close', workingHours(40))),
  )
  const ended = (kind: 'acknowledged' | 'responded' | 'resolved' | 'closed', when: string) => {
    const clock = (key: string) => latest([...start('a'), ...log([when, kind])], key, '2026-03-20 09:00')
    return { first: clock('first-response'), acknowledged: clock('acknowledge'), closed: clock('close') }
  }
  test('at the very instant of the due time is in time; a millisecond later is not', () => {
    expect(ended('responded', '2026-03-02 13:00').first).toMatchObject({ state: 'met', breachedAt: null, metAt: at('2026-03-02 13:00') })
    expect(ended('responded', '2026-03-02T13:00:00.001').first).toMatchObject({ state: 'breached', breachedAt: at('2026-03-02 13:00') })
    expect(latest(start('a'), 'first-response', '2026-03-02 13:00').state).toBe('breached')
    expect(latest(start('a'), 'first-response', '2026-03-02T12:59:59.999').state).toBe('running')
  })
  test('an answer outside of working hours counts when it is given, and costs no working time', () => {
    const history = [...start('a', '2026-03-02 16:00'), ...log(['2026-03-02 22:15', 'responded'])]
    expect(latest(history, 'first-response', '2026-03-03 12:00')).toMatchObject({
      state: 'met',
      metAt: at('2026-03-02 22:15'),
      openSpentMs: hour,
    })
  })
  test('who answers has acknowledged, who solves has answered, who closes has solved', () => {
    expect(ended('acknowledged', '2026-03-02 09:30')).toMatchObject({
      acknowledged: { state: 'met' },
      first: { state: 'breached', metAt: null },
    })
    expect(ended('responded', '2026-03-02 09:30')).toMatchObject({
      acknowledged: { state: 'met' },
      first: { state: 'met' },
      closed: { metAt: null },
    })
    expect(ended('resolved', '2026-03-02 09:30')).toMatchObject({
      acknowledged: { state: 'met' },
      first: { state: 'met' },
      closed: { metAt: null },
    })
    expect(ended('closed', '2026-03-02 09:30')).toMatchObject({ first: { state: 'met' }, closed: { state: 'met' } })
  })
  test('what was withdrawn is cancelled the same moment, and starts anew when it is reopened', () => {
    const history = [...start('a'), ...log(['2026-03-02 10:00', 'withdrawn'], ['2026-03-03 11:00', 'reopened'])]
    expect(latest(history, 'first-response', '2026-03-02 10:00')).toMatchObject({
      state: 'cancelled',
      cancelledAt: at('2026-03-02 10:00'),
      cancelledBy: 'withdrawn',
    })
    expect(latest(history, 'first-response', '2026-03-03 11:00')).toMatchObject({
      state: 'running',
      round: 2,
      dueAt: at('2026-03-03 15:00'),
    })
  })
})

describe('reopening', () => {
  const { read, latest } = world(
    hours,
    terms('anew', target('resolve', workingHours(8)), target('next-response', workingHours(1))),
    terms('on', target('resolve', workingHours(8), { reopening: 'goes-on' })),
    terms('strict', target('resolve', workingHours(8), { reopening: 'goes-on', pauses: 'never' })),
  )
  const reopened = (key: string, solved: string, again: string) => [...start(key), ...log([solved, 'resolved'], [again, 'reopened'])]
  test('starts a new clock, and the first breach stays on the record', () => {
    const readings = read(reopened('anew', '2026-03-03 10:00', '2026-03-05 09:00'), '2026-03-05 10:00').filter(
      ({ key }) => key === 'resolve',
    )
    expect(readings).toMatchObject([
      { round: 1, state: 'breached', breachedAt: at('2026-03-02 17:00'), metAt: at('2026-03-03 10:00'), isLatest: false },
      { round: 2, state: 'running', startedBy: 'reopened', dueAt: at('2026-03-05 17:00'), isLatest: true },
    ])
  })
  test('or lets it go on where it stood', () => {
    const history = reopened('on', '2026-03-02 11:00', '2026-03-04 09:00')
    expect(latest(history, 'resolve', '2026-03-03 09:00').state).toBe('met')
    expect(latest(history, 'resolve', '2026-03-04 09:00')).toMatchObject({
      state: 'running',
      round: 1,
      metAt: null,
      dueAt: at('2026-03-04 15:00'),
    })
  })
  test('or as if it had never been solved; what fell due meanwhile is late from the reopening', () => {
    const history = reopened('strict', '2026-03-02 11:00', '2026-03-04 09:00')
    expect(latest(history, 'resolve', '2026-03-04 09:00')).toMatchObject({
      state: 'breached',
      dueAt: at('2026-03-02 17:00'),
      breachedAt: at('2026-03-04 09:00'),
    })
    expect(latest(history, 'resolve', '2026-03-03 09:00').breachedAt).toBeNull()
  })
  test('what the customer wrote to a solved case wants an answer from the reopening', () => {
    const history = [
      ...start('anew'),
      ...log(['2026-03-02 10:00', 'resolved'], ['2026-03-02 16:00', 'customer-message'], ['2026-03-03 10:00', 'reopened']),
    ]
    expect(latest(history, 'next-response', '2026-03-03 10:00').startedAt).toEqual(at('2026-03-03 10:00'))
    const answered = [
      ...start('anew'),
      ...log(
        ['2026-03-02 10:00', 'resolved'],
        ['2026-03-02 16:00', 'customer-message'],
        ['2026-03-02 16:10', 'responded'],
        ['2026-03-03 10:00', 'reopened'],
      ),
    ]
    expect(latest(answered, 'next-response', '2026-03-03 10:00').round).toBe(1)
  })
})

test('without a clock for the first answer, that of the next one begins with the receipt', () => {
  const { latest } = world(hours, terms('next', target('next-response', workingHours(2))))
  expect(latest(start('next'), 'next-response', '2026-03-02 09:00').dueAt).toEqual(at('2026-03-02 11:00'))
})

describe('a chance', () => {
  const { latest } = world(hours, terms('a', target('resolve', days(3), { missing: 'lapse' })))
  test('that is missed lapses: no breach, no escalation', () => {
    expect(latest(start('a'), 'resolve', '2026-03-06 09:00')).toMatchObject({
      state: 'cancelled',
      cancelledBy: 'lapsed',
      cancelledAt: at('2026-03-05 17:00'),
      breachedAt: null,
      escalateAt: null,
      next: null,
    })
    expect(latest([...start('a'), ...log(['2026-03-05 17:00', 'resolved'])], 'resolve', '2026-03-06 09:00').state).toBe('met')
  })
})
