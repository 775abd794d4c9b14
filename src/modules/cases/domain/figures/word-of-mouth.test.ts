import { expect, test } from 'vitest'
import { wordOfMouth } from './word-of-mouth.ts'

test('100 satisfied and 20 dissatisfied: 300 hear good, 220 hear bad', () =>
  expect(wordOfMouth(100, 20)).toEqual({ satisfied: 100, dissatisfied: 20, good: 300, bad: 220, source: 'why-complaints-matter' }))
test('nobody tells nobody, and half a customer is a mistake', () => {
  expect(wordOfMouth(0, 0)).toMatchObject({ good: 0, bad: 0 })
  expect(() => wordOfMouth(1, -1)).toThrow(RangeError)
  expect(() => wordOfMouth(0.5, 1)).toThrow(RangeError)
})
