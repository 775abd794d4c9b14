import { expect, test } from 'vitest'
import { unitThatSuits } from './duration.ts'

test('a length is said in the largest unit in which it is whole', () => {
  expect([90, 240, 1440, 7200, 10_080, 61].map((minutes) => unitThatSuits(minutes))).toEqual([
    'minutes',
    'hours',
    'days',
    'days',
    'days',
    'minutes',
  ])
})

test('working time has no days, since a working day has no fixed length', () => {
  expect(unitThatSuits(4800, ['minutes', 'hours'])).toBe('hours')
})

test('hours are offered where nothing is said yet', () => {
  expect([unitThatSuits(null), unitThatSuits(0)]).toEqual(['hours', 'hours'])
})
