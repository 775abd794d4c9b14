import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type InHand, isHeldBack, limitsOn, withOneMore } from './limits.ts'

const nothing: InHand = { teams: new Map(), products: new Map() }
const five = { teams: [{ teamId: 'key', most: 5 }], products: [{ productCode: 'POT', most: 5 }] }
const taken = (count: number, one: { teamId: string | null; productCode: string | null }): InHand =>
  Array.from({ length: count }).reduce<InHand>((inHand) => withOneMore(inHand, one), nothing)

describe('a limit on what is in hand', () => {
  test.each([
    ['team', { teamId: 'key', productCode: null }, 'key'],
    ['product', { teamId: null, productCode: 'POT' }, 'POT'],
  ] as const)('of a %s: with five in hand of five the sixth waits, and a limit of six releases it', (of, one, id) => {
    expect(isHeldBack(limitsOn(one, five, taken(4, one)), null)).toBe(false)
    const inHand = taken(5, one)
    expect(limitsOn(one, five, inHand)).toEqual([{ of, id, inHand: 5, most: 5 }])
    expect(isHeldBack(limitsOn(one, five, inHand), null)).toBe(true)
    const six = { teams: [{ teamId: 'key', most: 6 }], products: [{ productCode: 'POT', most: 6 }] }
    expect(isHeldBack(limitsOn(one, six, inHand), null)).toBe(false)
  })

  test('holds nothing back that has to be done at once, and stays held while more is in hand than it allows', () => {
    const one = { teamId: 'key', productCode: null }
    expect(isHeldBack(limitsOn(one, five, taken(8, one)), 'danger')).toBe(false)
    expect(isHeldBack(limitsOn(one, five, taken(8, one)), null)).toBe(true)
  })

  test('holds only what it is about; where two apply, one that is reached is enough', () => {
    const inHand = taken(5, { teamId: 'key', productCode: null })
    expect(limitsOn({ teamId: 'other', productCode: 'CUP' }, five, inHand)).toEqual([])
    expect(limitsOn({ teamId: null, productCode: null }, five, inHand)).toEqual([])
    const both = limitsOn({ teamId: 'key', productCode: 'POT' }, five, inHand)
    expect(both.map(({ of, inHand: count }) => [of, count])).toEqual([
      ['team', 5],
      ['product', 0],
    ])
    expect(isHeldBack(both, null)).toBe(true)
  })

  test('is never exceeded by what is taken on one after the other, whatever waits', () => {
    const waiting = fc.array(fc.record({ teamId: fc.constantFrom('a', 'b', null), productCode: fc.constantFrom('x', 'y', null) }))
    fc.assert(
      fc.property(waiting, fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }), (cases, ofTeam, ofProduct) => {
        const limits = { teams: [{ teamId: 'a', most: ofTeam }], products: [{ productCode: 'x', most: ofProduct }] }
        let inHand = nothing
        for (const one of cases) if (!isHeldBack(limitsOn(one, limits, inHand), null)) inHand = withOneMore(inHand, one)
        expect(inHand.teams.get('a') ?? 0).toBeLessThanOrEqual(ofTeam)
        expect(inHand.products.get('x') ?? 0).toBeLessThanOrEqual(ofProduct)
        // What no limit is about is all taken on.
        const free = cases.filter(({ teamId, productCode }) => teamId === 'b' && productCode === 'y').length
        expect(inHand.teams.get('b') ?? 0).toBeGreaterThanOrEqual(free)
      }),
    )
  })
})
