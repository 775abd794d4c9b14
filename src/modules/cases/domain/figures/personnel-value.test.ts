import { expect, test } from 'vitest'
import { meanScore, personnelValue, type ScoredMonth } from './personnel-value.ts'

const month = (name: string, cases: number, ...sums: readonly [number, number][]): ScoredMonth => {
  const [attitude, knowledge, skill] = sums.map(([count, sum]) => ({ count, sum }))
  return { month: name, cases, attitude: attitude!, knowledge: knowledge!, skill: skill! }
}

test('P-07: 5/4/3 and 3/4/5 are 4/4/4 of two', () => {
  const { cases, attitude, knowledge, skill } = personnelValue([month('2026-03', 2, [2, 8], [2, 8], [2, 8])])
  expect([cases, attitude, knowledge, skill]).toEqual([2, ...Array.from({ length: 3 }, () => ({ count: 2, mean: 4, basis: 'few' }))])
})

test('every score weighs the same, whichever month it fell in, and what was left out counts nowhere', () => {
  const found = personnelValue([month('2026-04', 1, [1, 1], [0, 0], [1, 5]), month('2026-03', 3, [3, 15], [2, 6], [3, 12])])
  expect(found.attitude).toEqual({ count: 4, mean: 4, basis: 'few' })
  expect(found.knowledge).toEqual({ count: 2, mean: 3, basis: 'few' })
  expect(found.months.map(({ month: name, cases, knowledge }) => [name, cases, knowledge.mean, knowledge.basis])).toEqual([
    ['2026-03', 3, 3, 'few'],
    ['2026-04', 1, null, 'none'],
  ])
})

test('nobody is scored: nothing is said of them', () => {
  expect(personnelValue([])).toMatchObject({ cases: 0, attitude: { count: 0, mean: null, basis: 'none' }, months: [] })
})

test('thirty scores are enough, fewer are few, and what cannot be is refused', () => {
  expect([29, 30].map((count) => meanScore({ count, sum: 4 * count }).basis)).toEqual(['few', 'enough'])
  expect(() => meanScore({ count: 2, sum: 11 })).toThrow(RangeError)
  expect(() => meanScore({ count: 2, sum: 1 })).toThrow(RangeError)
})
