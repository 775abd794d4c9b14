import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Tier, tiers } from '#modules/customers/domain/book.ts'
import { averageWaitMinutes, overtakenAtMost, placeInLine, type TierHeadStart, ticketLabel } from './counter.ts'

const headStart: TierHeadStart = { platinum: 15, gold: 10, iron: 0, lead: 0 }
const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 9, minute))
const order = (waiting: readonly (readonly [string, number, Tier | null])[]) =>
  waiting
    .map(([name, minute, tier]) => ({ name, rank: placeInLine({ issuedAt: at(minute), tier }, headStart) }))
    .toSorted((a, b) => a.rank.getTime() - b.rank.getTime())
    .map(({ name }) => name)

test('a higher tier is called ahead of its arrival, as far as its head start goes', () => {
  expect(
    order([
      ['iron', 0, 'iron'],
      ['unknown', 1, null],
      ['gold', 5, 'gold'],
      ['platinum', 12, 'platinum'],
    ]),
  ).toEqual([...['gold', 'platinum', 'iron', 'unknown']])
  // Whoever has waited for longer than the largest head start is called first.
  expect(
    order([
      ['iron', 0, 'iron'],
      ['platinum', 16, 'platinum'],
    ]),
  ).toEqual(['iron', 'platinum'])
})

test('nobody starves: who comes after the largest head start never goes ahead', () =>
  fc.assert(
    fc.property(
      fc.constantFrom(...tiers, null),
      fc.constantFrom(...tiers, null),
      fc.integer({ min: 1, max: 600 }),
      (mine, theirs, later) => {
        const me = placeInLine({ issuedAt: at(0), tier: mine }, headStart)
        const them = placeInLine({ issuedAt: at(overtakenAtMost(headStart) + later), tier: theirs }, headStart)
        expect(me.getTime()).toBeLessThan(them.getTime())
      },
    ),
  ))

test('a number is called by its letter and three figures', () => {
  expect([ticketLabel('A', 7), ticketLabel('', 1204)]).toEqual(['A007', '1204'])
})

test('the average wait counts only those who were called', () => {
  expect([averageWaitMinutes({ called: 0, seconds: 0 }), averageWaitMinutes({ called: 3, seconds: 1000 })]).toEqual([null, 6])
})
