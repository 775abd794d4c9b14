import { expect, test } from 'vitest'
import { cursorOf, type PlaceKind, placeOf } from './cursor.ts'

const id = '0198c0de-0000-7000-8000-000000000000'

test('a cursor gives back the place it was made of', () => {
  for (const [kinds, place] of [
    [
      ['text', 'uuid'],
      ['王 name', id],
    ],
    [
      ['whole', 'uuid'],
      [-12, id],
    ],
    [
      ['day', 'day'],
      ['2026-02-28', '-infinity'],
    ],
    [
      ['instant', 'text'],
      ['2026-02-28T01:02:03.004Z', '2026-02-28'],
    ],
  ] as const)
    expect(placeOf(cursorOf(place), kinds)).toEqual(place)
})

test.each([
  ['day', '2026-02-30'],
  ['day', '0000-01-01'],
  ['day', 'x'],
  ['day', 20_260_101],
  ['instant', '2026-02-28'],
  ['instant', 'NaN'],
  ['instant', null],
  ['whole', 1.5],
  ['whole', 2 ** 53],
  ['whole', '1'],
  ['uuid', `${id}'`],
  ['uuid', '2026-01-01'],
  ['text', null],
] as [PlaceKind, string | number | null][])('a place that is no %s is refused: %s', (kind, value) => {
  expect(() => placeOf(cursorOf([value]), [kind])).toThrow('does not belong to this list')
  expect(() => placeOf(cursorOf([value, value]), [kind])).toThrow('does not belong to this list')
})

test.each(['', '!', 'e30', 'bnVsbA', '%'])('what is no place at all is refused: %s', (cursor) =>
  expect(() => placeOf(cursor, ['text'])).toThrow('does not belong to this list'),
)
