import { expect, test } from 'vitest'
import { gaussLegendre } from './gauss-legendre.ts'

const integrate = (count: number, f: (u: number) => number): number => {
  const { nodes, weights } = gaussLegendre(count)
  return nodes.reduce((sum, node, k) => sum + weights[k]! * f(node), 0)
}

test('the rule of two nodes', () => {
  const { nodes, weights } = gaussLegendre(2)
  expect(nodes[0]).toBeCloseTo(0.5 - Math.sqrt(3) / 6, 15)
  expect(nodes[1]).toBeCloseTo(0.5 + Math.sqrt(3) / 6, 15)
  expect(weights[0]).toBeCloseTo(0.5, 15)
})

test.each([1, 2, 5, 6, 16, 64])('%i nodes are exact up to degree 2n − 1 and not beyond', (count) => {
  for (const degree of [0, 1, 2 * count - 1]) expect(integrate(count, (u) => u ** degree)).toBeCloseTo(1 / (degree + 1), 14)
  if (count < 6) expect(Math.abs(integrate(count, (u) => u ** (2 * count)) - 1 / (2 * count + 1))).toBeGreaterThan(1e-7)
})

test('nodes ascend', () => {
  const { nodes } = gaussLegendre(16)
  expect([...nodes]).toEqual([...nodes].sort((a, b) => a - b))
})
