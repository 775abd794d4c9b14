import { expect, test } from 'vitest'
import { encodeDayList } from '#modules/orders/domain/day-list.ts'
import { activities, activityOf } from './activity.ts'
import { assumedLifetimeValue, lifetimePresets } from './lifetime-value-calculator.ts'
import { preferences } from './preferences.ts'
import { purchaseHistoryOf } from './purchase-history.ts'

const day = (at: number, orders: number, revenueMinor: number, discountMinor = 0) => ({
  day: at,
  orders,
  revenueMinor,
  discountMinor,
  refundMinor: orders === 0 ? 100 : 0,
  discountedRevenueMinor: 0,
  costMinor: 0,
  costUnknownRevenueMinor: 0,
})

test('three orders in A and one in B: A is preferred, with price and interval (B-06)', () => {
  const days = encodeDayList([day(100, 1, 1_000), day(110, 2, 3_000, 400), day(115, 0, 0), day(150, 1, 1_400)])
  const found = preferences(days, [
    { category: 'B', orders: 1, quantity: 1, value: 2_000 },
    { category: 'A', orders: 3, quantity: 6, value: 3_000 },
  ])
  expect(found.categories.map((c) => [c.category, c.share, c.averagePrice])).toEqual([
    ['A', 0.75, 500],
    ['B', 0.25, 2_000],
  ])
  expect(found.averageBasket).toBe(1_250)
  expect(found.interval).toEqual({ median: 25, low: 17.5, high: 32.5 })
  expect(found.orders).toBe(4)
})

test('nothing bought, nothing claimed', () => {
  expect(preferences(new Uint8Array(), [])).toEqual({ categories: [], averageBasket: null, interval: null, orders: 0 })
})

test('none, new, returning, old, asleep (B-13)', () => {
  const flag = (purchases: number, first: number, last: number) => {
    const history = {
      ...purchaseHistoryOf([], 1_000),
      customers: 1,
      purchaseDays: Int32Array.of(purchases),
      firstDay: Int32Array.of(first),
      lastDay: Int32Array.of(last),
    }
    return activities[activityOf(history, 0, { newDays: 90, oldDays: 365, asleepDays: 180 })]
  }
  expect(flag(0, 0, 0)).toBe('none')
  expect(flag(1, 950, 950)).toBe('new')
  expect(flag(1, 850, 850)).toBe('new')
  expect(flag(3, 911, 990)).toBe('new')
  expect(flag(3, 910, 990)).toBe('returning')
  expect(flag(2, 636, 990)).toBe('returning')
  expect(flag(2, 635, 990)).toBe('old')
  expect(flag(9, 100, 820)).toBe('asleep')
  expect(flag(9, 100, 821)).toBe('old')
})

test('the calculator reproduces the quoted lifetime values (C-19)', () => {
  expect(assumedLifetimeValue(lifetimePresets.pizza)).toBe(8_000)
  expect(assumedLifetimeValue(lifetimePresets.cadillac)).toBe(332_000)
})

test('the calculator discounts each year at its end, and refuses nonsense', () => {
  const habit = { purchaseValue: 100, purchasesPerYear: 2, years: 2.5, margin: 0.5, discountPerYear: 0.1 }
  expect(assumedLifetimeValue(habit)).toBeCloseTo(100 / 1.1 + 100 / 1.21 + 50 / 1.1 ** 2.5, 10)
  expect(assumedLifetimeValue({ ...habit, years: -1 })).toBeNull()
  expect(assumedLifetimeValue({ ...habit, margin: Number.NaN })).toBeNull()
})
