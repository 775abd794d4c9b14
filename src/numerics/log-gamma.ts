/**
 * Natural logarithm of the gamma function, ln Γ(x), for x > 0. NaN elsewhere.
 *
 * Stirling's series at x ≥ 10, reached by Γ(x) = Γ(x + n) / (x (x+1) … (x+n−1)).
 * Abramowitz & Stegun 6.1.41. Absolute error below 2e-14 where |ln Γ| ≤ 10, relative error below 4e-16 of the result beyond.
 *
 * @example logGamma(0.5) // => 0.5723649429247001 = ln √π
 */
export function logGamma(x: number): number {
  if (!(x > 0)) return Number.NaN
  let shifted = x
  let product = 1
  while (shifted < 10) {
    product *= shifted
    shifted += 1
  }
  const inverse = 1 / shifted
  const square = inverse * inverse
  const series =
    inverse *
    (1 / 12 -
      square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - square * (691 / 360360 - square * (1 / 156)))))))
  const stirling = (shifted - 0.5) * Math.log(shifted) - shifted + 0.9189385332046727 + series
  return product === 1 ? stirling : stirling - Math.log(product)
}
