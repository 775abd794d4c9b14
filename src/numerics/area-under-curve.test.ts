import fc from 'fast-check'
import { expect, test } from 'vitest'
import { areaUnderCurve } from './area-under-curve.ts'

test('counts pairs, ties one half', () => {
  expect(areaUnderCurve([1, 2, 3, 4], [0, 0, 1, 1])).toBe(1)
  expect(areaUnderCurve([4, 3, 2, 1], [0, 0, 1, 1])).toBe(0)
  expect(areaUnderCurve([1, 1, 1], [0, 1, 0])).toBe(0.5)
  expect(areaUnderCurve([1, 2, 2, 3, 5], [0, 1, 0, 0, 1])).toBe(4.5 / 6)
})
test('without both kinds there is none', () => {
  expect(areaUnderCurve([1, 2], [1, 1])).toBeNull()
  expect(areaUnderCurve([1, 2], [0, 0])).toBeNull()
})
test('equals counting all pairs', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 1 })), { minLength: 2, maxLength: 40 }),
      (rows) => {
        const high = rows.filter(([, kind]) => kind === 1).map(([score]) => score)
        const low = rows.filter(([, kind]) => kind === 0).map(([score]) => score)
        const pairs = high.flatMap((h) => low.map((l): number => (h > l ? 1 : h === l ? 0.5 : 0)))
        const expected = pairs.length === 0 ? null : pairs.reduce((sum, win) => sum + win, 0) / pairs.length
        const found = areaUnderCurve(
          rows.map(([score]) => score),
          rows.map(([, kind]) => kind),
        )
        if (expected === null) expect(found).toBeNull()
        else expect(found).toBeCloseTo(expected, 12)
      },
    ),
  )
})
