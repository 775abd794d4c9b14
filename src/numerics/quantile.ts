/**
 * The value below which a share (0…1) of the sorted values lies, by linear interpolation between order statistics at (n−1)·share.
 * Type 7 of R. J. Hyndman & Y. Fan, The American Statistician 50 (1996); the default of R, NumPy and spreadsheets. NaN without values.
 *
 * @example quantile([1, 2, 3, 4], 0.5) // => 2.5
 */
export function quantile(ascending: ArrayLike<number>, share: number): number {
  const last = ascending.length - 1
  if (last < 0) return Number.NaN
  const position = Math.min(Math.max(share, 0), 1) * last
  const lower = Math.floor(position)
  const low = ascending[lower]!
  const high = ascending[Math.min(lower + 1, last)]!
  return low + (position - lower) * (high - low)
}
