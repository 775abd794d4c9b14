import fc from 'fast-check'
import { expect, test } from 'vitest'
import { closingBand, type RegulatorRow, regulatorReport } from './regulator.ts'

const row = (product: string, category: string, change: Partial<RegulatorRow> = {}): RegulatorRow => ({
  product,
  category,
  outstandingBefore: 5,
  opened: 100,
  closed: { 'three-days': 60, 'eight-weeks': 30, later: 6 },
  upheld: 48,
  rejected: 36,
  redressMinor: 120_000,
  upheldRedressMinor: 110_000,
  outstandingAfter: 9,
  ...change,
})

test('bands of closing: the third business day and the 56th day belong to the earlier band', () => {
  expect(closingBand({ businessDays: 0, calendarDays: 0 })).toBe('three-days')
  expect(closingBand({ businessDays: 3, calendarDays: 5 })).toBe('three-days')
  expect(closingBand({ businessDays: 4, calendarDays: 6 })).toBe('eight-weeks')
  expect(closingBand({ businessDays: 40, calendarDays: 56 })).toBe('eight-weeks')
  expect(closingBand({ businessDays: 40, calendarDays: 57 })).toBe('later')
  // Over long holidays three business days may be far apart.
  expect(closingBand({ businessDays: 2, calendarDays: 60 })).toBe('three-days')
  expect(() => closingBand({ businessDays: -1, calendarDays: 0 })).toThrow(RangeError)
  expect(() => closingBand({ businessDays: 5, calendarDays: 1.5 })).toThrow(RangeError)
})
test('one cell', () => {
  const { total, cells } = regulatorReport([row('card', 'service')])
  expect(total).toMatchObject({ opened: 100, closedTotal: 96, outstandingAfter: 9, redressMinor: 120_000, unexplained: 0 })
  expect(total.withinThreeDays.share).toBe(60 / 96)
  expect(total.withinEightWeeks.share).toBe(90 / 96)
  expect(total.upheld).toMatchObject({ share: 0.5, basis: 'enough' })
  // What was rejected is counted apart, and what was withdrawn is in neither.
  expect(total.rejected).toMatchObject({ part: 36, whole: 96 })
  expect(total).toMatchObject({ unjudged: 12, upheldRedressMinor: 110_000 })
  expect(cells).toEqual([{ product: 'card', category: 'service', ...total }])
})
test('books that do not agree say by how many', () => {
  expect(regulatorReport([row('card', 'service', { outstandingAfter: 7 })]).total.unexplained).toBe(2)
  expect(regulatorReport([row('card', 'service', { outstandingBefore: 0 })]).total.unexplained).toBe(-5)
})
test('by product, by category and in all; names that look alike when joined stay apart', () => {
  const report = regulatorReport([
    row('loan', 'fees'),
    row('card', 'service'),
    row('card', 'fees', { redressMinor: 1 }),
    row('card', 'fees'),
  ])
  expect(report.byProduct.map(({ product, opened }) => [product, opened])).toEqual([
    ['card', 300],
    ['loan', 100],
  ])
  expect(report.byCategory.map(({ category, redressMinor }) => [category, redressMinor])).toEqual([
    ['fees', 240_001],
    ['service', 120_000],
  ])
  expect(report.cells).toHaveLength(3)
  expect(report.total.opened).toBe(400)
  expect(regulatorReport([row('a', 'b c'), row('a b', 'c'), row('a","b', 'c')]).cells).toHaveLength(3)
})
test('nothing is nothing, and more upheld than closed is a mistake', () => {
  expect(regulatorReport([]).total).toMatchObject({ opened: 0, closedTotal: 0, unexplained: 0 })
  expect(regulatorReport([]).total.upheld.share).toBeNull()
  expect(() => regulatorReport([row('a', 'b', { upheld: 97 })])).toThrow(RangeError)
  expect(() => regulatorReport([row('a', 'b', { opened: 0.5 })])).toThrow(RangeError)
})

const rows = fc.array(
  fc
    .record({
      product: fc.constantFrom('a', 'b'),
      category: fc.constantFrom('x', 'y', 'z'),
      outstandingBefore: fc.nat(50),
      opened: fc.nat(50),
      closed: fc.record({ 'three-days': fc.nat(9), 'eight-weeks': fc.nat(9), later: fc.nat(9) }),
      redressMinor: fc.nat(9_999),
      outstandingAfter: fc.nat(50),
    })
    .map(
      (one): RegulatorRow => ({
        ...{ ...one, upheld: one.closed.later, rejected: one.closed['eight-weeks'] },
        upheldRedressMinor: Math.floor(one.redressMinor / 2),
      }),
    ),
  { maxLength: 12 },
)
test('each way of cutting adds up to the whole', () =>
  fc.assert(
    fc.property(rows, (list) => {
      const report = regulatorReport(list)
      for (const part of [report.byProduct, report.byCategory, report.cells])
        for (const figure of ['opened', 'closedTotal', 'redressMinor', 'unexplained', 'outstandingAfter'] as const)
          expect(part.reduce((sum, one) => sum + one[figure], 0)).toBe(report.total[figure])
      expect(report.total.withinEightWeeks.part).toBeGreaterThanOrEqual(report.total.withinThreeDays.part)
    }),
  ))
