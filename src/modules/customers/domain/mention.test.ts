import { expect, test } from 'vitest'
import { mentionedIn } from './mention.ts'

const people = [
  { id: 'anna', name: 'Anna' },
  { id: 'wolf', name: 'Anna Wolf' },
  { id: 'wang', name: '王芳' },
  { id: 'other-wang', name: '王芳' },
  { id: 'odd', name: 'J. (Jo) Ng' },
]

test.each([
  ['Please call, @Anna Wolf.', ['wolf']],
  ['@Anna and @Anna Wolf', ['anna', 'wolf']],
  ['@Annabel knows', []],
  ['mail to me@Anna', []],
  ['请@王芳跟进', ['wang', 'other-wang']],
  ['ask @J. (Jo) Ng, please', ['odd']],
  ['Anna was there', []],
])('in “%s” are named %j', (text, ids) => {
  expect(mentionedIn(text, people)).toEqual(ids)
})
