import { expect, test } from 'vitest'
import { asOfDay, dayNumber, dayText, rescoreDay, tierSettingsOf } from './as-of.ts'

test('today, unless the newest order is more than 60 days ago or a day was asked for', () => {
  expect(asOfDay(1_000, 940, null)).toEqual({ day: 1_000, reason: 'today' })
  expect(asOfDay(1_000, 939, null)).toEqual({ day: 939, reason: 'newest-order' })
  expect(asOfDay(1_000, 1_400, null)).toEqual({ day: 1_000, reason: 'today' })
  expect(asOfDay(1_000, null, null)).toEqual({ day: 1_000, reason: 'today' })
  expect(asOfDay(1_000, 500, 700)).toEqual({ day: 700, reason: 'given' })
})

test('one new order in an old book does not age everybody', () => {
  expect(rescoreDay(1_000, 1_001, 500)).toBe(1_001)
  expect(rescoreDay(1_000, 1_060, 500)).toBe(1_060)
  expect(rescoreDay(1_000, 2_000, 1_200)).toBe(1_200)
  expect(rescoreDay(1_000, 2_000, 3_000)).toBe(2_000)
  expect(rescoreDay(1_000, 2_000, 900)).toBe(1_000)
  expect(rescoreDay(1_000, 990, null)).toBe(1_000)
})

test('days and their text', () => {
  expect([dayText(0), dayNumber('1970-01-02'), dayText(dayNumber('2026-02-28') + 1)]).toEqual(['1970-01-01', 1, '2026-03-01'])
})

test('settings in percent become shares', () => {
  const wishes = {
    platinumPercent: 5,
    goldPercent: 20,
    ironPercent: 60,
    platinumFromMinor: 900,
    goldFromMinor: 100,
    hysteresisPercent: 10,
  }
  expect(tierSettingsOf({ by: 'rank', ...wishes })).toEqual({ by: { rank: { platinum: 0.05, gold: 0.2, iron: 0.6 } }, hysteresis: 0.1 })
  expect(tierSettingsOf({ by: 'amount', ...wishes })).toEqual({ by: { amount: { platinum: 900, gold: 100 } }, hysteresis: 0.1 })
})
