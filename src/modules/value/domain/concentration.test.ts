import fc from 'fast-check'
import { expect, test } from 'vitest'
import { concentration } from './concentration.ts'

test('ten customers of whom two bring 800 of 1,000: 20 % bring 80 % (C-06)', () => {
  const found = concentration(Float64Array.of(25, 25, 25, 25, 25, 25, 25, 25, 400, 400))!
  expect(found.topFifth).toBeCloseTo(0.8, 12)
  expect(found.customersForFourFifths).toBeCloseTo(0.2, 12)
  expect(found.curve[2]).toEqual({ customers: 0.2, value: 0.8 })
})

test('customers who cost more than they bring lift the curve above 1', () => {
  const found = concentration(Float64Array.of(-100, 100, 100))!
  expect(Math.max(...found.curve.map((point) => point.value))).toBe(2)
  expect(found.curve.at(-1)).toEqual({ customers: 1, value: 1 })
})

test('nothing to share out, no curve', () => {
  expect(concentration(new Float64Array())).toBeNull()
  expect(concentration(Float64Array.of(-5, 5))).toBeNull()
})

test('equal customers lie on the diagonal; the curve goes from 0 to 1 and never falls for values of 0 and more', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 300 }), (values) => {
      const found = concentration(Float64Array.from(values).sort())
      if (!found) return
      expect(found.curve[0]).toEqual({ customers: 0, value: 0 })
      expect(found.curve.at(-1)).toEqual({ customers: 1, value: 1 })
      expect(found.curve.length).toBe(Math.min(100, values.length) + 1)
      found.curve.forEach((point, k) => {
        if (k > 0) expect(point.value).toBeGreaterThanOrEqual(found.curve[k - 1]!.value - 1e-12)
        expect(point.value).toBeGreaterThanOrEqual(point.customers - 1e-9)
      })
    }),
    { numRuns: 60 },
  )
  expect(concentration(new Float64Array(50).fill(3))!.topFifth).toBeCloseTo(0.2, 12)
})
