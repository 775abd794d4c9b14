import fc from 'fast-check'
import { expect, test } from 'vitest'
import { complaintRate, complaintTrend } from './complaint-rate.ts'

test('ten on two thousand orders are five per thousand, somewhere between 2.4 and 9.2', () => {
  const found = complaintRate({ complaints: 10, orders: 2000 })
  expect(found).toMatchObject({ perThousand: 5, basis: 'enough' })
  expect(found.interval!.low).toBeCloseTo(4.7953886961324335 / 2, 9)
  expect(found.interval!.high).toBeCloseTo(18.39035604201778 / 2, 9)
})
test('small numbers say so, and no orders are no rate', () => {
  const three = complaintRate({ complaints: 3, orders: 1000 })
  expect(three.basis).toBe('few')
  expect(three.interval!.low).toBeCloseTo(0.6187, 4)
  expect(three.interval!.high).toBeCloseTo(8.7673, 4)
  expect(complaintRate({ complaints: 9, orders: 10 }).basis).toBe('few')
  // None in 1,000 orders: the rate may still be 3.7.
  expect(complaintRate({ complaints: 0, orders: 1000 })).toMatchObject({ perThousand: 0, basis: 'few' })
  expect(complaintRate({ complaints: 0, orders: 1000 }).interval!.high).toBeCloseTo(3.6889, 4)
  expect(complaintRate({ complaints: 4, orders: 0 })).toEqual({
    complaints: 4,
    orders: 0,
    perThousand: null,
    interval: null,
    basis: 'none',
  })
  expect(() => complaintRate({ complaints: -1, orders: 5 })).toThrow(RangeError)
  expect(() => complaintRate({ complaints: 1, orders: 5.5 })).toThrow(RangeError)
})

const months = (complaints: readonly number[], orders = 10_000) =>
  complaints.map((count, i) => ({ period: `2026-${String(i + 1).padStart(2, '0')}`, complaints: count, orders }))

test('a trend is told where its whole interval is on one side', () => {
  const rising = complaintTrend(months([10, 14, 19, 27, 38, 54]))
  expect(rising.verdict).toBe('rising')
  expect(rising.change!).toBeCloseTo(0.4, 1)
  expect(rising.interval!.low).toBeGreaterThan(0)
  expect(rising.uneven).toBe(false)
  expect(rising.overall).toMatchObject({ complaints: 162, orders: 60_000, perThousand: 2.7 })
  expect(complaintTrend(months([54, 38, 27, 19, 14, 10])).verdict).toBe('falling')
  expect(complaintTrend(months([20, 22, 19, 21, 20, 18])).verdict).toBe('no-detectable-change')
})
test('more complaints on more orders are no trend', () => {
  const found = complaintTrend([10, 20, 40, 80].map((complaints, i) => ({ period: `${i}`, complaints, orders: complaints * 500 })))
  expect(found.verdict).toBe('no-detectable-change')
  expect(found.change!).toBeCloseTo(0, 9)
})
test('three periods or nine complaints are too little', () => {
  expect(complaintTrend(months([10, 40, 160])).verdict).toBe('too-little-data')
  expect(complaintTrend(months([1, 2, 2, 4])).verdict).toBe('too-little-data')
  expect(complaintTrend(months([1, 2, 3, 4])).verdict).not.toBe('too-little-data')
  expect(complaintTrend([])).toMatchObject({ periods: [], change: null, verdict: 'too-little-data' })
})
test('a period without orders is shown without a rate and does not make the trend', () => {
  const found = complaintTrend([...months([10, 14, 19]), { period: 'closed', complaints: 2, orders: 0 }, ...months([38, 54])])
  expect(found.periods[3]).toMatchObject({ perThousand: null })
  expect(found.overall.complaints).toBe(135)
  expect(found.verdict).toBe('rising')
})
test('periods that scatter far more than chance makes them are said to, and are no trend by themselves', () => {
  const found = complaintTrend(months([10, 60, 12, 58, 30, 70]))
  expect(found.uneven).toBe(true)
  expect(found.verdict).toBe('no-detectable-change')
})
test('where everything lies in the first or last period the change is told without a slope', () => {
  expect(complaintTrend(months([20, 0, 0, 0]))).toMatchObject({ change: null, interval: null, verdict: 'falling' })
  expect(complaintTrend(months([0, 0, 0, 20]))).toMatchObject({ change: null, verdict: 'rising' })
  // All orders but a few lie in that period, too.
  const lopsided = months([20, 0, 0, 0]).map((month, i) => ({ ...month, orders: i === 0 ? 10_000 : 10 }))
  expect(complaintTrend(lopsided).verdict).toBe('no-detectable-change')
})

test('a rate is the same in thousands of orders and ten thousands, with a narrower interval', () =>
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 50_000 }), (complaints, orders) => {
      const once = complaintRate({ complaints, orders })
      const ten = complaintRate({ complaints: complaints * 10, orders: orders * 10 })
      expect(ten.perThousand!).toBeCloseTo(once.perThousand!, 9)
      expect(ten.interval!.high - ten.interval!.low).toBeLessThan(once.interval!.high - once.interval!.low)
      expect(once.interval!.low).toBeLessThanOrEqual(once.perThousand!)
      expect(once.interval!.high).toBeGreaterThan(once.perThousand!)
    }),
  ))
