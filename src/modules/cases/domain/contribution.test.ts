import { expect, test } from 'vitest'
import { Story } from '#test/case-story.ts'
import { contributionIn } from './contribution.ts'

const decided = (adopted: boolean) => {
  const story = new Story('suggestion')
  story.do('acknowledged', { text: 'Thank you', sent: 'hand', answerBy: null })
  story.do('evaluated', { value: 'Saves boxes', feasible: true, savingMinor: null, note: null })
  story.do('decided', { adopted, note: null })
  return story
}

test('a suggestion counts as a contribution once it was adopted, with what its author was given and whether anybody reads of it', () => {
  const story = decided(true)
  expect(contributionIn(story.events)).toMatchObject({ reward: null, published: false })
  story.do('answered', { text: 'We do it', channel: 'web' })
  story.do('rewarded', { text: 'A box of tea', amountMinor: 5_000 })
  story.do('published', { said: 'Fewer boxes', done: 'Fewer boxes', visible: true })
  expect(contributionIn(story.events)).toMatchObject({ reward: 'A box of tea', published: true })
  story.do('published', { said: 'Fewer boxes', done: 'Fewer boxes', visible: false })
  expect(contributionIn(story.events)).toMatchObject({ published: false })
})
test('what was declined, or nobody has decided on, is none', () => {
  expect(contributionIn(decided(false).events)).toBeNull()
  expect(contributionIn(new Story('suggestion').events)).toBeNull()
})
