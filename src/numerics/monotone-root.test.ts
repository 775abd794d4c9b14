import fc from 'fast-check'
import { expect, test } from 'vitest'
import { doubledUntil, monotoneRoot } from './monotone-root.ts'

test('the root of 2, rising and falling, and a root close to the end', () => {
  expect(monotoneRoot((x) => x * x - 2, 0, 2)).toBeCloseTo(Math.SQRT2, 15)
  expect(monotoneRoot((x) => 2 - x * x, 0, 2)).toBeCloseTo(Math.SQRT2, 15)
  expect(monotoneRoot((x) => x - 1e-30, 0, 1) / 1e-30).toBeCloseTo(1, 12)
})
test('without a change of sign it is the end that is nearer to 0', () => {
  expect(monotoneRoot((x) => x + 1, 0, 2)).toBe(0)
  expect(monotoneRoot((x) => x - 5, 0, 2)).toBe(2)
  expect(monotoneRoot((x) => x, 0, 2)).toBe(0)
  expect(monotoneRoot((x) => x - 2, 0, 2)).toBe(2)
})
test('doubling stops at the first that holds', () => {
  expect(doubledUntil(3, (x) => x > 20)).toBe(24)
  expect(doubledUntil(3, (x) => x >= 3)).toBe(3)
})
test('it finds where any straight line crosses', () =>
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      fc.constantFrom(-1, 1),
      fc.double({ min: 0.01, max: 1e6, noNaN: true }),
      (at, way, steep) => {
        expect(monotoneRoot((x) => way * steep * (x - at), 0, 1)).toBeCloseTo(at, 14)
      },
    ),
  ))
