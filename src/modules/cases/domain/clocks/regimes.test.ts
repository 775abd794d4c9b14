import { describe, expect, test } from 'vitest'
import { at, day, type Line, log, office, takes, target, waits, works, world } from '#test/clocks-cases.ts'
import { keptUntil, regimes } from './regimes.ts'
import { targetProblems } from './target.ts'

// Bank holidays of England and days off of China, New York without any.
const bankHolidays = ['2026-04-03', '2026-04-06', '2026-05-04', '2026-05-25'].map((on) => ({
  day: on,
  name: 'Bank holiday',
  intervals: [],
}))
const { latest } = world(
  {
    england: office(day([9, 17]), 'Europe/London', bankHolidays),
    'new-york': office(day([9, 17]), 'America/New_York'),
    china: office(day([9, 12], [13.5, 18]), 'Asia/Shanghai'),
    taiwan: office(day([9, 18]), 'Asia/Taipei'),
  },
  ...regimes.map(({ terms }) => terms),
)
const under = (regime: string, calendar: string, received: string, ...more: readonly Line[]) =>
  log(
    [received, works(calendar)],
    [received, takes(`regime:${regime}`, 'from-the-beginning', `regime:${regime}`)],
    [received, 'received'],
    ...more,
  )
const extends_ = (regime: string, clock: string, extension: string) =>
  ({ kind: 'extended', slot: `regime:${regime}`, target: `regime:${regime}:${clock}`, extension }) as const

test('every regime is well formed, and says of each figure whether it stands in the rule', () => {
  for (const { key, terms, figures, source } of regimes) {
    expect(targetProblems(terms.targets), key).toEqual([])
    const named = terms.targets.flatMap((one) => [one.key, ...one.extensions.map((longer) => `${one.key}/${longer.key}`)])
    expect(Object.keys(figures).toSorted(), key).toEqual(named.toSorted())
    expect(terms.source).toBe(source ? 'regime' : 'policy')
    expect(terms.targets.every((one) => one.pauses === 'never' && one.key.startsWith(`regime:${key}:`))).toBe(true)
  }
  expect(new Set(regimes.map(({ key }) => key)).size).toBe(regimes.length)
})

describe('UK, DISP 1', () => {
  const received = '2026-04-02T15:00+01:00'
  const clock = (history: ReturnType<typeof under>, name: string, now = received) => latest(history, `regime:uk-fca:${name}`, now)
  test('resolved by the close of the third business day after receipt: the short way', () => {
    const history = under('uk-fca', 'england', received)
    expect(clock(history, 'summary-resolution')).toMatchObject({ dueDay: '2026-04-09', dueAt: at('2026-04-09T17:00+01:00') })
    const resolved = [...history, ...log(['2026-04-09T16:59+01:00', 'resolved'])]
    expect(clock(resolved, 'summary-resolution', '2026-05-01 09:00').state).toBe('met')
    expect(clock(history, 'summary-resolution', '2026-05-01 09:00')).toMatchObject({ state: 'cancelled', cancelledBy: 'lapsed' })
  })
  test('a final response by the end of eight weeks; why not yet, told in time, prevents the breach, and told late does not', () => {
    expect(clock(under('uk-fca', 'england', received), 'final-response')).toMatchObject({
      dueDay: '2026-05-28',
      dueAt: at('2026-05-29T00:00+01:00'),
    })
    const told = (when: string) => under('uk-fca', 'england', received, [when, extends_('uk-fca', 'final-response', 'why-not-yet')])
    expect(clock(told('2026-05-20 12:00'), 'final-response', '2026-06-10 12:00')).toMatchObject({ state: 'running', dueDay: '2026-06-25' })
    expect(clock(told('2026-05-30 12:00'), 'final-response', '2026-06-10 12:00')).toMatchObject({
      state: 'breached',
      breachedAt: at('2026-05-29T00:00+01:00'),
    })
  })
  test('the law does not wait for the customer', () => {
    const history = under('uk-fca', 'england', received, ['2026-04-03 09:00', waits('customer')])
    expect(clock(history, 'final-response', '2026-06-10 12:00').state).toBe('breached')
  })
  test('payments: fifteen business days, thirty-five after a holding reply, with a warning and an escalation for each', () => {
    const history = under('uk-payments', 'england', received, [
      '2026-04-26 12:00',
      extends_('uk-payments', 'final-response', 'holding-reply'),
    ])
    const reading = (now: string) => latest(history, 'regime:uk-payments:final-response', now)
    expect(reading('2026-04-26 11:00')).toMatchObject({ dueDay: '2026-04-27' })
    expect(reading('2026-04-26 12:00')).toMatchObject({ dueDay: '2026-05-27', state: 'running' })
    expect(reading('2026-05-27 12:00').happened.map(({ what }) => what)).toEqual(['warned', 'escalated', 'warned', 'escalated'])
  })
})

test('US, CFPB: fifteen calendar days, sixty once it says that it is in progress, both from when it was sent', () => {
  const received = '2026-03-01T20:00-05:00'
  const history = under('us-cfpb', 'new-york', received, ['2026-03-10 12:00', extends_('us-cfpb', 'response', 'in-progress')])
  // 8 March: summer time.
  expect(latest(history, 'regime:us-cfpb:response', received)).toMatchObject({ dueDay: '2026-03-16', dueAt: at('2026-03-17T00:00-04:00') })
  expect(latest(history, 'regime:us-cfpb:response', '2026-03-10 12:00').dueDay).toBe('2026-04-30')
})

describe('China, banks and insurers', () => {
  const received = '2026-02-10T10:00+08:00'
  const key = 'regime:cn-banking-insurance:decision'
  test('fifteen days, thirty where it is complex, thirty more with an approval, all from receipt', () => {
    const grant = (when: string, extension: string): Line => [when, extends_('cn-banking-insurance', 'decision', extension)]
    const history = under(
      'cn-banking-insurance',
      'china',
      received,
      grant('2026-02-20 02:00', 'complex'),
      grant('2026-03-10 02:00', 'approved'),
    )
    const due = (now: string) => latest(history, key, now).dueDay
    expect([due(received), due('2026-02-20 02:00'), due('2026-03-10 02:00')]).toEqual(['2026-02-25', '2026-03-12', '2026-04-11'])
  })
  test('withdrawal ends it the same day', () => {
    const history = under('cn-banking-insurance', 'china', received, ['2026-02-12T16:00+08:00', 'withdrawn'])
    expect(latest(history, key, '2026-03-30 09:00')).toMatchObject({
      state: 'cancelled',
      cancelledAt: at('2026-02-12T16:00+08:00'),
      happened: [],
    })
  })
})

test('G-25: feedback at three in the morning is taken in, and heard by a person within a day', () => {
  const history = under('feedback-24h', 'taiwan', '2026-03-07T03:00+08:00')
  const reading = latest(history, 'regime:feedback-24h:answer', '2026-03-07T03:00+08:00')
  expect(reading).toMatchObject({ state: 'running', dueAt: at('2026-03-08T03:00+08:00'), warnAt: at('2026-03-07T21:00+08:00') })
  // An automatic mail is no answer.
  const acknowledged = [...history, ...log(['2026-03-07T03:00+08:00', 'acknowledged'])]
  expect(latest(acknowledged, 'regime:feedback-24h:answer', '2026-03-08T03:00+08:00').state).toBe('breached')
  expect(
    latest([...history, ...log(['2026-03-07T20:00+08:00', 'responded'])], 'regime:feedback-24h:answer', '2026-03-09 09:00').state,
  ).toBe('met')
})

describe('keeping', () => {
  const rule = (years: number, from: 'received' | 'closed') => ({ years, from, figure: 'rule', by: 'law' }) as const
  test('the longest wins; nothing that counts from the closing ends before there is one', () => {
    expect(keptUntil([], '2026-03-01', null)).toBeNull()
    expect(keptUntil([rule(3, 'received')], '2026-03-01', null)).toBe('2029-03-01')
    expect(keptUntil([rule(3, 'received'), rule(3, 'closed')], '2026-03-01', '2026-05-02')).toBe('2029-05-02')
    expect(keptUntil([rule(5, 'received'), rule(3, 'closed')], '2026-03-01', '2026-05-02')).toBe('2031-03-01')
    expect(keptUntil([rule(5, 'received'), rule(3, 'closed')], '2026-03-01', null)).toBe('open')
    expect(keptUntil([rule(3, 'received')], '2028-02-29', null)).toBe('2031-03-01')
  })
  test('UK complaints at least three years from receipt', () => {
    const { retention } = regimes.find(({ key }) => key === 'uk-fca')!
    expect(keptUntil([retention!], '2026-04-02', '2026-04-09')).toBe('2029-04-02')
  })
})

test('targets that cannot be meant are named', () => {
  const good = target('resolve', { unit: 'business-days', amount: 5 })
  const bad = [
    { ...good, measure: { unit: 'business-days', amount: 0 } as const },
    { ...good, key: 'a', warnAtShare: 1 },
    { ...good, key: 'b', escalateAfter: { after: 'share', share: Number.NaN } as const },
    { ...good, key: 'c', measure: { unit: 'calendar-weeks', amount: 2 } as const, cap: { unit: 'calendar-days', amount: 13 } as const },
    { ...good, key: 'd', extensions: [{ key: 'x', measure: { unit: 'business-days', amount: 4 }, needs: 'reply' } as const] },
    { ...good, key: 'e', starts: { on: 'step-entered', step: 'x' } as const, ends: { on: 'step-left', step: 'y' } as const },
  ]
  expect(targetProblems([good, ...bad])).toEqual([
    { target: 'resolve', problem: 'key-twice' },
    { target: 'resolve', problem: 'amount' },
    { target: 'a', problem: 'warn-share' },
    { target: 'b', problem: 'escalation' },
    { target: 'c', problem: 'cap-shorter' },
    { target: 'd', problem: 'extension-shorter' },
    { target: 'e', problem: 'never-ends' },
  ])
})
