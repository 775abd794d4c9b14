import { expect, test } from 'vitest'
import { upTo } from '#test/case-story.ts'
import { goesToAnother, handlersOf } from './reopening.ts'

const reopened = () => {
  const story = upTo('review')
  story.do('assigned', { ownerId: 'cid', why: null })
  story.do('withdrawn', { reason: 'Never mind' })
  story.do('reopened', { to: 'cause', reason: 'It broke again' })
  return story
}

test('a complaint that was opened again goes to somebody else, where the company wants it so and nobody says that it stays', () => {
  const { now } = reopened()
  expect(goesToAnother(now, {}, true)).toBe(true)
  expect(goesToAnother(now, { sameHandler: false }, true)).toBe(true)
  expect(goesToAnother(now, { sameHandler: true }, true)).toBe(false)
  expect(goesToAnother(now, {}, false)).toBe(false)
})
test('an enquiry, and what nobody handled, stays where it is', () => {
  const { now } = reopened()
  expect(goesToAnother({ ...now, kind: 'enquiry' }, {}, true)).toBe(false)
  expect(goesToAnother({ ...now, ownerId: null }, {}, true)).toBe(false)
  expect(goesToAnother({ ...now, state: 'closed' }, {}, true)).toBe(false)
})
test('whoever ever handled it counts as having handled it, each once', () => {
  const story = reopened()
  story.do('assigned', { ownerId: null, why: null })
  story.do('assigned', { ownerId: 'ada', why: null })
  expect(handlersOf(story.events)).toEqual(['ada', 'cid'])
})
