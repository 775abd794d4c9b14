import { expect, test } from 'vitest'
import type { Kind } from '../taxonomy.ts'
import { type InForce, type OwnRegime, rulesFor } from './own-regimes.ts'
import { promisedHours as hoursBy } from './promise.ts'

const promisedHours = (inForce: readonly InForce[], kind: Kind, own: readonly OwnRegime[] = []) => hoursBy(rulesFor(kind, inForce, own))

test('G-25: what the company promises by itself is a day for the kinds for which it holds, and nothing for others', () => {
  const inForce = [{ regime: 'feedback-24h', kinds: ['complaint', 'enquiry'] as const }]
  expect(promisedHours(inForce, 'complaint')).toBe(24)
  expect(promisedHours(inForce, 'suggestion')).toBeNull()
  expect(promisedHours([], 'complaint')).toBeNull()
})

test('what a law or a standard asks for is no promise to customers', () => {
  expect(promisedHours([{ regime: 'iso-10002', kinds: ['complaint'] }], 'complaint')).toBeNull()
  expect(promisedHours([{ regime: 'no-longer-known', kinds: ['complaint'] }], 'complaint')).toBeNull()
})
