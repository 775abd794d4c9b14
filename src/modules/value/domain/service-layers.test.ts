import { expect, test } from 'vitest'
import { compareLayers, effectOf, type GivenSums, misplaced, observedState } from './service-layers.ts'

const sums = (part: Partial<GivenSums>): GivenSums => ({
  ...{ layer: 'in-scope', extraType: null, expected: true, given: 0, costMinor: 0 },
  ...{ scored: 0, change: 0, changeSquared: 0 },
  ...part,
})

test('the mean change with its range: changes of 1, 2, 3 are 2 ± 1.96 · 1 ÷ √3 (K-04)', () => {
  const found = effectOf([sums({ given: 4, costMinor: 500, scored: 3, change: 6, changeSquared: 14 })])
  expect(found).toMatchObject({ given: 4, costMinor: 500, scored: 3, meanChange: 2 })
  expect(found.plusMinus).toBeCloseTo(1.96 / Math.sqrt(3), 12)
})

test('groups together are as one; nobody asked is no change at all', () => {
  const one = sums({ given: 1, scored: 1, change: 1, changeSquared: 1 })
  const other = sums({ given: 2, scored: 2, change: 5, changeSquared: 13 })
  expect(effectOf([one, other])).toEqual(effectOf([sums({ given: 3, scored: 3, change: 6, changeSquared: 14 })]))
  expect(effectOf([one]).plusMinus).toBeNull()
  expect(effectOf([sums({ given: 7 })])).toMatchObject({ given: 7, meanChange: null, plusMinus: null })
})

test('every layer and type stands in the comparison, and expected against unexpected', () => {
  const rows = [
    sums({ given: 2, scored: 2, change: 0 }),
    sums({ layer: 'extra', extraType: 'personalised', expected: false, given: 1, scored: 1, change: 3, changeSquared: 9 }),
    sums({ layer: 'beyond', expected: false, given: 1, scored: 1, change: 5, changeSquared: 25 }),
  ]
  const found = compareLayers(rows)
  expect(found.layers.map(({ layer, meanChange }) => [layer, meanChange])).toEqual([
    ['in-scope', 0],
    ['extra', 3],
    ['beyond', 5],
  ])
  expect(found.extraTypes.map(({ extraType, given }) => [extraType, given])).toEqual([
    ['value-added', 0],
    ['customised', 0],
    ['personalised', 1],
  ])
  expect([found.expected.meanChange, found.unexpected.meanChange]).toEqual([0, 4])
})

test('extra services have a type, no other has (K-02)', () => {
  expect(misplaced('extra', null)).toBe('extra-type-missing')
  expect(misplaced('beyond', 'customised')).toBe('extra-type-elsewhere')
  expect(misplaced('extra', 'customised')).toBeNull()
  expect(misplaced('in-scope', null)).toBeNull()
})

test('an observation is supposed with its hypothesis, may be dropped and taken up again, and stays acted on (K-03)', () => {
  expect(observedState('noticed', 'Wants company', false)).toBe('supposed')
  expect(observedState('supposed', null, false)).toBe('noticed')
  expect(observedState('supposed', 'Wants company', true)).toBe('dropped')
  expect(observedState('dropped', 'Wants company', false)).toBe('supposed')
  expect(observedState('acted', null, true)).toBe('acted')
})
