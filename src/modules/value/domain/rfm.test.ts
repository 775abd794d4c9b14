import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayOf, fixtureRows, hasFixture } from '#test/value-fixtures.ts'
import {
  firstRange,
  limitCuts,
  packageRuleCuts,
  rfmSegments,
  type SegmentRange,
  scoreCuts,
  scoreOf,
  segmentOf,
  unfitLimits,
} from './rfm.ts'

const scores = (values: number[], bands = 5): number[] => {
  const cuts = scoreCuts(Float64Array.from(values), bands)
  return values.map((value) => scoreOf(cuts, value))
}

test('without ties the bands are equally large', () => {
  expect(scores([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
  expect(scores([30, 10, 20], 3)).toEqual([3, 1, 2])
})

test('a block of equals gets the band in which its middle lies', () => {
  // Six of ten bought once: their middle is at 30 %, which is the second fifth.
  expect(scores([1, 1, 1, 1, 1, 1, 2, 3, 4, 5])).toEqual([2, 2, 2, 2, 2, 2, 4, 4, 5, 5])
  expect(scores([7, 7, 7, 7])).toEqual([3, 3, 3, 3])
  expect(scores([])).toEqual([])
})

test('limits that were set: whoever reaches one has its score, equals with equals', () => {
  const cuts = limitCuts({ recencyDays: [90, 30], frequency: [2, 5], monetaryMinor: [10_000, 50_000] })
  const recency = (days: number) => scoreOf(cuts.recency, -days)
  expect([91, 90, 31, 30, 0].map(recency)).toEqual([1, 2, 2, 3, 3])
  expect([0, 1, 2, 4, 5, 99].map((days) => scoreOf(cuts.frequency, days))).toEqual([1, 1, 2, 2, 3, 3])
  expect([-500, 9_999, 10_000, 50_000].map((value) => scoreOf(cuts.monetary, value))).toEqual([1, 1, 2, 3])
})

test('limits that cannot be are named', () => {
  const limits = { recencyDays: [90, 30], frequency: [2, 5], monetaryMinor: [10_000, 50_000] }
  expect(unfitLimits(limits, 3)).toEqual([])
  expect(unfitLimits(limits, 4)).toEqual(['recencyDays', 'frequency', 'monetaryMinor'])
  expect(unfitLimits({ ...limits, recencyDays: [30, 90] }, 3)).toEqual(['recencyDays'])
  expect(unfitLimits({ ...limits, frequency: [5, 5] }, 3)).toEqual(['frequency'])
  expect(unfitLimits({ ...limits, monetaryMinor: [Number.NaN, 50_000] }, 3)).toEqual(['monetaryMinor'])
})

test('equal values get equal scores, larger values never smaller ones, and all stay within the bands', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 2, max: 10 }),
      (values, bands) => {
        const found = scores(values, bands)
        values.forEach((value, i) => {
          expect(found[i]).toBeGreaterThanOrEqual(1)
          expect(found[i]).toBeLessThanOrEqual(bands)
          values.forEach((other, j) => {
            if (value === other) expect(found[i]).toBe(found[j])
            if (value < other) expect(found[i]).toBeLessThanOrEqual(found[j]!)
          })
        })
      },
    ),
    { numRuns: 60 },
  )
})

test('cuts survive JSON', () => {
  const cuts = scoreCuts(Float64Array.of(1, 1, 1), 5)
  expect(JSON.parse(JSON.stringify(cuts))).toEqual(cuts)
})

test('every combination of scores has exactly one segment, and every segment is met', () => {
  for (const bands of [2, 3, 4, 5, 7, 10]) {
    const met = new Set<string>()
    for (let r = 1; r <= bands; r++) for (let f = 1; f <= bands; f++) for (let m = 1; m <= bands; m++) met.add(segmentOf(r, f, m, bands))
    for (const name of met) expect(rfmSegments).toContain(name)
    if (bands >= 5) expect(met.size).toBe(rfmSegments.length)
  }
})

test('the corners are named as everybody would', () => {
  expect(segmentOf(5, 5, 5)).toBe('champions')
  expect(segmentOf(1, 1, 1)).toBe('lost')
  expect(segmentOf(5, 1, 1)).toBe('new')
  expect(segmentOf(1, 5, 5)).toBe('cannot-lose')
  expect(segmentOf(3, 3, 3)).toBe('need-attention')
  expect(segmentOf(4, 1, 2)).toBe('potential-loyalist')
  expect(segmentOf(10, 10, 10, 10)).toBe('champions')
})

test('the cuts of the R package are quantiles plus one', () => {
  expect(packageRuleCuts(Float64Array.of(0, 10, 20, 30, 40), 4)).toEqual([11, 21, 31])
})

// Segment rules of the R package rfm 0.3.0, from golden/rfm_cohort_affinity.json; they overlap and leave gaps, so the first match counts.
const range = (name: string, r: [number, number], f: [number, number], m: [number, number]): SegmentRange => ({
  name,
  recency: r,
  frequency: f,
  monetary: m,
})
const packageRanges = [
  range('Champions', [5, 5], [5, 5], [5, 5]),
  range('Potential Loyalist', [3, 5], [3, 5], [2, 5]),
  range('Loyal Customers', [2, 4], [2, 4], [2, 4]),
  range('Promising', [3, 4], [1, 3], [3, 5]),
  range('New Customers', [4, 5], [1, 3], [1, 5]),
  range("Can't Lose Them", [1, 2], [3, 4], [4, 5]),
  range('At Risk', [1, 2], [2, 5], [4, 5]),
  range('Need Attention', [1, 3], [3, 5], [3, 5]),
  range('About To Sleep', [2, 3], [1, 3], [1, 4]),
  range('Lost', [1, 1], [1, 5], [1, 5]),
]

test('the first range that fits counts, and gaps are gaps', () => {
  expect(firstRange(packageRanges, 5, 5, 5)).toBe('Champions')
  expect(firstRange(packageRanges, 3, 3, 3)).toBe('Potential Loyalist')
  expect(firstRange(packageRanges, 5, 5, 1)).toBeNull()
})

test.skipIf(!hasFixture('named_orders.csv'))('reproduces the R package on its own data (skips where named_orders.csv is missing)', () => {
  const end = dayOf('2006-12-31')
  const customers = new Map<string, { last: number; orders: number; amount: number }>()
  for (const [name, date, revenue] of fixtureRows('named_orders.csv')) {
    const before = customers.get(name!) ?? { last: 0, orders: 0, amount: 0 }
    customers.set(name!, { last: Math.max(before.last, dayOf(date!)), orders: before.orders + 1, amount: before.amount + Number(revenue) })
  }
  const all = [...customers.values()]
  const recency = packageRuleCuts(
    Float64Array.from(all, (c) => end - c.last),
    5,
  )
  const frequency = packageRuleCuts(
    Float64Array.from(all, (c) => c.orders),
    5,
  )
  const monetary = packageRuleCuts(
    Float64Array.from(all, (c) => c.amount),
    5,
  )
  const close = (found: readonly number[], expected: number[]) => {
    for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 9)
  }
  close(recency, [115, 181, 297.4, 482])
  close(frequency, [4, 5, 6, 8])
  close(monetary, [255.8, 382, 506.4, 666])
  const counts: Record<string, number> = {}
  for (const c of all) {
    const name =
      firstRange(packageRanges, 6 - scoreOf(recency, end - c.last), scoreOf(frequency, c.orders), scoreOf(monetary, c.amount)) ?? 'Others'
    counts[name] = (counts[name] ?? 0) + 1
  }
  expect(counts).toEqual({
    'Potential Loyalist': 342,
    'Loyal Customers': 170,
    Lost: 148,
    'New Customers': 104,
    'About To Sleep': 102,
    "Can't Lose Them": 47,
    Champions: 35,
    'At Risk': 28,
    'Need Attention': 10,
    Promising: 9,
  })
})
