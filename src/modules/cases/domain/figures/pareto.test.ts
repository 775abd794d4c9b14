import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultParetoRules, type ParetoItem, pareto, paretoOfTwoLevels } from './pareto.ts'

const items = (values: readonly number[]): ParetoItem[] => values.map((value, i) => ({ key: String.fromCharCode(97 + i), value }))

test('50, 30, 15, 5: cumulative 50, 80, 95, 100 %, and the first two are the vital few', () => {
  const found = pareto(items([5, 50, 15, 30]))
  expect(found.bars.map(({ value }) => value)).toEqual([50, 30, 15, 5])
  expect(found.bars.map(({ cumulative }) => cumulative)).toEqual([0.5, 0.8, 0.95, 1])
  expect(found.bars.map(({ rank }) => rank)).toEqual([1, 2, 3, 4])
  expect(found).toMatchObject({ total: 100, vital: ['b', 'd'], vitalShare: 0.8, pronounced: true, basis: 'enough', other: null })
  expect(found.bars[0]!.interval!.low).toBeCloseTo(0.4038315, 6)
  expect(found.bars[0]!.interval!.high).toBeCloseTo(0.5961685, 6)
})
test('equals stand by name, and a tie at the cut is not split', () => {
  const found = pareto([
    { key: 'late', value: 40 },
    { key: 'b', value: 20 },
    { key: 'a', value: 20 },
    { key: 'c', value: 20 },
  ])
  expect(found.bars.map(({ key }) => key)).toEqual(['late', 'a', 'b', 'c'])
  // a and b would do, but nothing sets c apart from b.
  expect(found.vital).toEqual(['late', 'a', 'b', 'c'])
  expect(found.pronounced).toBe(false)
})
test('nothing at all has bars without shares, and no vital few', () => {
  expect(pareto([])).toMatchObject({ total: 0, bars: [], vital: [], pronounced: false, basis: 'none' })
  const found = pareto(items([0, 0]))
  expect(found.bars.map(({ share, cumulative, vital, interval }) => [share, cumulative, vital, interval])).toEqual([
    [0, 0, false, null],
    [0, 0, false, null],
  ])
})
test('a bar of nothing is never vital, not even at a cut of 100 %', () =>
  expect(pareto(items([3, 1, 0]), { ...defaultParetoRules, cutPercent: 100 }).vital).toEqual(['a', 'b']))
test('the rest is grouped at the end, but never what is vital', () => {
  const many = items([30, 20, 20, 10, 8, 6, 4, 2])
  expect(pareto(many, { ...defaultParetoRules, draw: 5 })).toMatchObject({ other: { keys: 3, value: 12, share: 0.12 } })
  const found = pareto(many, { ...defaultParetoRules, draw: 1 })
  expect(found.bars).toHaveLength(4)
  expect(found.other).toEqual({ keys: 4, value: 20, share: 0.2 })
  expect(pareto(many, { ...defaultParetoRules, draw: null }).other).toBeNull()
})
test('small numbers say so; amounts have no interval', () => {
  expect(pareto(items([20, 9])).basis).toBe('few')
  expect(pareto(items([20, 10])).basis).toBe('enough')
  const amounts = pareto(items([20, 9]), { ...defaultParetoRules, of: 'amount' })
  expect(amounts.basis).toBe('enough')
  expect(amounts.bars[0]!.interval).toBeNull()
  expect(() => pareto(items([-1]))).toThrow(RangeError)
})
test('the five reasons of dissatisfaction over a period', () => {
  const found = pareto([
    { key: 'slow-response', value: 42 },
    { key: 'inconvenient', value: 5 },
    { key: 'unreliable', value: 38 },
    { key: 'neglected', value: 12 },
    { key: 'unprofessional', value: 3 },
  ])
  expect(found.vital).toEqual(['slow-response', 'unreliable'])
})
test('two levels: groups, within each, and across', () => {
  const found = paretoOfTwoLevels([
    { group: 'freight', key: 'loss', value: 30 },
    { group: 'freight', key: 'damage', value: 10 },
    { group: 'service', key: 'attitude', value: 35 },
    { group: 'contract', key: 'quantity', value: 25 },
  ])
  expect(found.groups.bars.map(({ key, value }) => [key, value])).toEqual([
    ['freight', 40],
    ['service', 35],
    ['contract', 25],
  ])
  expect(found.within.map(({ group, pareto: { total } }) => [group, total])).toEqual([
    ['freight', 40],
    ['service', 35],
    ['contract', 25],
  ])
  expect(found.within[0]!.pareto.bars.map(({ key, share }) => [key, share])).toEqual([
    ['loss', 0.75],
    ['damage', 0.25],
  ])
  expect(found.across.vital).toEqual(['service/attitude', 'freight/loss', 'contract/quantity'])
})

const values = fc.array(fc.nat(500), { maxLength: 25 })
test('sorted, complete, and the vital few are as few as can be', () =>
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 100 }), fc.option(fc.nat(10)), (list, cutPercent, draw) => {
      const found = pareto(items(list), { cutPercent, draw, of: 'cases' })
      const drawn = found.bars.reduce((sum, { value }) => sum + value, 0)
      expect(drawn + (found.other?.value ?? 0)).toBe(found.total)
      expect(found.bars.length + (found.other?.keys ?? 0)).toBe(list.length)
      for (const [i, bar] of found.bars.entries()) if (i > 0) expect(bar.value).toBeLessThanOrEqual(found.bars[i - 1]!.value)
      if (found.total === 0) return
      expect(found.vitalShare * 100).toBeGreaterThanOrEqual(cutPercent - 1e-9)
      // Without the smallest of the vital and its equals the cut is not reached.
      const least = found.bars[found.vital.length - 1]!.value
      const larger = list.filter((value) => value > least).reduce((sum, value) => sum + value, 0)
      expect(larger * 100).toBeLessThan(cutPercent * found.total)
    }),
  ))
test('the order in which rows come does not matter', () =>
  fc.assert(
    fc.property(values, (list) => {
      expect(pareto(items(list).toReversed())).toEqual(pareto(items(list)))
    }),
  ))
