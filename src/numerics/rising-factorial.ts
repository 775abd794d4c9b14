/** Tables over k = 0 … max of the rising factorial (base)_k = base (base+1) … (base+k−1). */
export interface RisingFactorial {
  /** ln (base)_k = ln Γ(base + k) − ln Γ(base), without the loss of digits of that difference. */
  readonly log: Float64Array
  /** ψ(base + k) − ψ(base), the derivative of `log` by the base. */
  readonly slope: Float64Array
}

export const emptyRisingFactorial = (max: number): RisingFactorial => ({ log: new Float64Array(max + 1), slope: new Float64Array(max + 1) })

/**
 * Fills the tables for base > 0. Sums of ln(base + j) and 1/(base + j); relative error below 1e-15 per term.
 * Purchase counts are whole numbers, so models of counts need no gamma function beyond this.
 */
export function fillRisingFactorial(base: number, into: RisingFactorial): void {
  let log = 0
  let slope = 0
  into.log[0] = 0
  into.slope[0] = 0
  for (let k = 1; k < into.log.length; k++) {
    log += Math.log(base + k - 1)
    slope += 1 / (base + k - 1)
    into.log[k] = log
    into.slope[k] = slope
  }
}
