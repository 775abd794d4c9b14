import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultGrades, gradeOf, gradeTableProblem, pointsOf, pointsTrend } from './points-grade.ts'

test('points map to grades by the table, a border belonging to the grade that begins there', () => {
  expect([0, 49.9, 50, 64.9, 65, 79.9, 80, 89.5, 90, 100, 130].map((points) => gradeOf(points).grade).join('')).toBe('EEDDCCBBAAA')
  expect(gradeOf(89.5)).toEqual({ grade: 'B', toNext: 0.5 })
  expect(gradeOf(95).toNext).toBeNull()
  expect(gradeOf(3, [{ from: 0, grade: 'one star' }]).grade).toBe('one star')
  for (const points of [-0.1, Number.NaN]) expect(() => gradeOf(points)).toThrow(RangeError)
})
test('a table begins at 0, ascends and names each grade once', () => {
  expect(gradeTableProblem(defaultGrades)).toBeNull()
  expect(gradeTableProblem([])).toBe('begins-above-0')
  expect(gradeTableProblem(defaultGrades.slice(1))).toBe('begins-above-0')
  expect(
    gradeTableProblem([
      { from: 0, grade: 'B' },
      { from: 0, grade: 'A' },
    ]),
  ).toBe('not-ascending')
  expect(
    gradeTableProblem([
      { from: 0, grade: 'A' },
      { from: 5, grade: 'A' },
    ]),
  ).toBe('grade-twice')
})
test('points of items are a part of a hundred', () => {
  expect(
    pointsOf([
      { points: 4, most: 5 },
      { points: 2, most: 3 },
    ]),
  ).toBe(75)
  expect(pointsOf([])).toBeNull()
  expect(() => pointsOf([{ points: 6, most: 5 }])).toThrow(RangeError)
  expect(() => pointsOf([{ points: -1, most: 5 }])).toThrow(RangeError)
})
test('the trend of an agent', () => {
  const of = (...points: number[]) => points.map((value, at) => ({ at, points: value }))
  const rising = pointsTrend(of(60, 66, 69, 77, 80, 88))
  expect(rising.periods.map(({ grade }) => grade).join('')).toBe('DCCCBB')
  expect(rising).toMatchObject({ verdict: 'rising' })
  expect(rising.slope!).toBeCloseTo(5.4285714, 6)
  expect(pointsTrend(of(88, 80, 77, 69, 66, 60)).verdict).toBe('falling')
  expect(pointsTrend(of(70, 75, 68, 77, 71)).verdict).toBe('no-detectable-trend')
  expect(pointsTrend(of(60, 70, 80, 90)).verdict).toBe('too-little-data')
  expect(pointsTrend(of(60, 70))).toMatchObject({ slope: null, interval: null, verdict: 'too-little-data' })
})
test('a gap is a gap in time', () =>
  expect(pointsTrend([0, 1, 2, 10, 11].map((at) => ({ at, points: 50 + 2 * at }))).slope!).toBeCloseTo(2, 10))
test('more points are never a lower grade, and what is missing to the next reaches it', () =>
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_200 }), fc.integer({ min: 0, max: 1_200 }), (a, b) => {
      const place = (points: number) => defaultGrades.findIndex(({ grade }) => grade === gradeOf(points / 10).grade)
      if (a <= b) expect(place(a)).toBeLessThanOrEqual(place(b))
      const { toNext } = gradeOf(a / 10)
      if (toNext !== null) expect(place(a + toNext * 10 + 1e-6)).toBe(place(a) + 1)
    }),
  ))
