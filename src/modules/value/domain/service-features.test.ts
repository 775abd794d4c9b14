import { expect, test } from 'vitest'
import { competitorsOf, namedOnce, standingOf } from './service-features.ts'

test('only us, until a competitor matches it (C-15)', () => {
  expect(standingOf({ ours: true, matchedBy: [] })).toBe('only-us')
  expect(standingOf({ ours: true, matchedBy: ['Tea & Co'] })).toBe('shared')
  expect(standingOf({ ours: false, matchedBy: ['Tea & Co'] })).toBe('behind')
  expect(standingOf({ ours: false, matchedBy: [] })).toBe('nobody')
})

test('a competitor is one, however it is written, and written as it was first', () => {
  expect(namedOnce([' tea  & co', 'TEA & CO', 'Other'], ['Tea & Co', 'Elsewhere'])).toEqual(['Tea & Co', 'Other'])
  expect(namedOnce(['ＡＢＣ', 'abc', ' '])).toEqual(['ＡＢＣ'])
  expect(competitorsOf([{ matchedBy: ['B', 'a'] }, { matchedBy: ['A', 'C'] }])).toEqual(['B', 'C', 'a'])
})
