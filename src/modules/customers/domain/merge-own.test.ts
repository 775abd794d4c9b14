import { expect, test } from 'vitest'
import { ownKept, ownMerges, ownQuestions, ownSince } from './merge-own.ts'

const word = (text: string) => ({ word: text, number: null })
const number = (value: number) => ({ word: null, number: value })
const fields = [
  { id: 'tea', type: 'text' as const },
  { id: 'fee', type: 'money' as const },
  { id: 'colours', type: 'choices' as const },
]
const survivor = { tea: [word('green')], fee: [number(100)], colours: [word('red'), word('blue')] }

test('own fields are asked about where both know something and not the same', () => {
  expect(ownQuestions(fields, survivor, { tea: [word('green')], fee: [number(200)] }).map(({ fieldId }) => fieldId)).toEqual(['fee'])
  expect(ownQuestions(fields, survivor, { colours: [word('blue'), word('red')] })).toEqual([])
  expect(ownQuestions(fields, {}, survivor)).toEqual([])
})

test('the survivor’s value stays where nobody chooses; what can be several is joined', () => {
  const questions = ownQuestions(fields, survivor, { tea: [word('black')], fee: [number(200)], colours: [word('blue'), word('white')] })
  const written = (choices: Parameters<typeof ownMerges>[1]) =>
    Object.fromEntries(ownMerges(questions, choices).map((one) => [one.fieldId, one.written]))
  expect(written({ tea: 'both' })).toEqual({
    tea: [word('green')],
    fee: [number(100)],
    colours: [word('red'), word('blue'), word('white')],
  })
  expect(written({ tea: 'other', colours: 'survivor' })).toMatchObject({ tea: [word('black')], colours: survivor.colours })
})

test('what only the other knows, or both alike, is kept and written down', () => {
  const other = { tea: [word('black')], fee: [number(100)], size: [word('L')] }
  const kept = ownKept(ownQuestions(fields, survivor, other), survivor, other)
  expect(kept).toEqual([
    { fieldId: 'fee', survivor: [number(100)], other: [number(100)], written: [number(100)] },
    { fieldId: 'size', survivor: [], other: [word('L')], written: [word('L')] },
  ])
})

test('what somebody has set since is nobody’s', () => {
  const merges = ownMerges(ownQuestions(fields, survivor, { tea: [word('black')], fee: [number(1)] }), {})
  expect(ownSince(merges, { tea: [word('white')], fee: [number(100)] })).toEqual(['tea'])
  expect(ownSince(merges, { fee: [number(100)] })).toEqual(['tea'])
})
