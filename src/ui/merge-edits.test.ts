import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasEdits, mergeEdits } from './merge-edits.ts'

test('what only others changed is taken, what both changed is disputed, what only I changed is mine', () => {
  const began = { name: 'A', city: 'X', note: null, tags: ['a'] }
  const mine = { name: 'B', city: 'X', note: 'mine', tags: ['a'] }
  const theirs = { name: 'C', city: 'Y', note: null, tags: ['a', 'b'] }
  expect(mergeEdits(began, mine, theirs)).toEqual({ taken: { city: 'Y', tags: ['a', 'b'] }, disputed: ['name'] })
})

test('two who wrote the same do not differ, and nothing known is one value', () => {
  expect(mergeEdits({ name: 'A' }, { name: 'B' }, { name: 'B' })).toEqual({ taken: {}, disputed: [] })
  expect(mergeEdits({ name: null, list: [] }, { name: '', list: undefined }, { name: undefined, list: null })).toEqual({
    taken: {},
    disputed: [],
  })
})

test('spaces around a word are no change, neither of mine nor of theirs', () => {
  expect(mergeEdits({ name: 'A' }, { name: ' B ' }, { name: 'B' })).toEqual({ taken: {}, disputed: [] })
  expect(hasEdits({ name: 'A', note: null }, { name: 'A ', note: '' })).toBe(false)
  expect(hasEdits({ name: 'A' }, { name: 'A', note: 'new' })).toBe(true)
})

test('with every dispute decided either way, no change of anybody is lost in silence', () => {
  const record = fc.record({ a: fc.nat(2), b: fc.nat(2), c: fc.nat(2) })
  fc.assert(
    fc.property(record, record, record, (began, mine, theirs) => {
      const { taken, disputed } = mergeEdits(began, mine, theirs)
      for (const field of ['a', 'b', 'c'] as const) {
        const result = { ...mine, ...taken }[field]
        if (disputed.includes(field)) continue
        if (mine[field] !== began[field]) expect(result).toBe(mine[field])
        else expect(result).toBe(theirs[field])
      }
    }),
  )
})
