import { expect, test } from 'vitest'
import { minimize, type Objective } from './minimize.ts'

/** Rosenbrock's valley, minimum 0 at (1, 1). */
const valley: Objective = (p, g) => {
  const [x, y] = [p[0]!, p[1]!]
  g[0] = -2 * (1 - x) - 400 * x * (y - x * x)
  g[1] = 200 * (y - x * x)
  return (1 - x) ** 2 + 100 * (y - x * x) ** 2
}

test('finds the bottom of a bent valley, with its curvature', () => {
  const found = minimize(valley, [-1.2, 1])
  expect(found.reason).toBe('optimum')
  expect(found.parameters[0]).toBeCloseTo(1, 9)
  expect(found.parameters[1]).toBeCloseTo(1, 9)
  expect(found.gradientNorm).toBeLessThan(1e-9)
  // Second derivatives at (1, 1): 802, −400, 200.
  expect(found.hessian[0]).toBeCloseTo(802, 2)
  expect(found.hessian[1]).toBeCloseTo(-400, 2)
  expect(found.hessian[3]).toBeCloseTo(200, 2)
  expect(found.covariance![0]).toBeCloseTo(0.5, 4)
  expect(found.evaluations).toBeLessThan(120)
})

test('known curvature saves evaluations and changes nothing else', () => {
  const bowl: Objective = (p, g) => {
    g[0] = 1000 * (p[0]! - 3)
    g[1] = p[1]! + 2
    return 500 * (p[0]! - 3) ** 2 + (p[1]! + 2) ** 2 / 2
  }
  const blind = minimize(bowl, [0, 0])
  const told = minimize(bowl, [0, 0], { initialHessian: Float64Array.of(1000, 0, 0, 1) })
  expect(told.evaluations).toBeLessThan(blind.evaluations)
  for (const found of [blind, told]) {
    expect(found.parameters[0]).toBeCloseTo(3, 9)
    expect(found.parameters[1]).toBeCloseTo(-2, 9)
  }
})

test('a direction without information is called flat', () => {
  const trough: Objective = (p, g) => {
    g[0] = 2 * (p[0]! - 1)
    g[1] = 0
    return (p[0]! - 1) ** 2
  }
  const found = minimize(trough, [0, 5])
  expect(found.reason).toBe('flat')
  expect(found.covariance).toBeNull()
  expect(found.parameters[0]).toBeCloseTo(1, 6)
})

test('what runs away ends at the box, what is not defined ends as stopped; nothing throws', () => {
  const slope: Objective = (_p, g) => {
    g[0] = -1
    return -_p[0]!
  }
  expect(minimize(slope, [0], { box: 3 })).toMatchObject({ reason: 'boundary', value: -3 })
  expect(minimize(() => Number.NaN, [0]).reason).toBe('stopped')
})
