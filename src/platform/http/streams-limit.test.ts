import { expect, test } from 'vitest'
import { isTooManyStreams } from './events.ts'

const visitors = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ holder: `link ${i}`, sender: `2001:db8::${Math.floor(i / 30)}`, isPublic: true }))

test('visitors, however many, take no stream away from those who work here', () => {
  const open = visitors(1000)
  expect(isTooManyStreams(open, { holder: 'another', sender: 'elsewhere', isPublic: true })).toBe(true)
  expect(isTooManyStreams(open, { holder: 'session', sender: 'office', isPublic: false })).toBe(false)
})

test('nor does one visitor take them all', () => {
  const open = Array.from({ length: 40 }, (_, i) => ({ holder: `link ${i}`, sender: 'one', isPublic: true }))
  expect(isTooManyStreams(open, { holder: 'x', sender: 'one', isPublic: true })).toBe(true)
  expect(isTooManyStreams(open, { holder: 'x', sender: 'two', isPublic: true })).toBe(false)
  const mine = Array.from({ length: 12 }, () => ({ holder: 'mine', sender: 'office', isPublic: false }))
  expect(isTooManyStreams(mine, { holder: 'mine', sender: 'home', isPublic: false })).toBe(true)
})
