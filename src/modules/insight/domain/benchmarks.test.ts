import fc from 'fast-check'
import { expect, test } from 'vitest'
import { profitIfRetentionRose, winningCost } from './benchmarks.ts'

test('a profit of 1,000 becomes 1,250–1,500 by one source and 1,250–1,950 by the other', () => {
  expect(profitIfRetentionRose(1000)).toEqual([
    { source: 'slide-45', lowMinor: 1250, highMinor: 1500 },
    { source: 'slide-46', lowMinor: 1250, highMinor: 1950 },
  ])
})
test('a loss is not made larger by a benchmark about profits', () =>
  expect(profitIfRetentionRose(-100).map((r) => [r.lowMinor, r.highMinor])).toEqual([
    [-100, -100],
    [-100, -100],
  ]))
test('5,000 for ten new ones and 1,000 for ten who stayed is five times', () => {
  const own = winningCost({ acquireMinor: 5000, retainMinor: 1000, won: 10, kept: 10, lost: 0 })
  expect(own).toEqual({ perNewMinor: 500, perKeptMinor: 100, ratio: 5, leaking: false })
})
test('nothing entered is nothing known, not zero', () => {
  expect(winningCost({ acquireMinor: 0, retainMinor: 0, won: 10, kept: 10, lost: 0 })).toMatchObject({
    perNewMinor: null,
    perKeptMinor: null,
    ratio: null,
  })
  expect(winningCost({ acquireMinor: 100, retainMinor: 100, won: 0, kept: 0, lost: 0 }).ratio).toBeNull()
})
test('many won and as many lost is said', () => {
  expect(winningCost({ acquireMinor: 0, retainMinor: 0, won: 50, kept: 9, lost: 40 }).leaking).toBe(true)
  expect(winningCost({ acquireMinor: 0, retainMinor: 0, won: 50, kept: 9, lost: 39 }).leaking).toBe(false)
  expect(winningCost({ acquireMinor: 0, retainMinor: 0, won: 9, kept: 9, lost: 9 }).leaking).toBe(false)
})
test('the ratio does not depend on the unit of money', () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e6 }),
      fc.integer({ min: 1, max: 1e6 }),
      fc.integer({ min: 1, max: 999 }),
      fc.integer({ min: 1, max: 999 }),
      (a, r, won, kept) => {
        const once = winningCost({ acquireMinor: a, retainMinor: r, won, kept, lost: 0 }).ratio!
        const hundred = winningCost({ acquireMinor: a * 100, retainMinor: r * 100, won, kept, lost: 0 }).ratio!
        expect(Math.abs(hundred / once - 1)).toBeLessThan(1e-12)
      },
    ),
  ))
