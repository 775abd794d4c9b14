/**
 * Digamma function ψ(x) = d ln Γ(x) / dx for x > 0. NaN elsewhere.
 *
 * Asymptotic series at x ≥ 10, reached by ψ(x) = ψ(x + 1) − 1/x. Abramowitz & Stegun 6.3.18 and 6.3.5.
 * Absolute error below 4e-15 for x ≥ 0.5; below that relative error below 1e-15 of 1/x.
 *
 * @example digamma(1) // => −0.5772156649015329 (minus Euler's constant)
 */
export function digamma(x: number): number {
  if (!(x > 0)) return Number.NaN
  let shifted = x
  let sum = 0
  while (shifted < 10) {
    sum -= 1 / shifted
    shifted += 1
  }
  const square = 1 / (shifted * shifted)
  const series =
    square *
    (1 / 12 - square * (1 / 120 - square * (1 / 252 - square * (1 / 240 - square * (1 / 132 - square * (691 / 32760 - square / 12))))))
  return sum + Math.log(shifted) - 0.5 / shifted - series
}
