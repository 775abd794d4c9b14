/**
 * Pearson's product-moment correlation of two equally long series, −1…1. Two passes, so that a large mean does not eat the digits.
 * Null where it is not defined: fewer than two pairs, or one series does not vary.
 *
 * @example pearsonCorrelation([1, 2, 3], [2, 4, 6]) // => 1
 */
export function pearsonCorrelation(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  const n = Math.min(x.length, y.length)
  if (n < 2) return null
  let meanX = 0
  let meanY = 0
  for (let i = 0; i < n; i++) {
    meanX += x[i]! / n
    meanY += y[i]! / n
  }
  let xx = 0
  let yy = 0
  let xy = 0
  for (let i = 0; i < n; i++) {
    const dx = x[i]! - meanX
    const dy = y[i]! - meanY
    xx += dx * dx
    yy += dy * dy
    xy += dx * dy
  }
  const scale = Math.sqrt(xx) * Math.sqrt(yy)
  if (!(scale > 0)) return null
  return Math.min(1, Math.max(-1, xy / scale))
}
