/** A product as it stands in an order. */
export interface OrderProduct {
  readonly code: string
  readonly name: string | null
}

interface OrderLine {
  readonly kind: string
  readonly product: string | null
  readonly name: string | null
}

/** The products of an order, each once, in the order of its lines; freight, fees and discounts are none. */
export function productsOf(lines: readonly OrderLine[]): readonly OrderProduct[] {
  const found = new Map<string, OrderProduct>()
  for (const { kind, product, name } of lines) {
    if (kind !== 'goods' || product === null) continue
    const known = found.get(product)
    if (!known || (known.name === null && name !== null)) found.set(product, { code: product, name })
  }
  return [...found.values()]
}

/**
 * Which product a complaint about an order concerns, as far as the order says it: what was chosen already where the order has it, else its only product, else nobody knows. An order whose products are not known says nothing.
 *
 * @example fromOrder([{ code: 'T-1', name: 'Tea' }], null) // => 'T-1'
 */
export function fromOrder(products: readonly OrderProduct[], chosen: string | null): string | null {
  const [only, ...others] = products
  if (!only || products.some(({ code }) => code === chosen)) return chosen
  return others.length === 0 ? only.code : null
}
