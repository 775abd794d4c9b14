import fc from 'fast-check'
import { expect, test } from 'vitest'
import { takingOver } from './hand-over.ts'

test('a case follows its customer, any other goes to whoever has the fewest, and none to whom it is about', () => {
  const next = takingOver(['ann', 'bob', 'cy'])
  expect(next('bob', [])).toBe('bob')
  expect(next(null, [])).toBe('ann')
  expect(next('somebody else', [null])).toBe('cy')
  expect(next('ann', ['ann'])).toBe('bob')
  expect(next(null, ['cy', 'ann'])).toBe('bob')
  expect(next(null, ['ann', 'bob', 'cy'])).toBeNull()
})

test('nobody gets more than one case more than another where no customer decides', () => {
  const people = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(people, fc.nat(40), (successors, cases) => {
      const next = takingOver(successors)
      const counts = new Map(successors.map((id) => [id, 0]))
      for (let i = 0; i < cases; i++) {
        const who = next(null, [])!
        counts.set(who, counts.get(who)! + 1)
      }
      expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(1)
    }),
  )
})
