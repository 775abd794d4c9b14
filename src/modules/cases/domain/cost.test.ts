import { expect, test } from 'vitest'
import type { Case } from './case.ts'
import { caseCostMinor } from './cost.ts'

const one = {
  minutes: 10,
  instructed: null,
  proposed: null,
  interim: [],
  spent: [],
  paid: null,
  recoveries: [],
  loss: null,
  rewarded: null,
} as unknown as Case
const said = { at: new Date(0), by: 'a', seq: 1 }

test('a case costs the work on it, and what whoever suggested something was rewarded with', () => {
  expect(caseCostMinor(one, 100, 0)).toBe(1_000)
  expect(caseCostMinor({ ...one, rewarded: { text: 'Thanks', amountMinor: 5_000, ...said } }, 100, 0)).toBe(6_000)
})
