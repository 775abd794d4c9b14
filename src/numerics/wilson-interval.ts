/** The normal deviate of a two-sided interval of 95 %. */
export const deviate95 = 1.959963984540054

/**
 * Score interval of 95 % for a share of which `part` in `whole` were seen; stays within 0…1 and is not empty at 0 or 1 of them. 0…1 where there is nothing.
 * E. B. Wilson, Journal of the American Statistical Association 22 (1927) 209–212.
 *
 * @example wilsonInterval(81, 263) // => { low: 0.2553…, high: 0.3662… }
 */
export function wilsonInterval(part: number, whole: number): { readonly low: number; readonly high: number } {
  if (whole === 0) return { low: 0, high: 1 }
  const square = deviate95 * deviate95
  const share = part / whole
  const centre = (share + square / (2 * whole)) / (1 + square / whole)
  const half = (deviate95 / (1 + square / whole)) * Math.sqrt((share * (1 - share)) / whole + square / (4 * whole * whole))
  // At the ends the formula misses 0 and 1 by a hair.
  return { low: part === 0 ? 0 : Math.max(0, centre - half), high: part === whole ? 1 : Math.min(1, centre + half) }
}

/**
 * Difference of two independent shares, first − second, with its interval of 95 % made of the two score intervals. NaN where either has nothing.
 * R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890, method 10.
 *
 * @example shareDifference({ part: 56, whole: 70 }, { part: 48, whole: 80 }) // => { difference: 0.2, low: 0.0524…, high: 0.3339… }
 */
export function shareDifference(
  first: { readonly part: number; readonly whole: number },
  second: { readonly part: number; readonly whole: number },
): { readonly difference: number; readonly low: number; readonly high: number } {
  const p = first.part / first.whole
  const q = second.part / second.whole
  const a = wilsonInterval(first.part, first.whole)
  const b = wilsonInterval(second.part, second.whole)
  const difference = p - q
  return {
    difference,
    low: difference - Math.hypot(p - a.low, b.high - q),
    high: difference + Math.hypot(a.high - p, q - b.low),
  }
}
