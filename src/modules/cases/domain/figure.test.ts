import { describe, expect, test } from 'vitest'
import type { Case } from './case.ts'
import { type CaseEvent, type CaseRecord, happened } from './event.ts'
import { type CompanyDays, dayAfter, daysBetween, figureOf, nextCheck } from './figure.ts'
import { fold } from './fold.ts'
import { shippedOf } from './shipped.ts'

const at = (text: string) => new Date(`${text}Z`)
const process = shippedOf('complaint')
/** Closed on Saturdays and Sundays, and on 1 May. */
const company: CompanyDays = {
  dayOf: (moment) => moment.toISOString().slice(0, 10),
  isBusinessDay: (day) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()) && day !== '2026-05-01',
  checkDays: [90, 30, 60],
}

const record: CaseRecord = {
  ...{ subject: 'Broken', description: 'x', channel: 'phone', language: null, category: 'freight', reason: 'damage' },
  ...{ dissatisfaction: 'unreliable', mood: null, severity: 3, complainant: null, accessibility: null, target: null, demand: null },
  ...{ orderId: null, productCode: 'P-1', receivedAt: at('2026-04-28T10:00:00'), fileIds: [] },
}

/** Events at moments, by the name and what they say; the first opens the case. */
function story(...told: readonly (readonly [string, ReturnType<typeof happened>])[]): Case {
  const first = happened('opened', {
    ...{ kind: 'complaint', process: { key: 'complaint', version: 1 }, step: 'record', number: '2026-000001', record, policy: null },
    ...{ ownerId: 'ada', departmentId: null, repeatOf: null, proactive: false, from: null, regimes: [] },
  } as never)
  const events = [['2026-04-28T10:05:00', first] as const, ...told].map(
    ([when, event], i) => ({ ...event, seq: i + 1, at: at(when), by: 'ada' }) as CaseEvent,
  )
  return fold(process, events)
}

const acknowledged = happened('acknowledged', { text: 'x', sent: 'hand', answerBy: null })
const closed = happened('closed', { costMinor: 0 })
const resolved = happened('resolved', { outcome: null })

describe('the figure of a case', () => {
  test('counts speed from the receipt, not from when it was written down, by the first answer of whatever kind', () => {
    const one = story(
      ['2026-04-28T11:00:00', happened('told', { text: 'x', channel: 'phone', escalationRoute: null })],
      ['2026-04-28T12:00:00', acknowledged],
      ['2026-04-29T10:00:00', resolved],
    )
    expect(figureOf(one, true, company)).toMatchObject({
      answerSeconds: 3600,
      settleSeconds: 86_400,
      closedOn: '2026-04-29',
      closing: 'three-days',
      receivedOn: '2026-04-28',
    })
  })

  test('says that nothing was answered or settled as nothing, not as 0', () => {
    expect(figureOf(story(), true, company)).toMatchObject({ answerSeconds: null, settleSeconds: null, closedOn: null, check: null })
  })

  test('keeps that it was opened again, though it is not settled any more', () => {
    const one = story(['2026-04-29T10:00:00', resolved], ['2026-05-02T10:00:00', happened('reopened', { to: 'record', reason: 'x' })])
    expect(figureOf(one, true, company)).toMatchObject({ settleSeconds: null, reopened: 1 })
  })

  test.each([
    // 28 April 2026 is a Tuesday; Friday is a holiday.
    ['2026-04-28T18:00:00', 'three-days'],
    ['2026-04-30T18:00:00', 'three-days'],
    // The holiday itself is the third day after two business days; the Saturday behind it counts as one more beginning day.
    ['2026-05-01T18:00:00', 'three-days'],
    ['2026-05-04T18:00:00', 'three-days'],
    ['2026-05-05T18:00:00', 'eight-weeks'],
    ['2026-06-23T18:00:00', 'eight-weeks'],
    ['2026-06-24T18:00:00', 'later'],
  ])('closed on %s is counted as %s', (when, band) => {
    expect(figureOf(story([when, closed]), true, company).closing).toBe(band)
  })

  test('what was settled in time and is looked at for months afterwards was closed in time, as supervisors count', () => {
    const one = story(['2026-04-29T18:00:00', resolved], ['2026-08-30T18:00:00', closed])
    expect(figureOf(one, true, company)).toMatchObject({ closedOn: '2026-04-29', closing: 'three-days' })
    const again = story(['2026-04-29T18:00:00', resolved], ['2026-05-30T18:00:00', happened('reopened', { to: 'record', reason: 'x' })])
    expect(figureOf(again, true, company)).toMatchObject({ closedOn: null, closing: null })
  })

  test('whoever closes on the Saturday after the third business day is late', () => {
    const thursday = { ...record, extra: null, receivedAt: at('2026-05-12T10:00:00') }
    const one = { ...story(['2026-05-16T09:00:00', closed]), record: thursday }
    expect(figureOf(one, true, company).closing).toBe('eight-weeks')
    expect(figureOf({ ...one, closedAt: at('2026-05-15T09:00:00') }, true, company).closing).toBe('three-days')
  })

  test('tells goodwill from what was owed, and counts the cause by its id, else by its field', () => {
    const cause = { causeId: null, text: 'x', field: 'method', whys: [], occurrence: null, escape: null, evidence: [] } as const
    const remedies = [
      { kind: 'exchange', text: null, amountMinor: 5_000 },
      { kind: 'goodwill', text: null, amountMinor: 700 },
    ] as const
    const one = story(
      ['2026-04-28T11:00:00', happened('interim-remedy', { text: 'x', amountMinor: 300 })],
      ['2026-04-28T12:00:00', happened('cause-found', cause)],
      ['2026-04-28T13:00:00', happened('proposed', { remedies, reason: 'x', preventive: null, feasible: null })],
      ['2026-04-28T13:30:00', happened('instructed', { decision: 'approved', remedies: null, recovery: null, note: null })],
      ['2026-04-28T14:00:00', happened('noted', { text: 'x', fileIds: [], minutes: 25 })],
    )
    expect(figureOf(one, true, company)).toMatchObject({ remedyMinor: 6_000, goodwillMinor: 1_000, cause: 'method', minutes: 25 })
  })
})

describe('the next check', () => {
  const executed = happened('executed', { note: 'x', fileIds: [], accepted: null })
  const checked = (days: number, verdict: 'effective' | 'too-little-data' | 'not-effective' | 'too-early') =>
    happened('effectiveness-checked', { days, verdict, before: null, after: null, note: null })

  test('is the first that was not made, in order, also after the case was closed', () => {
    const one = story(['2026-05-01T10:00:00', executed])
    expect(nextCheck(one, company)).toEqual({ on: '2026-05-31', days: 30 })
    expect(
      nextCheck(
        story(['2026-05-01T10:00:00', executed], ['2026-05-31T10:00:00', checked(30, 'effective')], ['2026-05-31T10:00:00', closed]),
        company,
      ),
    ).toEqual({
      on: '2026-06-30',
      days: 60,
    })
  })
  test('is none before the execution, after the last, and of what was withdrawn', () => {
    expect(nextCheck(story(), company)).toBeNull()
    expect(nextCheck(story(['2026-05-01T10:00:00', executed], ['2026-08-01T10:00:00', checked(90, 'effective')]), company)).toBeNull()
    expect(
      nextCheck(story(['2026-05-01T10:00:00', executed], ['2026-05-02T10:00:00', happened('withdrawn', { reason: 'x' })]), company),
    ).toBeNull()
  })
  test('is not made by whoever finds it too early', () => {
    const one = story(['2026-05-01T10:00:00', executed], ['2026-05-02T10:00:00', checked(90, 'too-early')])
    expect(nextCheck(one, company)).toEqual({ on: '2026-05-31', days: 30 })
  })
  test('is asked only where the process asks for it', () => {
    expect(figureOf(story(['2026-05-01T10:00:00', executed]), false, company).check).toBeNull()
  })
})

test('days are counted across months and years', () => {
  expect(dayAfter('2026-12-31', 1)).toBe('2027-01-01')
  expect(dayAfter('2026-03-01', -1)).toBe('2026-02-28')
  expect(daysBetween('2026-02-28', '2026-03-02')).toBe(2)
})
