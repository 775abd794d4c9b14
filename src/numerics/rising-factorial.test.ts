import { expect, test } from 'vitest'
import { digamma } from './digamma.ts'
import { logGamma } from './log-gamma.ts'
import { emptyRisingFactorial, fillRisingFactorial } from './rising-factorial.ts'

test('agrees with the gamma function and its derivative', () => {
  const table = emptyRisingFactorial(40)
  for (const base of [0.25, 1, 7.5]) {
    fillRisingFactorial(base, table)
    for (const k of [0, 1, 2, 17, 40]) {
      expect(table.log[k]).toBeCloseTo(logGamma(base + k) - logGamma(base), 11)
      expect(table.slope[k]).toBeCloseTo(digamma(base + k) - digamma(base), 12)
    }
  }
})

test('keeps its digits where the difference of gamma functions loses them', () => {
  const table = emptyRisingFactorial(2)
  fillRisingFactorial(1e12, table)
  expect(table.log[2]).toBe(Math.log(1e12) + Math.log(1e12 + 1))
})
