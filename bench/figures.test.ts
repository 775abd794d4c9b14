import { expect, test } from 'vitest'
import { type Figure, median, percentile, said, tableOf, verdict } from './figures.ts'

test('the median is the middle, or between the middle two, whatever the order', () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(median([4, 1, 3, 2])).toBe(2.5)
  expect(median([])).toBeNaN()
})

test('a percentile is a value that was measured, and the 95th of twenty is the nineteenth', () => {
  const values = Array.from({ length: 20 }, (_, i) => 20 - i)
  expect(percentile(values, 0.95)).toBe(19)
  expect(percentile(values, 0.5)).toBe(10)
  expect(percentile(values, 1)).toBe(20)
  expect(percentile([7], 0.95)).toBe(7)
  expect(percentile([], 0.95)).toBeNaN()
})

test('a goal is met at its border, and never by what could not be measured', () => {
  expect(verdict({ value: 5, goal: { atMost: 5 } })).toBe('pass')
  expect(verdict({ value: 5.01, goal: { atMost: 5 } })).toBe('miss')
  expect(verdict({ value: 0.35, goal: { atLeast: 0.35 } })).toBe('pass')
  expect(verdict({ value: 0.34, goal: { atLeast: 0.35 } })).toBe('miss')
  expect(verdict({ value: Number.NaN, goal: { atMost: 5 } })).toBe('miss')
  expect(verdict({ value: 5, goal: null })).toBeNull()
})

test('the table says figure, goal and verdict in one line', () => {
  const figure: Figure = { part: 'import', what: 'orders', value: 4.256, unit: '×', goal: { atMost: 5 }, note: 'COPY' }
  const [, line] = tableOf([figure]).split('\n')
  expect(line).toMatch(/^import +orders +4\.26 × +≤ 5 × +pass +COPY$/)
  expect(said(1234.4, 'MB')).toBe('1,234 MB')
  expect(said(Number.NaN, 's')).toBe('unknown')
})
