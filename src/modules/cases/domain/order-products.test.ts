import { expect, test } from 'vitest'
import { fromOrder, productsOf } from './order-products.ts'

const goods = (product: string | null, name: string | null = null) => ({ kind: 'goods', product, name })

test('an order offers each of its products once, and no freight, fee or line without a product', () => {
  const lines = [
    goods('T-1'),
    { kind: 'shipping', product: 'F', name: 'Freight' },
    goods('T-2', 'Cup'),
    goods(null, 'By hand'),
    goods('T-1', 'Tea'),
  ]
  expect(productsOf(lines)).toEqual([
    { code: 'T-1', name: 'Tea' },
    { code: 'T-2', name: 'Cup' },
  ])
  expect(productsOf([])).toEqual([])
})

test('the only product of an order is the one that it is about; of several nobody knows which', () => {
  const [tea, cup] = productsOf([goods('T-1'), goods('T-2')])
  expect(fromOrder([tea!], null)).toBe('T-1')
  expect(fromOrder([tea!, cup!], null)).toBeNull()
})

test('what was chosen stands where the order has it or says nothing, and else gives way', () => {
  const [tea, cup] = productsOf([goods('T-1'), goods('T-2')])
  expect(fromOrder([tea!, cup!], 'T-2')).toBe('T-2')
  expect(fromOrder([], 'T-9')).toBe('T-9')
  expect(fromOrder([tea!], 'T-9')).toBe('T-1')
  expect(fromOrder([tea!, cup!], 'T-9')).toBeNull()
})
