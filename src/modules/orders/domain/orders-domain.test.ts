import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wallClockOffset } from '#modules/organization/domain/wall-clock.ts'
import { lineAmount, lineAmountLess, microOf, microText, minorAmount, minorPlaces, rateOf } from './amount.ts'
import { encodeDayList, mergeDayList, type PurchaseDay } from './day-list.ts'
import { dayListWriter } from './day-list-writer.ts'
import { decodeLines, encodeLines, type Line, productsSold } from './lines.ts'
import { fingerprint, sumsOf } from './order.ts'

const catalogue = { currency: 'USD', size: 0, unitCostMicro: () => null, marginPercent: () => null }
const minorUnits = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 })
const anyLine: fc.Arbitrary<Line> = fc.record(
  {
    kind: fc.constantFrom('goods', 'shipping', 'fee', 'discount'),
    product: fc.option(fc.string({ minLength: 1, maxLength: 20 }), { nil: null }),
    name: fc.option(fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }), { nil: null }),
    quantityMicro: fc.integer({ min: -5_000_000_000, max: 5_000_000_000 }),
    unitPriceMicro: fc.option(minorUnits, { nil: null }),
    discountMinor: minorUnits,
    netMinor: minorUnits,
    costMinor: fc.option(minorUnits, { nil: null }),
    givesBack: fc.integer({ min: 1, max: 2000 }),
  },
  { requiredKeys: ['kind', 'product', 'name', 'quantityMicro', 'unitPriceMicro', 'discountMinor', 'netMinor', 'costMinor'] },
)

test('lines come back from their text as they went in', () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 8 }), (lines) => {
      expect(decodeLines(encodeLines(lines))).toEqual(lines)
      const sold = lines
        .filter((line) => line.kind === 'goods' && line.quantityMicro >= 0 && line.product !== null)
        .map((line) => line.product)
      expect(productsSold(encodeLines(lines))).toEqual(sold)
    }),
  )
  expect(() => decodeLines('x\t1')).toThrow('is not a line')
  expect(() => decodeLines('g\t1.5')).toThrow('is not a line')
})

test('a line is rounded half away from zero, once', () => {
  const rounded = (quantity: string, price: string, minor = 2, rate: string | null = null) =>
    lineAmount(microOf(quantity), microOf(price), minor, rate === null ? null : rateOf(rate))
  expect([rounded('1', '0.005'), rounded('-1', '0.005'), rounded('3', '0.005'), rounded('1', '0.0049')]).toEqual([1, -1, 2, 0])
  expect([rounded('0.333333', '3'), rounded('1.5', '0.01'), rounded('1', '1.5', 0), rounded('1', '1.0005', 3)]).toEqual([100, 2, 2, 1001])
  // Rounding to cents of the euro first would give 1.10 × 1.115 = 1.2265.
  expect(rounded('1', '1.104', 2, '1.115')).toBe(123)
  expect(lineAmountLess(microOf('3'), microOf('0.335'), microOf('0.001'), 2)).toBe(100)
  expect(minorAmount(microOf('-2.345'), 2)).toBe(-235)
  expect([minorPlaces('USD'), minorPlaces('JPY'), minorPlaces('KWD')]).toEqual([2, 0, 3])
})

test('the quick and the exact way of rounding agree', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.integer({ min: 0, max: 999_999_999 }), (quantity, price) => {
      const exact = lineAmount(quantity * 1_000_000, price, 2, rateOf('1.000'))
      expect(lineAmount(quantity * 1_000_000, price, 2)).toBe(exact)
    }),
  )
})

test('exact decimals and their texts', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      expect(microOf(microText(value))).toBe(value)
    }),
  )
  expect(['1e3', '', '.5', '1,5', '0.1234567', '99999999999999999'].map(microOf)).toEqual(Array(6).fill(Number.NaN))
  expect(() => rateOf('0')).toThrow('positive')
})

test('sums: sales, discounts, refunds, costs and what is unknown of them', () => {
  const line = (over: Partial<Line>): Line => ({
    kind: 'goods',
    product: 'P',
    name: null,
    quantityMicro: 1_000_000,
    unitPriceMicro: null,
    discountMinor: 0,
    netMinor: 0,
    costMinor: null,
    ...over,
  })
  const lines = [
    line({ netMinor: 900, discountMinor: 100, costMinor: 400 }),
    line({ netMinor: 500, product: 'Q' }),
    line({ netMinor: -200, quantityMicro: -1_000_000, costMinor: -80 }),
    line({ netMinor: 0 }),
    line({ kind: 'shipping', costMinor: 50 }),
  ]
  const withQ = { ...catalogue, unitCostMicro: (product: string) => (product === 'Q' ? 2_000_000 : null) }
  expect(sumsOf(lines, false, withQ)).toEqual({
    revenueMinor: 1500,
    discountMinor: 100,
    refundMinor: 200,
    discountedMinor: 900,
    costMinor: 400 + 200 - 80 + 50,
    costUnknownMinor: 0,
    counted: true,
  })
  expect(sumsOf(lines, false, catalogue).costUnknownMinor).toBe(500)
  expect(sumsOf([...lines, line({ kind: 'discount', netMinor: -300 })], false, catalogue)).toMatchObject({
    discountMinor: 400,
    discountedMinor: 1100,
    costUnknownMinor: 200,
  })
  expect(sumsOf(lines, true, catalogue)).toMatchObject({ revenueMinor: 0, counted: false })
  expect(sumsOf([line({ netMinor: -5, quantityMicro: 1_000_000 })], false, catalogue)).toMatchObject({ refundMinor: 5, counted: false })
})

test('the quick writer of day lists gives the bytes of the careful one', () => {
  const sums = fc.record({
    revenueMinor: fc.nat(1_000_000),
    discountMinor: fc.nat(300),
    refundMinor: fc.nat(300),
    discountedMinor: fc.nat(300),
    costMinor: fc.integer({ min: -300, max: 300 }),
    costUnknownMinor: fc.integer({ min: -300, max: 300 }),
    counted: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: -500, max: 30_000 }), sums), { maxLength: 150 }), (orders) => {
      const writer = dayListWriter()
      const days: PurchaseDay[] = orders.map(([day, one]) => {
        writer.add(day, one)
        return {
          day,
          orders: one.counted ? 1 : 0,
          revenueMinor: one.revenueMinor,
          discountMinor: one.discountMinor,
          refundMinor: one.refundMinor,
          discountedRevenueMinor: one.discountedMinor,
          costMinor: one.costMinor,
          costUnknownRevenueMinor: one.costUnknownMinor,
        }
      })
      expect(Buffer.from(writer.take())).toEqual(Buffer.from(mergeDayList(encodeDayList([]), days)))
      expect(writer.take()).toEqual(encodeDayList([]))
    }),
  )
})

test('a fingerprint tells contents apart and is the same for the same', () => {
  const content = { day: 20_000, placedAt: null, cancelled: false, currency: null, rate: null, channel: null, campaign: null, lines: [] }
  expect(fingerprint(content)).toBe(fingerprint({ ...content }))
  const others = [{ day: 20_001 }, { placedAt: 5 }, { cancelled: true }, { currency: 'EUR' }, { channel: 'a' }, { campaign: 'a' }].map(
    (change) => fingerprint({ ...content, ...change }),
  )
  expect(new Set([fingerprint(content), ...others]).size).toBe(7)
  const many = new Set(Array.from({ length: 20_000 }, (_, i) => fingerprint({ ...content, placedAt: i })))
  expect(many.size).toBe(20_000)
})

test('wall clocks: summer time, its ends, and zones of odd quarters', () => {
  const berlin = wallClockOffset('Europe/Berlin')
  const wall = (text: string) => Date.parse(`${text}Z`)
  const utc = (text: string) => new Date(wall(text) - berlin.ofWall(wall(text))).toISOString()
  expect(utc('2026-01-15T12:00:00')).toBe('2026-01-15T11:00:00.000Z')
  expect(utc('2026-07-15T12:00:00')).toBe('2026-07-15T10:00:00.000Z')
  expect(utc('2026-10-25T02:30:00')).toBe('2026-10-25T00:30:00.000Z')
  expect(wallClockOffset('Asia/Kathmandu').ofUtc(wall('2026-01-01T00:00:00'))).toBe(5.75 * 3_600_000)
  expect(wallClockOffset('UTC').ofWall(5)).toBe(0)
})
