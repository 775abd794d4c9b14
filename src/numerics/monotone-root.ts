/**
 * Where a continuous function that only rises or only falls is 0 between `low` and `high`, by bisection to the last digit of a double.
 * Where it has the same sign at both ends, the end at which it is nearer to 0.
 *
 * @example monotoneRoot((x) => x * x - 2, 0, 2) // => 1.414213562373095 or its neighbour
 */
export function monotoneRoot(f: (x: number) => number, low: number, high: number): number {
  let left = low
  let right = high
  const atLow = f(low)
  const atHigh = f(high)
  if (atLow === 0 || atHigh === 0 || atLow > 0 === atHigh > 0) return Math.abs(atLow) <= Math.abs(atHigh) ? low : high
  const rising = atHigh > 0
  // Each step halves the bracket; 200 are enough for a root of 1e-60 in a bracket that begins at 0.
  for (let step = 0; step < 200; step++) {
    const middle = left + (right - left) / 2
    if (middle === left || middle === right) break
    if (f(middle) > 0 === rising) right = middle
    else left = middle
  }
  return left + (right - left) / 2
}

/** The first of 1, 2, 4, 8 … times `from` at which the condition holds: an upper end for a bracket. */
export function doubledUntil(from: number, holds: (x: number) => boolean): number {
  let x = from
  while (!holds(x) && x < 1e300) x *= 2
  return x
}
