import { expect, test } from 'vitest'
import { hasRunOut } from './quote.ts'

test('an offer holds through the day that it names, and without one until it is answered', () => {
  expect(['2026-03-09', '2026-03-10', '2026-03-11'].map((day) => hasRunOut({ validUntil: '2026-03-10' }, day))).toEqual([
    false,
    false,
    true,
  ])
  expect(hasRunOut({ validUntil: null }, '2099-01-01')).toBe(false)
})
