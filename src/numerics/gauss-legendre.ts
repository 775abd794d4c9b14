/** Nodes in (0, 1), ascending, and weights that sum to 1. */
export interface Quadrature {
  readonly nodes: Float64Array
  readonly weights: Float64Array
}

/**
 * Gauss–Legendre rule with `count` nodes for ∫₀¹ f(u) du ≈ Σ weights[k] f(nodes[k]); exact for polynomials of degree 2·count − 1.
 *
 * Roots of the Legendre polynomial by Newton's method from Tricomi's estimate. Abramowitz & Stegun 25.4.29.
 * Nodes and weights to 1e-15 for up to 64 nodes.
 */
export function gaussLegendre(count: number): Quadrature {
  const nodes = new Float64Array(count)
  const weights = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    let root = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5))
    let slope = 1
    for (let step = 0; step < 100; step++) {
      const [value, derivative] = legendre(count, root)
      slope = derivative
      const change = value / derivative
      root -= change
      if (Math.abs(change) < 1e-16) break
    }
    slope = legendre(count, root)[1]
    nodes[count - 1 - i] = (1 + root) / 2
    weights[count - 1 - i] = 1 / ((1 - root * root) * slope * slope)
  }
  return { nodes, weights }
}

/** Legendre polynomial of a degree and its derivative at z, by the three-term recurrence. */
function legendre(degree: number, z: number): [value: number, derivative: number] {
  let previous = 1
  let value = z
  for (let k = 2; k <= degree; k++) {
    const next = ((2 * k - 1) * z * value - (k - 1) * previous) / k
    previous = value
    value = next
  }
  return [value, (degree * (z * value - previous)) / (z * z - 1)]
}
