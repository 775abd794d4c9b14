import { expect, test } from 'vitest'
import { isPenalised, proposedBeside } from './staff-entry.ts'

const penalty = { kind: 'penalty', state: 'approved', userId: 'wang', role: 'direct', amountMinor: 300 } as const

test('nobody is penalised twice by one case for its loss, nor for its delay', () => {
  const is = (entry: object, userId: string, role: 'direct' | 'head' | 'delay') => isPenalised([{ ...penalty, ...entry }], { userId, role })
  expect(is({}, 'wang', 'direct')).toBe(true)
  // As head of the department they answer for the same loss.
  expect(is({}, 'wang', 'head')).toBe(true)
  expect(is({}, 'wang', 'delay')).toBe(false)
  expect(is({ role: 'delay' }, 'wang', 'delay')).toBe(true)
  expect(is({}, 'li', 'direct')).toBe(false)
  for (const state of ['proposed', 'rejected', 'withdrawn']) expect(is({ state }, 'wang', 'direct')).toBe(false)
  expect(is({ kind: 'recognition' }, 'wang', 'direct')).toBe(false)
})

test('what was approved of a person by the same case counts against the most that they can lose by it', () => {
  const half = { basisPoints: 5_000, of: 'bonus' } as const
  const table = { version: 1, losses: [{ fromMinor: 0, direct: half, head: half }], delays: [], mostBasisPoints: 2_000 }
  const wang = { userId: 'wang', role: 'direct', performancePayMinor: 0, bonusMinor: 2_000, lateMinutes: 0 } as const
  const amount = (...entries: readonly (typeof penalty | object)[]) =>
    proposedBeside(entries as readonly (typeof penalty)[], table, 10_000, [wang]).lines.map(({ amountMinor }) => amountMinor)
  expect(amount()).toEqual([400])
  expect(amount(penalty)).toEqual([100])
  expect(amount(penalty, { ...penalty, role: 'delay', amountMinor: 50 })).toEqual([50])
  expect(amount({ ...penalty, state: 'proposed' }, { ...penalty, userId: 'li' })).toEqual([400])
})
