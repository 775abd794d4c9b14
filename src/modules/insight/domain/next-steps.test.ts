import { expect, test } from 'vitest'
import { nextSteps, type Situation, type ValuedSituation } from './next-steps.ts'

const now = new Date('2026-07-01T12:00:00Z')
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
const valued: ValuedSituation = {
  finishedAt: hoursAgo(10),
  asOfReason: 'today',
  newestOrderDay: '2026-06-30',
  buyers: 100,
  withoutMargin: 0,
  grade: 'B',
  releasable: 0,
  leaking: false,
}
const calm: Situation = {
  customers: 100,
  completenessPercent: 70,
  valuation: valued,
  valuationProblem: null,
  valuing: false,
  rejects: null,
  spendKnown: true,
  now,
}
const codes = (change: Partial<Situation>) => nextSteps({ ...calm, ...change }).map(({ code }) => code)

test('nothing to do where all is well, and nothing to say to an empty book', () => {
  expect(codes({})).toEqual([])
  expect(codes({ customers: 0, valuation: null, spendKnown: false })).toEqual([])
})

test.each([
  [{ rejects: { run: 'r', file: 'orders.csv', rows: 3 } }, 'rejected-rows'],
  [{ valuationProblem: 'The server was away' }, 'valuation-failed'],
  [{ valuation: null }, 'value-book'],
  [{ completenessPercent: 39.9 }, 'complete-archive'],
  [{ spendKnown: false }, 'enter-spend'],
  [{ valuation: { ...valued, buyers: 0 } }, 'import-orders'],
  [{ valuation: { ...valued, withoutMargin: 4 } }, 'set-margin'],
  [{ valuation: { ...valued, finishedAt: hoursAgo(51) } }, 'valuation-overdue'],
  [{ valuation: { ...valued, asOfReason: 'newest-order' } }, 'newer-orders'],
  [{ valuation: { ...valued, releasable: 2 } }, 'look-at-leads'],
  [{ valuation: { ...valued, grade: 'D' } }, 'poor-forecast'],
  [{ valuation: { ...valued, leaking: true } }, 'leaking'],
] satisfies [Partial<Situation>, string][])('%j asks to %s', (change, code) => expect(codes(change)).toEqual([code]))

test('what works already is not asked for', () => {
  expect(codes({ valuation: null, valuing: true })).toEqual([])
  expect(codes({ valuation: { ...valued, finishedAt: hoursAgo(80) }, valuing: true })).toEqual([])
  expect(codes({ valuation: { ...valued, finishedAt: hoursAgo(50) } })).toEqual([])
  expect(codes({ completenessPercent: 40 })).toEqual([])
})

test('whoever may not see values is not told about them', () =>
  expect(codes({ valuation: undefined, spendKnown: null, completenessPercent: null })).toEqual([]))

test('what is lost comes first', () =>
  expect(
    codes({
      spendKnown: false,
      completenessPercent: 1,
      rejects: { run: 'r', file: 'a.csv', rows: 1 },
      valuation: { ...valued, withoutMargin: 1, grade: 'D' },
    }),
  ).toEqual(['rejected-rows', 'set-margin', 'complete-archive', 'poor-forecast', 'enter-spend']))
