import { expect, test } from 'vitest'
import { dueOn, everyNight, freeOn, keptOn } from './kept.ts'

const uk = (until: string, count: number) => ({ rule: 'cases.uk', title: 'DISP', until, count })
const us = (until: string, count: number) => ({ rule: 'cases.us', title: 'Manual', until, count })
const none = { holdReason: null, holdUntil: null }
const held = (holdUntil: string | null) => ({ holdReason: 'Tax law', holdUntil })

test('the longest rule wins, what has passed counts no more, and the last day still counts', () => {
  const all = [uk('2026-03-01', 2), uk('2027-03-01', 1), us('2026-05-01', 3)]
  expect(keptOn('2026-03-01', all)).toEqual({
    until: '2027-03-01',
    rules: [
      { rule: 'cases.uk', title: 'DISP', until: '2027-03-01', count: 3 },
      { rule: 'cases.us', title: 'Manual', until: '2026-05-01', count: 3 },
    ],
  })
  expect(keptOn('2026-03-02', all)!.rules[0]!.count).toBe(1)
  expect(keptOn('2027-03-01', all)!.rules.map(({ rule }) => rule)).toEqual(['cases.uk'])
  expect(keptOn('2027-03-02', all)).toBeNull()
})

test('what has not ended has no end, whatever else ends, and stands first', () => {
  expect(keptOn('2026-03-01', [uk('2027-03-01', 1), us('2020-05-01', 1), us('open', 1), us('2026-05-01', 1)])).toEqual({
    until: null,
    rules: [
      { rule: 'cases.us', title: 'Manual', until: null, count: 2 },
      { rule: 'cases.uk', title: 'DISP', until: '2027-03-01', count: 1 },
    ],
  })
})

test('an erasure is free the day after the last of law and hold', () => {
  const kept = keptOn('2026-03-01', [uk('2027-02-28', 1)])
  const open = keptOn('2026-03-01', [uk('open', 1)])
  expect(freeOn('2026-03-01', null, none)).toBe('2026-03-01')
  expect(freeOn('2026-03-01', kept, none)).toBe('2027-03-01')
  expect(freeOn('2026-03-01', kept, held('2026-12-31'))).toBe('2027-03-01')
  expect(freeOn('2026-03-01', kept, held('2027-12-31'))).toBe('2028-01-01')
  expect(freeOn('2026-03-01', null, held('2026-03-01'))).toBe('2026-03-02')
  expect(freeOn('2026-03-01', null, held('2026-02-28'))).toBe('2026-03-01')
  for (const hold of [none, held('2027-12-31'), held(null)]) expect(freeOn('2026-03-01', open, hold)).toBeNull()
  expect(freeOn('2026-03-01', kept, held(null))).toBeNull()
})

test('what is free today is due today until the night has done its work, and the next day from then on', () => {
  const kept = keptOn('2026-03-01', [uk('2027-02-28', 1)])
  expect(everyNight).toBe('20 3 * * *')
  expect(dueOn('2026-03-01T03:19:59.999Z', null, none)).toBe('2026-03-01')
  expect(dueOn('2026-03-01T03:20:00.000Z', null, none)).toBe('2026-03-02')
  expect(dueOn('2026-12-31T23:59:59.999Z', null, none)).toBe('2027-01-01')
  // A day to come is reached by its own night.
  expect(dueOn('2026-03-01T12:00:00.000Z', null, held('2026-03-01'))).toBe('2026-03-02')
  expect(dueOn('2026-03-01T12:00:00.000Z', kept, none)).toBe('2027-03-01')
  expect(dueOn('2026-03-01T12:00:00.000Z', kept, held(null))).toBeNull()
})
