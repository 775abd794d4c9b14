import { expect, test } from 'vitest'
import { earlier, later } from './hours.ts'

const at = (text: string) => new Date(`${text}:00Z`)

test('minutes pass while the shop is open: not over noon, at night, or on Sundays', () => {
  expect(later(at('2026-06-26T11:30'), 60)).toEqual(at('2026-06-26T13:30'))
  expect(later(at('2026-06-26T17:00'), 90)).toEqual(at('2026-06-27T10:30'))
  expect(later(at('2026-06-27T15:00'), 120)).toEqual(at('2026-06-29T10:00'))
  expect(later(at('2026-06-28T03:00'), 0)).toEqual(at('2026-06-29T09:00'))
})
test('the way back is as long as the way there', () => {
  expect(earlier(at('2026-06-26T13:30'), 60)).toEqual(at('2026-06-26T11:30'))
  expect(earlier(at('2026-06-28T22:00'), 30)).toEqual(at('2026-06-27T15:30'))
  for (const minutes of [1, 59, 480, 2_000, 9_999]) {
    const then = earlier(at('2026-06-24T10:17'), minutes)
    expect(later(then, minutes)).toEqual(at('2026-06-24T10:17'))
  }
})
