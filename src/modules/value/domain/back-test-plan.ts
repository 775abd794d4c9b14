/** Where the history is cut for a back-test. Days are days since 1970. */
export interface BackTestPlan {
  readonly calibrationEndDay: number
  readonly endDay: number
  readonly stepDays: number
  readonly steps: number
}

const weeks = 7

/**
 * Holds out the last third of the history, at most twelve months (365 days), at least four weeks; or what comes after a calibration end that was given.
 * Null where that leaves less than eight weeks of calibration or four weeks of holdout: too short to judge anything.
 */
export function planBackTest(firstDay: number, endDay: number, calibrationEndDay: number | null = null): BackTestPlan | null {
  const span = endDay - firstDay + 1
  const holdout = calibrationEndDay === null ? Math.min(365, Math.max(4 * weeks, Math.floor(span / 3))) : endDay - calibrationEndDay
  if (holdout < 4 * weeks || span - holdout < 8 * weeks) return null
  const stepDays = weeks * Math.max(1, Math.ceil(holdout / weeks / 13))
  return { calibrationEndDay: endDay - holdout, endDay, stepDays, steps: Math.ceil(holdout / stepDays) }
}
