import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeDayList, encodeDayList, mergeDayList, type PurchaseDay, visitDays } from './day-list.ts'

const amount = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 500_000 }), fc.integer({ min: -(10 ** 12), max: 10 ** 12 }))
const record = fc.record({
  day: fc.integer({ min: -30_000, max: 60_000 }),
  orders: fc.integer({ min: 0, max: 40 }),
  revenueMinor: amount,
  discountMinor: amount,
  refundMinor: amount,
  discountedRevenueMinor: amount,
  costMinor: amount,
  costUnknownRevenueMinor: amount,
})
const isEmpty = (d: PurchaseDay) => d.orders === 0 && sums(d).every((v) => v === 0)
const sums = (d: PurchaseDay) => [
  d.revenueMinor,
  d.discountMinor,
  d.refundMinor,
  d.discountedRevenueMinor,
  d.costMinor,
  d.costUnknownRevenueMinor,
]
const lists = fc
  .uniqueArray(record, { selector: (d) => d.day, maxLength: 30 })
  .map((days) => days.filter((d) => !isEmpty(d)).sort((a, b) => a.day - b.day))
const plain = (over: Partial<PurchaseDay>): PurchaseDay => ({
  day: 20_000,
  orders: 1,
  revenueMinor: 0,
  discountMinor: 0,
  refundMinor: 0,
  discountedRevenueMinor: 0,
  costMinor: 0,
  costUnknownRevenueMinor: 0,
  ...over,
})
const negative = (d: PurchaseDay): PurchaseDay => ({
  day: d.day,
  orders: -d.orders,
  revenueMinor: -d.revenueMinor,
  discountMinor: -d.discountMinor,
  refundMinor: -d.refundMinor,
  discountedRevenueMinor: -d.discountedRevenueMinor,
  costMinor: -d.costMinor,
  costUnknownRevenueMinor: -d.costUnknownRevenueMinor,
})

test('any list comes back as it went in', () => {
  fc.assert(
    fc.property(lists, (days) => {
      expect(decodeDayList(encodeDayList(days))).toEqual(days)
    }),
  )
})

test('lists lie side by side in one buffer and are read by place', () => {
  const a = encodeDayList([plain({ revenueMinor: 100 })])
  const b = encodeDayList([plain({ day: 3, revenueMinor: 7 }), plain({ day: 9, orders: 0, refundMinor: 7 })])
  const buffer = new Uint8Array([...a, ...b])
  const seen: number[][] = []
  visitDays(buffer, (day, orders, revenue, _discount, refund) => seen.push([day, orders, revenue, refund]), a.length, buffer.length)
  expect(seen).toEqual([
    [3, 1, 7, 0],
    [9, 0, 0, 7],
  ])
})

test('an ordinary day is short', () => {
  expect(
    encodeDayList([plain({ revenueMinor: 2_933 }), plain({ day: 20_017, revenueMinor: 2_973, costUnknownRevenueMinor: 2_973 })]).length,
  ).toBeLessThan(20)
})

test('what was added and taken away again leaves the same bytes', () => {
  const small = record.map(
    (d) => ({ ...d, ...Object.fromEntries(Object.entries(d).map(([k, v]) => [k, k === 'day' ? v : v % 1_000_000])) }) as PurchaseDay,
  )
  fc.assert(
    fc.property(fc.array(small, { maxLength: 12 }), fc.array(small, { maxLength: 8 }), (first, added) => {
      const start = mergeDayList(new Uint8Array(), first)
      const there = mergeDayList(start, added)
      expect(mergeDayList(there, added.map(negative))).toEqual(start)
      expect(mergeDayList(mergeDayList(new Uint8Array(), added), first)).toEqual(there)
    }),
  )
})

test('what cannot be a day list is refused', () => {
  expect(() => encodeDayList([plain({}), plain({})])).toThrow('does not come after')
  expect(() => encodeDayList([plain({ revenueMinor: 0.5 })])).toThrow('whole number')
  expect(() => decodeDayList(Uint8Array.of(9, 1))).toThrow('version 9')
  const bytes = encodeDayList([plain({ revenueMinor: 123_456 })])
  expect(() => decodeDayList(bytes.subarray(0, bytes.length - 1))).toThrow('middle of a day')
  expect(decodeDayList(new Uint8Array())).toEqual([])
})
