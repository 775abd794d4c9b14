import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deviationsOf, quantitiesDelivered, termsWithOrdered } from './deviations.ts'
import type { Line } from './lines.ts'
import { type Delivery, deliveredOn, type LineTerms, movedLines, newPlaces, noTerms, type Terms } from './terms.ts'

const terms = (more: Partial<Terms>): Terms => ({ ...noTerms, ...more })
const { promisedDay: _, payment: __, ...nothingSaid } = noTerms
const came = (day: string, more: Partial<Delivery> = {}): Delivery => ({ ...nothingSaid, day, moreFollows: false, ...more })
const line = (place: number, quantity: string | null, more: Partial<LineTerms> = {}): LineTerms => ({
  place,
  quantity,
  grade: null,
  specification: null,
  ...more,
})
const later = '2026-04-01'

describe('what was delivered otherwise than promised', () => {
  test('contract quantity 100 for 1 March, 95 came on 3 March: quantity −5 and delivery time +2 days', () => {
    const contract = terms({ quantity: '100', promisedDay: '2026-03-01' })
    expect(deviationsOf(contract, [came('2026-03-03', { quantity: '95' })], later)).toEqual([
      { term: 'quantity', place: null, promised: '100', delivered: '95', difference: { unit: 'quantity', quantity: '-5' } },
      { term: 'deliveryTime', place: null, promised: '2026-03-01', delivered: '2026-03-03', difference: { unit: 'days', days: 2 } },
    ])
  })

  test('all seven terms, each in its own words', () => {
    const contract = terms({
      quantity: '10',
      grade: 'AAA',
      specification: '250 g tins',
      promisedDay: '2026-03-01',
      deliveryPlace: 'Warehouse North',
      settlement: 'Monthly account',
      tradeTerms: 'DAP',
    })
    const delivery = came('2026-02-27', {
      quantity: '10.5',
      grade: 'AA',
      specification: '500 g tins',
      deliveryPlace: 'Warehouse South',
      settlement: 'Cash on delivery',
      tradeTerms: 'EXW',
    })
    expect(deviationsOf(contract, [delivery], later).map(({ term, difference }) => [term, difference])).toEqual([
      ['quantity', { unit: 'quantity', quantity: '0.5' }],
      ['grade', null],
      ['specification', null],
      ['deliveryTime', { unit: 'days', days: -2 }],
      ['deliveryPlace', null],
      ['settlement', null],
      ['tradeTerms', null],
    ])
  })

  test('case, width and spaces are no difference; what only one side speaks of is none either', () => {
    const contract = terms({ grade: 'Grade Ａ', settlement: 'T/T' })
    expect(deviationsOf(contract, [came('2026-03-01', { grade: 'grade a', deliveryPlace: 'Anywhere', quantity: '3' })], later)).toEqual([])
  })

  test('several deliveries are one: quantities add up, the last day counts, another grade is named once', () => {
    const contract = terms({ quantity: '100', grade: 'A', promisedDay: '2026-03-01' })
    const parts = [
      came('2026-03-04', { quantity: '40', grade: 'B' }),
      came('2026-02-28', { quantity: '60', grade: 'b ', moreFollows: true }),
    ]
    expect(deviationsOf(contract, parts, later)).toEqual([
      { term: 'grade', place: null, promised: 'A', delivered: 'B', difference: null },
      { term: 'deliveryTime', place: null, promised: '2026-03-01', delivered: '2026-03-04', difference: { unit: 'days', days: 3 } },
    ])
  })

  test('what is awaited falls short only once the promised day is past, and time runs until then', () => {
    const contract = terms({ quantity: '100', promisedDay: '2026-03-01' })
    const part = [came('2026-02-28', { quantity: '60', moreFollows: true })]
    expect(deviationsOf(contract, part, '2026-03-01')).toEqual([])
    expect(deviationsOf(contract, part, '2026-03-04')).toEqual([
      { term: 'quantity', place: null, promised: '100', delivered: '60', difference: { unit: 'quantity', quantity: '-40' } },
      { term: 'deliveryTime', place: null, promised: '2026-03-01', delivered: null, difference: { unit: 'days', days: 3 } },
    ])
    expect(deviationsOf(contract, [], '2026-03-02')).toEqual([
      { term: 'deliveryTime', place: null, promised: '2026-03-01', delivered: null, difference: { unit: 'days', days: 1 } },
    ])
    expect(deviationsOf(contract, [came('2026-02-28', { quantity: '101', moreFollows: true })], '2026-03-01')).toMatchObject([
      { difference: { quantity: '1' } },
    ])
  })

  test('lines are held against what they order; the whole is not told twice', () => {
    const goods = (quantityMicro: number): Line => ({
      kind: 'goods',
      product: 'P',
      name: null,
      quantityMicro,
      unitPriceMicro: null,
      discountMinor: 0,
      netMinor: 0,
      costMinor: null,
    })
    const lines = [goods(3_000_000), { ...goods(1_000_000), kind: 'shipping' as const }, goods(2_500_000), goods(-1_000_000)]
    const ordered = termsWithOrdered(terms({ quantity: '5.5', lines: [line(3, null, { grade: 'A' })] }), lines)
    expect(ordered.lines).toEqual([line(1, '3'), line(3, '2.5', { grade: 'A' })])
    const short = came('2026-03-01', { lines: [line(1, '3'), line(3, '2', { grade: 'B' })] })
    expect(deviationsOf(ordered, [short], later)).toEqual([
      { term: 'quantity', place: 3, promised: '2.5', delivered: '2', difference: { unit: 'quantity', quantity: '-0.5' } },
      { term: 'grade', place: 3, promised: 'A', delivered: 'B', difference: null },
    ])
    // Counted for the whole alone, the lines' order is the promise.
    expect(deviationsOf(termsWithOrdered(noTerms, lines), [came('2026-03-01', { quantity: '5' })], later)).toMatchObject([
      { place: null, promised: '5.5', difference: { quantity: '-0.5' } },
    ])
  })

  test('quantities are exact beyond what numbers hold', () => {
    const parts = Array.from({ length: 40 }, () => came('2026-03-01', { quantity: '999999999.999999' }))
    expect(quantitiesDelivered(parts).whole).toBe('39999999999.99996')
  })
})

const quantity = fc.integer({ min: 0, max: 5_000_000 }).map((n) => String(n / 1000))
const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-03-${String(n).padStart(2, '0')}`)
const words = fc.constantFrom('A', 'b', null)
const anyDelivery = fc.record({ day, moreFollows: fc.boolean(), quantity: fc.option(quantity, { nil: null }), grade: words })
const anyTerms = fc.record({ promisedDay: fc.option(day, { nil: null }), quantity: fc.option(quantity, { nil: null }), grade: words })

describe('of any terms and deliveries', () => {
  const cases = (check: (contract: Terms, deliveries: Delivery[], today: string) => void) =>
    fc.assert(
      fc.property(anyTerms, fc.array(anyDelivery, { maxLength: 5 }), day, (said, parts, today) =>
        check(
          terms(said),
          parts.map(({ day, ...rest }) => came(day, rest)),
          today,
        ),
      ),
    )

  test('promised and difference give what came, and the order of deliveries does not matter', () => {
    cases((contract, deliveries, today) => {
      const found = deviationsOf(contract, deliveries, today)
      for (const { difference, promised, delivered } of found)
        if (difference?.unit === 'quantity') expect(Number(promised) + Number(difference.quantity)).toBeCloseTo(Number(delivered), 6)
      const key = (one: object) => JSON.stringify(one)
      const again = deviationsOf(contract, deliveries.toReversed(), today)
      const figures = (list: typeof found) => list.filter(({ difference }) => difference !== null).map(key)
      expect(figures(again)).toEqual(figures(found))
      expect(again.map(({ term }) => term)).toEqual(found.map(({ term }) => term))
    })
  })

  test('nobody is told of a shortfall before the promised day while more is to come', () => {
    cases((contract, deliveries, today) => {
      const awaited = deliveredOn(deliveries) === null && (contract.promisedDay === null || contract.promisedDay >= today)
      const short = deviationsOf(contract, deliveries, today).filter(
        ({ difference }) => difference?.unit === 'quantity' && difference.quantity.startsWith('-'),
      )
      if (awaited) expect(short).toEqual([])
    })
  })

  test('what was delivered just as promised deviates in nothing', () => {
    fc.assert(
      fc.property(anyTerms, day, (said, today) => {
        const contract = terms(said)
        const { promisedDay, quantity, grade } = contract
        expect(deviationsOf(contract, [came(promisedDay ?? '2026-03-01', { quantity, grade })], today)).toEqual([])
      }),
    )
  })
})

describe('lines that move', () => {
  const goods = (product: string): Line => ({
    kind: 'goods',
    product,
    name: null,
    quantityMicro: 1_000_000,
    unitPriceMicro: null,
    discountMinor: 0,
    netMinor: 0,
    costMinor: null,
  })
  test('what was said of a line follows it, and goes with a line that is no more', () => {
    const places = newPlaces([goods('A'), goods('B'), goods('C')], [goods('X'), goods('A'), goods('C')])
    expect([...places]).toEqual([
      [3, 3],
      [1, 2],
    ])
    expect(movedLines([line(1, '1'), line(2, '2'), line(3, '3')], places)).toEqual([line(2, '1'), line(3, '3')])
  })
  test('no two lines ever share a place, and equal orders keep theirs', () => {
    const orders = fc.array(fc.constantFrom('A', 'B', 'C').map(goods), { maxLength: 6 })
    fc.assert(
      fc.property(orders, orders, (before, after) => {
        const places = [...newPlaces(before, after)]
        expect(new Set(places.map(([, to]) => to)).size).toBe(places.length)
        for (const [from, to] of places) expect(after[to - 1]!.product).toBe(before[from - 1]!.product)
        expect([...newPlaces(before, before)]).toEqual(before.map((_, i) => [i + 1, i + 1]))
      }),
    )
  })
})
