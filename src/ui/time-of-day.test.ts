import { expect, test } from 'vitest'
import { minutesOf, timeOf } from './time-of-day.ts'

test('a time of day becomes minutes and comes back; what is none is refused', () => {
  for (const minutes of [0, 59, 60, 510, 1439]) expect(minutesOf(timeOf(minutes))).toBe(minutes)
  expect(minutesOf(' 8：30 ')).toBe(510)
  for (const wrong of ['24:00', '8:60', '8', '', null, undefined, '08:300']) expect(minutesOf(wrong)).toBe(null)
})
