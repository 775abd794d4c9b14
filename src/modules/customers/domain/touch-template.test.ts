import { expect, test } from 'vitest'
import { withTemplate } from './touch-template.ts'

const usual: Record<string, unknown> = { channel: 'call', stage: 'before', summary: undefined, minutes: null }
const template: Record<string, unknown> = { channel: 'visit', stage: 'after', summary: 'Asked how it tastes', minutes: 5 }

test('a template fills what is still as it was proposed', () => {
  expect(withTemplate({}, usual, template)).toEqual(template)
  expect(withTemplate({ ...usual, opinion: 'likes it' }, usual, template)).toEqual({ ...template, opinion: 'likes it' })
})

test('what was typed or chosen stays, and both texts are kept', () => {
  const typed: Record<string, unknown> = { channel: 'email', stage: 'before', summary: 'Spoke to Ms Lin', minutes: 12 }
  expect(withTemplate(typed, usual, template)).toEqual({
    channel: 'email',
    stage: 'after',
    summary: 'Spoke to Ms Lin\nAsked how it tastes',
    minutes: 12,
  })
})

test('a template that says what is typed already says it once', () => {
  expect(withTemplate({ ...usual, summary: 'Asked how it tastes' }, usual, template)).toEqual(template)
})

test('another template takes the place of the one before, not of what was typed', () => {
  const first = withTemplate({}, usual, template)
  const other: Record<string, unknown> = { channel: 'store', stage: 'during', summary: 'Tasted in the shop', minutes: 3 }
  expect(withTemplate({ ...first, minutes: 20 }, first, other)).toEqual({ ...other, minutes: 20 })
})
