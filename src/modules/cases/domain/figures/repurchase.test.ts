import fc from 'fast-check'
import { expect, test } from 'vitest'
import { repurchase } from './repurchase.ts'

const of = (repurchased: number, customers: number) => ({ repurchased, customers })

test('70 of 100 lie within the band, and are more than 500 of 1,000 without complaints', () => {
  const found = repurchase(of(70, 100), of(500, 1000))
  expect(found.resolved.share).toBe(0.7)
  expect(found.resolved.interval!.low).toBeCloseTo(0.6041515, 6)
  expect(found.resolved.interval!.high).toBeCloseTo(0.7810511, 6)
  expect(found).toMatchObject({ inBand: 'within', comparison: 'more-loyal', band: { low: 0.52, high: 0.95 } })
  expect(found.difference!).toBeCloseTo(0.2, 12)
})
test('an interval across an end of the band cannot tell', () => {
  expect(repurchase(of(55, 100), of(0, 0)).inBand).toBe('cannot-tell')
  expect(repurchase(of(30, 100), of(0, 0)).inBand).toBe('below')
  expect(repurchase(of(995, 1000), of(0, 0)).inBand).toBe('above')
})
test('the comparison', () => {
  expect(repurchase(of(56, 70), of(48, 80))).toMatchObject({ comparison: 'more-loyal' })
  expect(repurchase(of(56, 70), of(48, 80)).interval!.low).toBeCloseTo(0.0524, 4)
  expect(repurchase(of(48, 80), of(56, 70)).comparison).toBe('less-loyal')
  expect(repurchase(of(50, 100), of(55, 100)).comparison).toBe('no-detectable-difference')
})
test('29 are too few to judge by, on either side; nobody is no share', () => {
  expect(repurchase(of(29, 29), of(10, 1000))).toMatchObject({ inBand: 'too-little-data', comparison: 'too-little-data' })
  expect(repurchase(of(300, 400), of(1, 29))).toMatchObject({ inBand: 'within', comparison: 'too-little-data' })
  expect(repurchase(of(0, 0), of(10, 100))).toMatchObject({ difference: null, interval: null, inBand: 'too-little-data' })
  expect(() => repurchase(of(2, 1), of(0, 0))).toThrow(RangeError)
})
test('turned round, more is less', () =>
  fc.assert(
    fc.property(fc.integer({ min: 30, max: 900 }), fc.nat(900), fc.integer({ min: 30, max: 900 }), fc.nat(900), (m, a, n, b) => {
      const there = repurchase(of(a % (m + 1), m), of(b % (n + 1), n)).comparison
      const back = repurchase(of(b % (n + 1), n), of(a % (m + 1), m)).comparison
      expect(back).toBe(there === 'more-loyal' ? 'less-loyal' : there === 'less-loyal' ? 'more-loyal' : there)
    }),
  ))
