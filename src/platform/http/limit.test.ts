import { expect, test } from 'vitest'
import { limitOf } from './limit.ts'

test('whoever is kept out does not come in by crowding others out', () => {
  const now = new Date('2026-01-01T00:00:00Z')
  const limit = limitOf(3, 60, () => now, 'Too often')
  for (let i = 0; i < 3; i++) limit.claim('guesser')
  for (let i = 0; i < 25_000; i++) limit.claim(`other ${i}`)
  expect(limit.isUsedUp('guesser')).toBe(true)
  expect(() => limit.claim('guesser')).toThrow('Too often')
})

test('a span that is over leaves room', () => {
  let now = new Date('2026-01-01T00:00:00Z')
  const limit = limitOf(1, 60, () => now, 'Too often')
  for (let i = 0; i < 10_000; i++) limit.claim(`first ${i}`)
  now = new Date('2026-01-01T00:01:00Z')
  limit.claim('second')
  for (let i = 0; i < 9_000; i++) limit.claim(`third ${i}`)
  expect(limit.isUsedUp('second')).toBe(true)
})
