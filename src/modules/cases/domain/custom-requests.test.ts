import { expect, test } from 'vitest'
import { byType } from './custom-requests.ts'

const counts = { requests: 3, quoted: 2, accepted: 1, refused: 1, fulfilled: 1 }

test('every type is there, and what nobody said comes last', () => {
  const none = { requests: 0, quoted: 0, accepted: 0, refused: 0, fulfilled: 0 }
  expect(byType([{ extra: 'customised', ...counts }])).toEqual([
    { extra: 'value-added', ...none },
    { extra: 'customised', ...counts },
    { extra: 'personalised', ...none },
  ])
  expect(byType([{ extra: null, ...counts }]).at(-1)).toEqual({ extra: null, ...counts })
})
