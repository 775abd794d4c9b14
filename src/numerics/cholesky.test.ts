import { expect, test } from 'vitest'
import { factorize, invertFactor, solveFactor } from './cholesky.ts'

const matrix = Float64Array.of(4, 2, 0.6, 2, 5, 1, 0.6, 1, 3)

test('solves and inverts', () => {
  const factor = factorize(matrix, 3)!
  const x = solveFactor(factor, [1, 2, 3], 3)
  for (let i = 0; i < 3; i++) expect([0, 1, 2].reduce((sum, j) => sum + matrix[i * 3 + j]! * x[j]!, 0)).toBeCloseTo(i + 1, 12)
  const inverse = invertFactor(factor, 3)
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 3; j++)
      expect([0, 1, 2].reduce((sum, k) => sum + matrix[i * 3 + k]! * inverse[k * 3 + j]!, 0)).toBeCloseTo(i === j ? 1 : 0, 12)
  }
})

test('what is not safely positive definite is refused', () => {
  expect(factorize(Float64Array.of(1, 2, 2, 1), 2)).toBeNull()
  expect(factorize(Float64Array.of(1, 1, 1, 1), 2)).toBeNull()
  expect(factorize(Float64Array.of(Number.NaN), 1)).toBeNull()
})
