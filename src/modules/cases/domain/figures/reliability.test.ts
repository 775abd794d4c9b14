import { expect, test } from 'vitest'
import { counted, shareOf, sized } from './reliability.ts'

test('a share comes with what it was counted from', () => {
  const found = shareOf(113, 150)
  expect(found).toMatchObject({ part: 113, whole: 150, basis: 'enough' })
  expect(found.share).toBeCloseTo(0.7533333, 6)
  // golden: CSAT of counts 6, 9, 22, 68, 45.
  expect(found.interval!.low).toBeCloseTo(0.6785967, 6)
  expect(found.interval!.high).toBeCloseTo(0.8154184, 6)
})
test('nothing, few, enough', () => {
  expect(shareOf(0, 0)).toEqual({ part: 0, whole: 0, share: null, interval: null, basis: 'none' })
  expect(shareOf(29, 29).basis).toBe('few')
  expect(shareOf(30, 30).basis).toBe('enough')
  expect(shareOf(5, 10, 10).basis).toBe('enough')
})
test('from thirty on the interval reaches no further than 18 points to either side', () => {
  for (let part = 0; part <= 30; part++) {
    const { share, interval } = shareOf(part, 30)
    expect(Math.max(interval!.high - share!, share! - interval!.low)).toBeLessThan(0.18)
  }
})
test('what cannot be counted is a mistake', () => {
  expect(() => shareOf(3, 2)).toThrow(RangeError)
  for (const value of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => counted(value, 'x')).toThrow(RangeError)
  for (const value of [-0.1, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => sized(value, 'x')).toThrow(RangeError)
  expect(sized(0.5, 'x')).toBe(0.5)
})
