import { describe, expect, test } from 'vitest'
import { complaintRate } from './figures/complaint-rate.ts'
import { pareto } from './figures/pareto.ts'
import { meanScore } from './figures/personnel-value.ts'
import { shareOf } from './figures/reliability.ts'
import { durationFigures, durationLimits } from './figures/service-levels.ts'
import {
  byRule,
  entryKinds,
  entryRefusal,
  maySee,
  ofAction,
  reviewSections,
  section,
  sectionKeys,
  sectionsSeen,
} from './management-review.ts'
import { countFigure, durationFigure, listOf, moneyFigure, rateFigure, scoreFigure, shareFigure } from './review-figures.ts'

const year = { now: 90, before: 92 }

describe('a figure beside the period before', () => {
  test.each([
    // fewer than thirty on either side
    [shareOf(3, 10), shareOf(30, 100), 'less', 'too-little-data'],
    [shareOf(30, 100), shareOf(3, 29), 'less', 'too-little-data'],
    [shareOf(0, 0), shareOf(30, 100), 'less', 'too-little-data'],
    [shareOf(30, 100), shareOf(32, 100), 'less', 'no-detectable-difference'],
    [shareOf(10, 100), shareOf(40, 100), 'less', 'better'],
    [shareOf(40, 100), shareOf(10, 100), 'less', 'worse'],
    [shareOf(40, 100), shareOf(10, 100), 'more', 'better'],
    [shareOf(10, 100), shareOf(40, 100), 'more', 'worse'],
    [shareOf(40, 100), shareOf(10, 100), null, 'more'],
    [shareOf(10, 100), shareOf(40, 100), null, 'fewer'],
    [shareOf(10, 100), null, 'less', null],
  ] as const)('share %#', (now, before, better, change) => expect(shareFigure('x', now, before, better).change).toBe(change))

  test.each([
    [[10, 1_000], [30, 1_000], 'better'],
    [[30, 1_000], [10, 1_000], 'worse'],
    // Twice the complaints of twice the orders are the same.
    [[40, 2_000], [20, 1_000], 'no-detectable-difference'],
    [[4, 1_000], [5, 1_000], 'too-little-data'],
    [[40, 0], [20, 1_000], 'too-little-data'],
    [[0, 1_000], [12, 1_000], 'better'],
  ] as const)('complaints per order %j beside %j: %s', (now, before, change) => {
    const rate = ([complaints, orders]: readonly [number, number]) => complaintRate({ complaints, orders })
    const figure = rateFigure('x', rate(now), rate(before), 'less')
    expect(figure.change).toBe(change)
    expect(figure.now).toMatchObject({ part: now[0], whole: now[1] })
  })

  test.each([
    [100, 50, year, 'less', 'worse'],
    [50, 100, year, 'less', 'better'],
    [50, 52, year, 'less', 'no-detectable-difference'],
    [3, 4, year, 'less', 'too-little-data'],
    [100, 50, year, null, 'more'],
    [100, null, year, 'less', null],
    [100, 50, null, 'less', null],
    // The same number in a third of the days.
    [60, 60, { now: 30, before: 90 }, 'less', 'worse'],
  ] as const)('%i beside %s: %s', (now, before, days, better, change) =>
    expect(countFigure('x', now, before, days, better).change).toBe(change),
  )

  test('is quicker or slower only where the intervals lie apart', () => {
    const bucket = (seconds: number) => durationLimits.findLastIndex((limit) => limit <= seconds) + 1
    const all = (seconds: number, cases: number) =>
      durationFigures(durationLimits.concat(0).map((_, i) => (i === bucket(seconds) ? cases : 0)))
    const hour = all(3_600, 100)
    expect(durationFigure('x', 'median', hour, all(86_400, 100)).change).toBe('better')
    expect(durationFigure('x', 'median', all(86_400, 100), hour).change).toBe('worse')
    expect(durationFigure('x', 'median', hour, hour).change).toBe('no-detectable-difference')
    expect(durationFigure('x', 'median', all(3_600, 5), hour).change).toBe('too-little-data')
    expect(durationFigure('x', 'p90', hour, hour).now.value).toBeGreaterThan(3_000)
  })

  test('is not compared where it is money or a mean', () => {
    expect(moneyFigure('x', 5, null)).toMatchObject({
      change: null,
      now: { value: 5, basis: 'enough' },
      before: { value: null, basis: 'none' },
    })
    expect(scoreFigure('x', meanScore({ count: 2, sum: 9 }), meanScore({ count: 0, sum: 0 }))).toMatchObject({
      change: null,
      now: { value: 4.5, whole: 2, basis: 'few' },
      before: { value: null },
    })
  })
})

describe('what complaints are about', () => {
  const chart = (values: Readonly<Record<string, number>>) => pareto(Object.entries(values).map(([key, value]) => ({ key, value })))
  test('stands beside the period before; what was there not at all was 0', () => {
    const list = listOf('category', { chart: chart({ a: 80, b: 15, c: 5, d: 0 }), unsaid: 3 }, { chart: chart({ a: 10, c: 1 }) }, (key) =>
      key.toUpperCase(),
    )
    expect(list).toEqual({
      key: 'category',
      rows: [
        { key: 'a', label: 'A', now: 80, before: 10, share: 0.8, vital: true },
        { key: 'b', label: 'B', now: 15, before: 0, share: 0.15, vital: false },
        { key: 'c', label: 'C', now: 5, before: 1, share: 0.05, vital: false },
      ],
      others: 0,
      unsaid: 3,
    })
  })
  test('says of what was too small before that nobody knows, and how many are not told apart', () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`k${i}`, i === 0 ? 900 : 1]))
    const list = listOf('product', { chart: chart({ new: 50, ...many }), unsaid: 0 }, { chart: chart(many) }, () => null)
    expect(list.rows[1]).toMatchObject({ key: 'new', before: null })
    expect(list.rows).toHaveLength(8)
    expect(list.rows.reduce((sum, { now }) => sum + now, list.others)).toBe(50 + 900 + 39)
  })
  test('is no endless list where nothing stands out', () => {
    const flat = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`k${i}`, 10]))
    expect(listOf('product', { chart: chart(flat), unsaid: 0 }, { chart: chart(flat) }, () => null).rows).toHaveLength(12)
  })
})

test('rules are kept or broken one by one, and what still runs is neither', () => {
  const cell = (regimes: string[], missed: string[], open: boolean, cases: number) => ({ regimes, missed, open, cases })
  expect(
    byRule([
      cell(['iso', 'iso-2'], [], false, 10),
      cell(['iso', 'iso-2'], ['regime:iso-2:answer'], false, 3),
      cell(['iso'], [], true, 4),
      cell(['iso'], ['regime:iso:acknowledge'], true, 2),
      cell([], [], false, 50),
    ]),
  ).toEqual([
    // A rule whose name begins another's is not taken for it.
    { rule: 'iso', kept: 13, missed: 2, running: 4 },
    { rule: 'iso-2', kept: 10, missed: 3, running: 0 },
  ])
})

test('who may not see something does not see its section', () => {
  const all = sectionKeys.map((key) => section(key, {}))
  expect(sectionsSeen(all, () => true)).toHaveLength(sectionKeys.length)
  const seen = sectionsSeen(all, () => false).map(({ key }) => key)
  expect(sectionKeys.filter((key) => !seen.includes(key))).toEqual(['tiers', 'quality', 'personnel'])
  expect(Object.values(reviewSections).filter((needs) => needs !== null)).toEqual(['value.read', 'cases.quality', 'cases.penalties'])
  // What an older review had and no longer is among the sections is shown to whoever sees reviews.
  expect(maySee('gone', () => false)).toBe(true)
  expect(maySee('constructor', () => false)).toBe(true)
})

test('what was held is only added to, and what was not is not', () => {
  expect(entryKinds.map((kind) => [entryRefusal('draft', kind), entryRefusal('held', kind)])).toEqual([
    [null, 'was-held'],
    [null, 'was-held'],
    [null, 'was-held'],
    ['not-held-yet', null],
  ])
})

describe('what somebody may do about what a review decided or an audit found', () => {
  test.each([
    // of what, by whom, with what permission, whether they move it and whether they drop it
    ['review', 'owner', null, true, false],
    ['review', 'another', null, false, false],
    ['review', 'another', 'cases.audit', false, false],
    ['review', 'another', 'cases.review', true, true],
    ['audit', 'owner', null, true, false],
    ['audit', 'another', null, false, false],
    ['audit', 'another', 'cases.audit', true, true],
    ['audit', 'another', 'cases.review', true, true],
  ] as const)('of a %s by %s with %s', (of, who, holds, move, drop) =>
    expect(ofAction({ ownerId: 'owner', auditId: of === 'audit' ? 'one' : null }, who, (permission) => permission === holds)).toEqual({
      move,
      drop,
    }),
  )
})
