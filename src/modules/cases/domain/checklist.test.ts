import { expect, test } from 'vitest'
import { Story } from '#test/case-story.ts'
import { checklistItems, leftToCheck } from './checklist.ts'

test('what is looked at early is left until somebody has done it or said that it is not needed', () => {
  const story = new Story('custom-request')
  expect(leftToCheck(story.now.checklist)).toEqual(checklistItems)
  story.do('checklist-ticked', { item: 'layout', state: 'done', note: 'Walked the shop with them' })
  story.do('checklist-ticked', { item: 'making-joined', state: 'not-needed', note: null })
  expect(leftToCheck(story.now.checklist)).toEqual(checklistItems.filter((item) => item !== 'layout' && item !== 'making-joined'))
  story.do('checklist-ticked', { item: 'layout', state: 'open', note: null })
  expect(leftToCheck(story.now.checklist)).toContain('layout')
  expect(story.now.checklist['making-joined']).toEqual({ state: 'not-needed', note: null })
})
