import { describe, expect, test } from 'vitest'
import { type CaseEvent, happened, type NewEvent } from './event.ts'
import { fold, remedyMinor } from './fold.ts'
import { needsNow, wayOn } from './needs.ts'
import { shippedOf } from './shipped.ts'
import { netLossMinor, recoveredMinor } from './standing.ts'
import { claimMayGoTo, claimStates, expectedLossMinor, isSettled } from './supplier-claim.ts'

const process = shippedOf('goodwill')
const at = new Date('2026-03-01T10:00:00Z')
const opening = happened('opened', {
  kind: 'goodwill',
  process: { key: 'goodwill', version: 1 },
  step: 'help',
  number: '1',
  record: { subject: 'Kettle', description: 'Bought elsewhere' },
} as never)
const caseOf = (...events: readonly NewEvent[]) =>
  fold(
    process,
    [opening, ...events].map((event, i) => ({ ...event, seq: i + 1, at, by: 'ada' }) as CaseEvent),
  )
const goods = happened('goods-returned', { item: 'Kettle', rival: 'Other shop', supplier: 'Maker', valueMinor: 20_000 })
const moved = (state: 'claimed' | 'paid' | 'refused', receivedMinor: number | null = null) =>
  happened('claim-moved', { state, receivedMinor, note: null })

describe('goods of a rival that are taken back', () => {
  test('are claimed of their maker at their value, and once that is paid the company has lost nothing', () => {
    const taken = caseOf(goods)
    expect(taken.claim).toEqual({ state: 'open', supplier: 'Maker', amountMinor: 20_000, receivedMinor: 0 })
    expect([remedyMinor(taken), recoveredMinor(taken), netLossMinor(taken)]).toEqual([20_000, 0, 20_000])
    expect(expectedLossMinor(taken.claim!)).toBe(0)
    const paid = caseOf(goods, moved('claimed'), moved('paid', 20_000))
    expect([remedyMinor(paid), recoveredMinor(paid), netLossMinor(paid)]).toEqual([20_000, 20_000, 0])
  })

  test('cost what the maker does not pay', () => {
    expect(netLossMinor(caseOf(goods, moved('claimed'), moved('paid', 15_000)))).toBe(5_000)
    expect(netLossMinor(caseOf(goods, moved('claimed'), moved('refused')))).toBe(20_000)
    expect(expectedLossMinor(caseOf(goods, moved('claimed'), moved('refused')).claim!)).toBe(20_000)
  })

  test('keep the case open until the maker has answered', () => {
    const answered = happened('answered', { text: 'Here is your money', channel: 'store' })
    const recover = happened('stepped', { from: 'help', to: 'reclaim' })
    expect(wayOn(process, caseOf(answered))).toBe('end')
    expect(wayOn(process, caseOf(goods, answered))).toBe('reclaim')
    expect(needsNow(process, caseOf(goods, answered, recover))).toEqual([{ need: 'supplier-claim', met: false }])
    expect(wayOn(process, caseOf(goods, answered, recover, moved('claimed'), moved('paid', 20_000)))).toBe('end')
  })
})

test('a claim goes from open over claimed to paid or refused, and a refused one is made again', () => {
  expect(claimStates.map((state) => claimMayGoTo(state))).toEqual([['claimed'], ['paid', 'refused'], [], ['claimed']])
  expect(isSettled(null)).toBe(false)
})
