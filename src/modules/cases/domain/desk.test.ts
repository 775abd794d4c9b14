import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { freightKinds, termNames } from '#modules/orders/domain/terms.ts'
import { guideRefusal, nextAction } from './guide.ts'
import { letterLanguage } from './letters.ts'
import { complaintOf } from './order-draft.ts'
import { isReasonOf } from './taxonomy.ts'

describe('the six actions', () => {
  const actions = ['vent', 'understand', 'solve', 'make-good', 'ask', 'root']
  test('follow one another, each once', () => {
    expect(guideRefusal(actions, [], 'vent')).toBeNull()
    expect(guideRefusal(actions, [], 'solve')).toBe('not-its-turn')
    expect(guideRefusal(actions, ['vent'], 'vent')).toBe('ticked-already')
    expect(guideRefusal(actions, [], 'sing')).toBe('no-such-action')
    expect(nextAction(actions, actions)).toBeNull()
  })
  test('what was ticked under a guide that has changed since keeps nobody from going on', () => {
    expect(nextAction(['hear', 'help'], ['vent'])).toBe('hear')
    expect(guideRefusal(['hear', 'help'], ['vent', 'hear'], 'help')).toBeNull()
  })
  test('whatever is done, at most one action can be ticked, and ticking it always ends', () =>
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 8 }), fc.array(fc.string()), (all, done) => {
        const open = all.filter((one) => guideRefusal(all, done, one) === null)
        expect(open).toEqual([nextAction(all, done)].filter((one) => one !== null))
        let ticked = done
        for (let next = nextAction(all, ticked); next !== null; next = nextAction(all, ticked)) ticked = [...ticked, next]
        expect(all.every((one) => ticked.includes(one))).toBe(true)
      }),
    ))
})

describe('what a complaint about an order begins with', () => {
  const short = { term: 'quantity', difference: { unit: 'quantity', quantity: '-5' } } as const
  const late = { term: 'deliveryTime', difference: { unit: 'days', days: 2 } } as const
  test('the first term that was not kept; what happened on the way explains what is missing', () => {
    expect(complaintOf([short, late], [])).toEqual({ category: 'contract', reason: 'quantity' })
    expect(complaintOf([late], [])).toEqual({ category: 'contract', reason: 'delivery-time' })
    expect(complaintOf([short], [{ kind: 'handling' }])).toEqual({ category: 'freight', reason: 'packing-handling' })
  })
  test('nothing where all was as promised, or came early', () => {
    expect(complaintOf([], [])).toBeNull()
    expect(complaintOf([{ term: 'deliveryTime', difference: { unit: 'days', days: -1 } }], [])).toBeNull()
  })
  test('every term and every kind of damage is a reason that complaints know', () => {
    const found = [
      ...termNames.map((term) => complaintOf([{ term, difference: null }], [])),
      ...freightKinds.map((kind) => complaintOf([], [{ kind }])),
    ]
    for (const one of found) expect(one && isReasonOf(one.category, one.reason), JSON.stringify(one)).toBe(true)
  })
})

test.each([
  ['zh-CN', 'zh-CN'],
  ['zh', 'zh-CN'],
  ['zh_Hant_HK', 'zh-TW'],
  ['zh-TW', 'zh-TW'],
  ['繁體中文', 'zh-TW'],
  ['中文', 'zh-CN'],
  ['en-GB', 'en'],
  ['English', 'en'],
  ['fr', null],
  ['', null],
  [null, null],
] as const)('an archive that says %s is written to in %s', (said, language) => expect(letterLanguage(said)).toBe(language))
