/**
 * Lower triangular factor L with L Lᵀ = matrix (row by row, symmetric), or null where the matrix is not safely positive definite:
 * a pivot at or below 1e-12 of its diagonal element counts as zero. For a handful of rows.
 */
export function factorize(matrix: Float64Array, size: number): Float64Array | null {
  const factor = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j]!
      for (let k = 0; k < j; k++) sum -= factor[i * size + k]! * factor[j * size + k]!
      if (i === j) {
        if (!(sum > 1e-12 * Math.abs(matrix[i * size + i]!))) return null
        factor[i * size + i] = Math.sqrt(sum)
      } else factor[i * size + j] = sum / factor[j * size + j]!
    }
  }
  return factor
}

/** Solves L Lᵀ x = right for a factor made by `factorize`. */
export function solveFactor(factor: Float64Array, right: ArrayLike<number>, size: number): Float64Array {
  const x = Float64Array.from(right)
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i] = x[i]! - factor[i * size + k]! * x[k]!
    x[i] = x[i]! / factor[i * size + i]!
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i] = x[i]! - factor[k * size + i]! * x[k]!
    x[i] = x[i]! / factor[i * size + i]!
  }
  return x
}

/** The inverse of the matrix that `factorize` was given. */
export function invertFactor(factor: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size)
  for (let j = 0; j < size; j++) {
    const unit = new Float64Array(size)
    unit[j] = 1
    const column = solveFactor(factor, unit, size)
    for (let i = 0; i < size; i++) inverse[i * size + j] = column[i]!
  }
  return inverse
}
