import fc from 'fast-check'
import { expect, test } from 'vitest'
import { minorOf, purposeOf, segmentKey } from './spend-row.ts'

test('decimal text becomes minor units exactly', () => {
  expect([minorOf('12.5', 2), minorOf('0.07', 2), minorOf('-3', 2), minorOf('1200', 0), minorOf('1.230', 2)]).toEqual([
    1250, 7, -300, 1200, 123,
  ])
  fc.assert(
    fc.property(fc.integer({ min: -1e9, max: 1e9 }), (minor) => {
      const text = `${minor < 0 ? '-' : ''}${Math.floor(Math.abs(minor) / 100)}.${String(Math.abs(minor) % 100).padStart(2, '0')}`
      expect(minorOf(text, 2)).toBe(minor)
    }),
  )
})

test('what the currency cannot hold is refused', () => {
  expect([minorOf('1.234', 2), minorOf('0.5', 0), minorOf('99999999999999999', 2), minorOf('1,5', 2), minorOf('', 2)]).toEqual([
    null,
    null,
    null,
    null,
    null,
  ])
})

test('purposes and segments are known in three languages', () => {
  expect([purposeOf(null), purposeOf(' Acquisition '), purposeOf('留客'), purposeOf('獲客'), purposeOf('party')]).toEqual([
    'both',
    'acquire',
    'retain',
    'acquire',
    null,
  ])
  expect([segmentKey(' At Risk '), segmentKey(''), segmentKey(null)]).toEqual(['at-risk', null, null])
})
