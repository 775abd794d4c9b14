import type { Case } from './case.ts'
import { remedyMinor } from './fold.ts'
import { recoveredMinor } from './standing.ts'

/**
 * What a case cost, minor units: noted working time at so much a minute, and what was given (as remedies, and for an idea), less what was recovered and what stands in its order as a refund already (`coveredByRefunds`). Never less than
 * nothing.
 */
export const caseCostMinor = (one: Case, minorPerMinute: number, coveredMinor: number): number =>
  Math.max(0, one.minutes * minorPerMinute + remedyMinor(one) + (one.rewarded?.amountMinor ?? 0) - coveredMinor - recoveredMinor(one))
