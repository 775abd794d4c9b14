import { describe, expect, test } from 'vitest'
import { foundFirst, type ProactiveRules, reactionTo, wasFirst } from './proactive.ts'

const rules: ProactiveRules = {
  ...{ late: 'case', fromDays: 1, fromTier: 'gold', fromMinor: 100_000, otherwise: 'task', recoverDays: 1, disputes: 'nothing' },
}

describe('what is done about a late delivery', () => {
  test.each([
    ['a case for platinum', { tier: 'platinum', amountMinor: 100 }, {}, 'case'],
    ['a case for the very tier that is named', { tier: 'gold', amountMinor: 100 }, {}, 'case'],
    ['a task for those below', { tier: 'iron', amountMinor: 99_999 }, {}, 'task'],
    ['a case for whoever ordered for enough', { tier: 'lead', amountMinor: 100_000 }, {}, 'case'],
    ['a task for whoever was not valued yet', { tier: null, amountMinor: 0 }, {}, 'task'],
    ['the same for everybody where neither matters', { tier: null, amountMinor: 0 }, { fromTier: null, fromMinor: null }, 'case'],
    ['only the amount where only it matters', { tier: 'platinum', amountMinor: 0 }, { fromTier: null }, 'task'],
    ['nothing where nothing is wanted', { tier: 'platinum', amountMinor: 0 }, { late: 'nothing' }, 'nothing'],
    ['nothing for the others where nothing is wanted for them', { tier: 'iron', amountMinor: 0 }, { otherwise: 'nothing' }, 'nothing'],
    ['nothing before its days are over', { tier: 'platinum', amountMinor: 0 }, { fromDays: 3 }, 'nothing'],
    ['nothing about what came long ago', { tier: 'platinum', amountMinor: 0, cameDaysAgo: 7 }, {}, 'nothing'],
    ['a case about what came lately', { tier: 'platinum', amountMinor: 0, cameDaysAgo: 6 }, {}, 'case'],
    ['a case on the very day', { tier: 'platinum', amountMinor: 0 }, { fromDays: 2 }, 'case'],
  ] as const)('%s', (_what, late, change, reaction) =>
    expect(reactionTo({ days: 2, cameDaysAgo: null, ...late }, { ...rules, ...change })).toBe(reaction),
  )
})

test('the company was first where it found it no later than the customer said it', () => {
  const [nine, ten] = [new Date('2026-03-02T09:00:00Z'), new Date('2026-03-02T10:00:00Z')]
  expect([wasFirst(nine, ten), wasFirst(nine, nine), wasFirst(ten, nine)]).toEqual([true, true, false])
})

describe('the share that was found first', () => {
  test.each([
    ['raised, and nobody complained', { raised: 1, complaints: 0, first: 0, tooLate: 0 }, 1, 1],
    ['raised, and the customer complained afterwards: one matter', { raised: 1, complaints: 1, first: 1, tooLate: 0 }, 1, 1],
    ['raised after the customer had said it: one matter, not first', { raised: 1, complaints: 1, first: 0, tooLate: 1 }, 0, 1],
    ['only the customer said it', { raised: 0, complaints: 1, first: 0, tooLate: 0 }, 0, 1],
    ['all of these', { raised: 3, complaints: 3, first: 1, tooLate: 1 }, 2, 4],
    ['a complaint about what was raised in an earlier period', { raised: 0, complaints: 1, first: 1, tooLate: 0 }, 0, 0],
    ['nothing', { raised: 0, complaints: 0, first: 0, tooLate: 0 }, 0, 0],
  ])('%s', (_what, counts, part, whole) => expect(foundFirst(counts)).toEqual({ part, whole }))
})
