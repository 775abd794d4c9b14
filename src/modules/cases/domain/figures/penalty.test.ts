import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AnswerablePerson, type PenaltyTable, penaltyTableProblems, proposePenalties } from './penalty.ts'

const bonus = (percent: number) => ({ basisPoints: percent * 100, of: 'bonus' as const })
const pay = (percent: number) => ({ basisPoints: percent * 100, of: 'performance-pay' as const })
const table: PenaltyTable = {
  version: 3,
  losses: [
    { fromMinor: 10_000, direct: bonus(5), head: bonus(2) },
    { fromMinor: 100_000, direct: bonus(10), head: bonus(5) },
    { fromMinor: 1_000_000, direct: bonus(20), head: pay(10) },
  ],
  delays: [
    { fromMinutes: 60, rate: pay(2) },
    { fromMinutes: 480, rate: pay(5) },
  ],
  mostBasisPoints: null,
}
const person = (userId: string, role: AnswerablePerson['role'], more: Partial<AnswerablePerson> = {}): AnswerablePerson => ({
  userId,
  role,
  performancePayMinor: 200_000,
  bonusMinor: 300_000,
  lateMinutes: 0,
  ...more,
})
const amounts = (lossMinor: number, people: AnswerablePerson[], by = table) =>
  proposePenalties(by, lossMinor, people).lines.map(({ userId, role, amountMinor }) => [userId, role, amountMinor])

test('a loss of 5,000 in the band from 1,000 to 10,000 at 10 % of a bonus of 3,000 is 300, and only proposed', () => {
  expect(proposePenalties(table, 500_000, [person('wang', 'direct')])).toEqual({
    tableVersion: 3,
    lossMinor: 500_000,
    lines: [
      {
        userId: 'wang',
        role: 'direct',
        rate: { basisPoints: 1_000, of: 'bonus' },
        band: { from: 100_000, to: 1_000_000 },
        ofMinor: 300_000,
        amountMinor: 30_000,
        reducedBy: null,
      },
    ],
    totalMinor: 30_000,
    needsApproval: true,
  })
})
test('the head of the department as well, each by their own rate', () =>
  expect(amounts(500_000, [person('head', 'head'), person('wang', 'direct')])).toEqual([
    ['wang', 'direct', 30_000],
    ['head', 'head', 15_000],
  ]))
test('a border belongs to the band that begins there', () => {
  const direct = (lossMinor: number) => proposePenalties(table, lossMinor, [person('w', 'direct')]).lines[0]?.amountMinor ?? 0
  expect([9_999, 10_000, 99_999, 100_000, 999_999, 1_000_000, 1e12].map(direct)).toEqual([
    0, 15_000, 15_000, 30_000, 30_000, 60_000, 60_000,
  ])
  expect(proposePenalties(table, 1_000_000, [person('w', 'direct')]).lines[0]!.band).toEqual({ from: 1_000_000, to: null })
})
test('no loss, or more recovered than lost, is no penalty, not even in a band from 0', () => {
  const fromZero = { ...table, losses: [{ fromMinor: 0, direct: bonus(1), head: bonus(0) }] }
  expect(amounts(0, [person('w', 'direct')], fromZero)).toEqual([])
  expect(amounts(-500, [person('w', 'direct')], fromZero)).toEqual([])
  expect(amounts(1, [person('w', 'direct'), person('h', 'head')], fromZero)).toEqual([['w', 'direct', 3_000]])
})
test('delay goes by working minutes beyond the due time, without any loss', () => {
  const late = (lateMinutes: number) => amounts(0, [person('li', 'delay', { lateMinutes })])
  expect(late(59)).toEqual([])
  expect(late(60)).toEqual([['li', 'delay', 4_000]])
  expect(late(479)).toEqual([['li', 'delay', 4_000]])
  expect(late(480)).toEqual([['li', 'delay', 10_000]])
  const always = { ...table, delays: [{ fromMinutes: 0, rate: pay(1) }] }
  expect(amounts(0, [person('li', 'delay')], always)).toEqual([])
})
test('who caused it and heads the department pays once, by the higher; delay comes beside it', () => {
  const found = proposePenalties(table, 500_000, [person('a', 'head'), person('a', 'direct'), person('a', 'delay', { lateMinutes: 60 })])
  expect(found.lines.map(({ role, amountMinor, reducedBy }) => [role, amountMinor, reducedBy])).toEqual([
    ['direct', 30_000, null],
    ['head', 0, 'higher-role'],
    ['delay', 4_000, null],
  ])
  expect(found.totalMinor).toBe(34_000)
  // Equal ones as well: 10 % of 2,000 performance pay against 20 % of 1,000 bonus.
  const equal = proposePenalties(table, 2_000_000, [person('a', 'direct', { bonusMinor: 100_000 }), person('a', 'head')])
  expect(equal.lines.map(({ amountMinor }) => amountMinor)).toEqual([20_000, 0])
  const headMore = proposePenalties(table, 2_000_000, [person('a', 'direct', { bonusMinor: 50_000 }), person('a', 'head')])
  expect(headMore.lines.map(({ amountMinor }) => amountMinor)).toEqual([0, 20_000])
})
test('no one loses more by one case than the table allows; later lines are cut first', () => {
  // 10 % of 5,000.00 together are 500.00.
  const limited = { ...table, mostBasisPoints: 1_000 }
  const found = proposePenalties(limited, 1_000_000, [
    person('a', 'direct'),
    person('a', 'delay', { lateMinutes: 480 }),
    person('b', 'head'),
  ])
  expect(found.lines.map(({ userId, amountMinor, reducedBy }) => [userId, amountMinor, reducedBy])).toEqual([
    ['a', 50_000, 'most'],
    ['b', 20_000, null],
    ['a', 0, 'most'],
  ])
})
test('halves are rounded up, once', () => {
  expect(amounts(500_000, [person('w', 'direct', { bonusMinor: 5 })])).toEqual([['w', 'direct', 1]])
  expect(amounts(500_000, [person('w', 'direct', { bonusMinor: 4 })])).toEqual([['w', 'direct', 0]])
})
test('a changed table changes the next proposal, and not the one that was made', () => {
  const before = proposePenalties(table, 500_000, [person('w', 'direct')])
  const kept = structuredClone(before)
  const changed: PenaltyTable = { ...table, version: 4, losses: table.losses.map((band) => ({ ...band, direct: bonus(15) })) }
  expect(proposePenalties(changed, 500_000, [person('w', 'direct')])).toMatchObject({ tableVersion: 4, totalMinor: 45_000 })
  expect(before).toEqual(kept)
  expect(before).toMatchObject({ tableVersion: 3, totalMinor: 30_000 })
})
test('what is no amount is a mistake', () => {
  expect(() => proposePenalties(table, 0.5, [])).toThrow(RangeError)
  expect(() => proposePenalties(table, 1, [person('w', 'direct', { bonusMinor: -1 })])).toThrow(RangeError)
  expect(() => proposePenalties(table, 1, [person('w', 'delay', { lateMinutes: 0.5 })])).toThrow(RangeError)
})

describe('a table that cannot be published', () => {
  test.each<[string, Partial<PenaltyTable>, object[]]>([
    ['nothing is wrong', {}, []],
    ['an empty one is right, too', { losses: [], delays: [] }, []],
    [
      'bands that begin at the same loss',
      { losses: [table.losses[0]!, table.losses[0]!] },
      [{ list: 'losses', row: 1, problem: 'not-ascending' }],
    ],
    ['bands that fall', { delays: table.delays.toReversed() }, [{ list: 'delays', row: 1, problem: 'not-ascending' }]],
    ['half a cent', { losses: [{ ...table.losses[0]!, fromMinor: 0.5 }] }, [{ list: 'losses', row: 0, problem: 'not-whole' }]],
    ['below 0', { delays: [{ fromMinutes: -1, rate: pay(1) }] }, [{ list: 'delays', row: 0, problem: 'not-whole' }]],
    [
      'more than everything',
      { losses: [{ ...table.losses[0]!, head: bonus(101) }] },
      [{ list: 'losses', row: 0, problem: 'rate-out-of-range' }],
    ],
    ['a negative rate', { delays: [{ fromMinutes: 5, rate: pay(-1) }] }, [{ list: 'delays', row: 0, problem: 'rate-out-of-range' }]],
    ['half a basis point', { mostBasisPoints: 0.5 }, [{ list: 'most', row: 0, problem: 'rate-out-of-range' }]],
  ])('%s', (_what, change, expected) => expect(penaltyTableProblems({ ...table, ...change })).toEqual(expected))
})

test('amounts are whole, never above the pay they are taken from, and never fall where the loss rises and rates do', () =>
  fc.assert(
    fc.property(fc.nat(5_000_000), fc.nat(5_000_000), fc.nat(1_000_000), fc.nat(3_000), (loss, more, bonusMinor, lateMinutes) => {
      const people = [person('w', 'direct', { bonusMinor }), person('h', 'head', { bonusMinor }), person('l', 'delay', { lateMinutes })]
      const here = proposePenalties(table, loss, people)
      for (const line of here.lines) {
        expect(Number.isSafeInteger(line.amountMinor)).toBe(true)
        expect(line.amountMinor).toBeLessThanOrEqual(line.ofMinor)
      }
      const direct = (lossMinor: number) =>
        proposePenalties(table, lossMinor, people).lines.find(({ role }) => role === 'direct')?.amountMinor ?? 0
      expect(direct(loss + more)).toBeGreaterThanOrEqual(direct(loss))
    }),
  ))

test('what was approved by the same case before is taken off the limit of that person alone', () => {
  // 10 % of 5,000 is 500 at most; 400 of it were approved.
  const limited = { ...table, mostBasisPoints: 1_000 }
  const people = [person('wang', 'direct'), person('li', 'head', { bonusMinor: 1_000_000 })]
  const before = (minor: number) =>
    proposePenalties(limited, 500_000, people, new Map([['wang', minor]])).lines.map(({ amountMinor, reducedBy }) => [
      amountMinor,
      reducedBy,
    ])
  expect(before(20_000)).toEqual([
    [30_000, null],
    [50_000, null],
  ])
  expect(before(40_000)).toEqual([
    [10_000, 'most'],
    [50_000, null],
  ])
  expect(before(60_000)[0]).toEqual([0, 'most'])
})
