import { studentQuantile } from './student-quantile.ts'

export interface LinearTrend {
  /** Change of y per unit of x, with its interval of 95 %. */
  readonly slope: number
  readonly low: number
  readonly high: number
  readonly standardError: number
}

/**
 * The straight line of least squares through points (x, y): its slope with Student's interval. Null with fewer than three points or one x only.
 * The interval supposes that what is left is as wide everywhere and not correlated from one point to the next.
 *
 * @example Anscombe's first set (1973) // => slope 0.5001, standardError 0.1179
 */
export function linearTrend(x: readonly number[], y: readonly number[]): LinearTrend | null {
  const n = x.length
  const meanX = x.reduce((sum, v) => sum + v, 0) / n
  const meanY = y.reduce((sum, v) => sum + v, 0) / n
  const square = x.reduce((sum, v) => sum + (v - meanX) ** 2, 0)
  if (n < 3 || square === 0) return null
  const slope = x.reduce((sum, v, i) => sum + (v - meanX) * (y[i]! - meanY), 0) / square
  const rest = x.reduce((sum, v, i) => sum + (y[i]! - meanY - slope * (v - meanX)) ** 2, 0)
  const standardError = Math.sqrt(rest / (n - 2) / square)
  const half = studentQuantile(n - 2) * standardError
  return { slope, low: slope - half, high: slope + half, standardError }
}
