import { expect, test } from 'vitest'
import { beginningsOf, proactiveShare, together } from './proactive.ts'

test('three of four contacts were ours: three quarters proactive; what is planned is not held', () => {
  const contact = (ours: boolean, planned = false) => ({ ours, planned })
  const found = beginningsOf([contact(true), contact(true), contact(false), contact(true), contact(true, true)])
  expect(found).toEqual({ ours: 3, theirs: 1 })
  expect(proactiveShare(found)).toBe(0.75)
  expect(proactiveShare(beginningsOf([contact(true, true)]))).toBeNull()
  expect(together([found, { ours: 0, theirs: 2 }])).toEqual({ ours: 3, theirs: 3 })
})
