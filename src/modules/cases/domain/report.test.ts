import { describe, expect, test } from 'vitest'
import { desertionReport } from './desertion.ts'
import { defaultGrades } from './figures/points-grade.ts'
import { monthlyRates, monthsOf, paretoOf, trendsOf } from './report.ts'
import { assessmentTrend, monthNumber, scoreOf } from './self-assessment.ts'

describe('months', () => {
  test('are all that a period touches', () => {
    expect(monthsOf('2025-11-30', '2026-02-01')).toEqual(['2025-11', '2025-12', '2026-01', '2026-02'])
    expect(monthsOf('2026-02-01', '2026-02-01')).toEqual(['2026-02'])
  })
  test('put complaints beside the orders of the same days', () => {
    const rates = monthlyRates(
      { from: '2026-01-01', to: '2026-02-28' },
      [
        { day: '2026-01-03', cases: 4 },
        { day: '2026-01-30', cases: 6 },
      ],
      [
        { day: '2026-01-10', orders: 2_000 },
        { day: '2026-02-10', orders: 500 },
      ],
    )
    expect(rates.periods.map(({ period, perThousand, complaints }) => [period, complaints, perThousand])).toEqual([
      ['2026-01', 10, 5],
      ['2026-02', 0, 0],
    ])
    expect(rates.overall).toMatchObject({ complaints: 10, orders: 2_500, perThousand: 4 })
  })
})

describe('Pareto charts', () => {
  test('50, 30, 15, 5: the vital few are the first two (F-12)', () => {
    const { chart, unsaid } = paretoOf('category', [
      { key: 'service', cases: 5 },
      { key: 'freight', cases: 50 },
      { key: 'contract', cases: 30 },
      { key: 'product-quality', cases: 15 },
      { key: null, cases: 7 },
    ])
    expect(chart.bars.map(({ cumulative }) => cumulative)).toEqual([0.5, 0.8, 0.95, 1])
    expect(chart.vital).toEqual(['freight', 'contract'])
    expect(unsaid).toBe(7)
  })
  test('all five reasons of dissatisfaction are shown, also those that nobody had (E-16)', () => {
    const { chart } = paretoOf('dissatisfaction', [{ key: 'neglected', cases: 3 }])
    expect(chart.bars.map(({ key, value }) => [key, value])[0]).toEqual(['neglected', 3])
    expect(chart.bars).toHaveLength(5)
  })
})

describe('trends', () => {
  const months = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05']
  const rising = [2, 5, 12, 25, 60].map((cases, i) => ({ month: i + 1, key: 'freight', cases }))
  test('tell what rises, and that more complaints on more orders are no rise', () => {
    const level = new Map(months.map((month) => [month, 1_000]))
    const growing = new Map(months.map((month, i) => [month, [2, 5, 12, 25, 60][i]! * 100]))
    expect(trendsOf(months, rising, level).rows[0]).toMatchObject({ key: 'freight', total: 104, verdict: 'rising' })
    expect(trendsOf(months, rising, growing).rows[0]!.verdict).toBe('no-detectable-change')
    expect(trendsOf(months, rising, new Map()).rows[0]!.verdict).toBe('rising')
  })
  test('put what is small together, and leave nothing out', () => {
    const many = Array.from({ length: 12 }, (_, i) => ({ month: 1, key: `P${String(i).padStart(2, '0')}`, cases: 20 - i }))
    const { rows, others } = trendsOf(months, [...many, { month: 2, key: null, cases: 99 }], new Map())
    expect(rows.map(({ total }) => total)).toEqual([20, 19, 18, 17, 16, 15, 14, 13])
    expect(others).toEqual([12 + 11 + 10 + 9, 0, 0, 0, 0])
  })
})

test('who left is counted by reason and by rival (H-20)', () => {
  const row = { month: '2026-01', reason: 'price', rival: 'acme', customers: 3, back: 1 }
  const report = desertionReport(
    [
      row,
      { ...row, reason: 'neglected', customers: 2, back: 0 },
      { ...row, rival: null, customers: 1, back: 0 },
      { ...row, reason: null, customers: 4, back: 2 },
    ],
    ['2026-01', '2026-02'],
  )
  expect(report).toMatchObject({ customers: 10, back: 3, withoutReason: 4, withoutRival: 1 })
  expect(report.reasons.bars.map(({ key, value }) => [key, value])).toEqual([
    ['price', 4],
    ['neglected', 2],
  ])
  expect(report.rivals.bars.map(({ key, value }) => [key, value])).toEqual([['acme', 9]])
  expect(report.months).toEqual([
    { month: '2026-01', customers: 10, back: 3 },
    { month: '2026-02', customers: 0, back: 0 },
  ])
})

describe('self-assessment', () => {
  test('points become a part of a hundred', () => {
    expect(
      scoreOf([
        { key: 'a', points: 7, most: 10 },
        { key: 'b', points: 20, most: 20 },
      ]),
    ).toBe(90)
    expect(scoreOf([{ key: 'a', points: 1, most: 3 }])).toBe(33.3)
  })
  test('a month that is left out is a gap in the trend', () => {
    expect(monthNumber('2026-01-01') - monthNumber('2025-12-01')).toBe(1)
    const months = ['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01', '2026-08-01']
    const trend = assessmentTrend(
      months.map((month) => ({ month, points: 50 + 2 * (monthNumber(month) - monthNumber('2026-01-01')) })),
      defaultGrades,
    )
    expect(trend.slope).toBeCloseTo(2)
    expect(trend.verdict).toBe('rising')
    expect(trend.periods.map(({ grade }) => grade)).toEqual(['D', 'D', 'D', 'D', 'D'])
  })
})
