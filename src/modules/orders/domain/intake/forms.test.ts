import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mappedOrders } from './forms.ts'

/** Examples of our own, with the fields as the shops' documents name them; names and numbers are invented. */
const shopify = {
  id: 450789469,
  name: '#1001',
  email: 'Mei.Lin@Example.com',
  created_at: '2026-02-03T10:00:00+08:00',
  processed_at: '2026-02-03T10:00:05+08:00',
  updated_at: '2026-02-04T09:00:00+08:00',
  cancelled_at: null,
  currency: 'TWD',
  taxes_included: false,
  financial_status: 'partially_refunded',
  source_name: 'web',
  test: false,
  customer: { id: 207119551, first_name: 'Mei', last_name: 'Lin', email: 'mei.lin@example.com' },
  line_items: [
    {
      id: 1,
      sku: 'TEA-50',
      name: 'Oolong 50 g',
      quantity: 2,
      price: '199.50',
      discount_allocations: [{ amount: '19.95' }],
      tax_lines: [{ price: '18.95' }],
    },
    { id: 2, sku: '', product_id: 77, title: 'Cup', quantity: 1, price: '120.00', discount_allocations: [], tax_lines: [] },
  ],
  refunds: [{ refund_line_items: [{ line_item_id: 1, quantity: 1, subtotal: '189.53', total_tax: '9.48' }] }],
  shipping_lines: [{ price: '60.00' }],
  note_attributes: [{ name: '__proto__', value: 'x' }],
}

const woo = {
  id: 727,
  number: '727',
  status: 'processing',
  currency: 'EUR',
  date_created_gmt: '2026-03-22T16:28:02',
  date_modified_gmt: '2026-03-22T16:30:00',
  total: '39.95',
  total_tax: '5.95',
  customer_id: 0,
  created_via: 'checkout',
  billing: { first_name: 'John', last_name: 'Doe', company: '', email: 'John.Doe@Example.com' },
  line_items: [
    {
      id: 315,
      name: 'Woo Single #1',
      product_id: 93,
      variation_id: 0,
      quantity: 2,
      subtotal: '25.00',
      total: '20.00',
      total_tax: '4.20',
      sku: '',
    },
    { id: 316, name: 'Ship Your Idea', product_id: 22, variation_id: 23, quantity: 1, subtotal: '12.00', total: '12.00', sku: 'Bar3' },
  ],
  refunds: [{ id: 1, reason: '', total: '-7.99' }],
}

describe('Shopify', () => {
  test('an order with a discount and goods that came back', () => {
    expect(mappedOrders('shopify', shopify)).toEqual([
      {
        number: '#1001',
        stateAt: Date.parse('2026-02-04T01:00:00Z'),
        order: {
          number: '#1001',
          customer: '207119551',
          customerName: 'Mei Lin',
          placedAt: '2026-02-03T02:00:05.000Z',
          currency: 'TWD',
          channel: 'web',
          cancelled: false,
          lines: [
            { kind: 'goods', product: 'TEA-50', name: 'Oolong 50 g', quantity: '2', amount: '379.05', discount: '19.95' },
            { kind: 'goods', product: '77', name: 'Cup', quantity: '1', amount: '120' },
            { kind: 'goods', product: 'TEA-50', name: 'Oolong 50 g', quantity: '-1', amount: '-189.53' },
          ],
        },
      },
    ])
  })
  test('where prices hold the tax it is taken off, also of what came back', () => {
    const [mapped] = mappedOrders('shopify', { ...shopify, taxes_included: true })
    expect(mapped).toMatchObject({ order: { lines: [{ amount: '360.1' }, { amount: '120' }, { amount: '-180.05' }] } })
  })
  test('cancelled, voided, a guest, a test', () => {
    const order = (more: object) => mappedOrders('shopify', { ...shopify, ...more })[0]
    expect(order({ cancelled_at: '2026-02-05T00:00:00Z' })).toMatchObject({ order: { cancelled: true } })
    expect(order({ financial_status: 'voided' })).toMatchObject({ order: { cancelled: true } })
    expect(order({ customer: null })).toMatchObject({ order: { customer: 'mei.lin@example.com', customerName: null } })
    expect(order({ customer: null, email: '' })).toMatchObject({ reason: 'customer-missing' })
    expect(order({ test: true })).toBeUndefined()
  })
  test('what cannot be read is said', () => {
    const reason = (document: unknown) => (mappedOrders('shopify', document)[0] as { reason?: string }).reason
    expect(reason(null)).toBe('not-an-order')
    expect(reason([])).toBe('not-an-order')
    expect(reason({ id: 1 })).toBe('not-an-order')
    expect(reason({ ...shopify, name: null, id: {} })).toBe('number-missing')
    expect(reason({ ...shopify, line_items: [], refunds: [] })).toBe('lines-missing')
    expect(reason({ ...shopify, line_items: [{ id: 1, quantity: 1, price: '1e9' }] })).toBe('amount-unreadable')
    expect(reason({ ...shopify, line_items: [{ id: 1, quantity: 1 }] })).toBe('amount-unreadable')
    expect(reason(JSON.parse('{"__proto__": {"line_items": []}, "name": "x"}'))).toBe('not-an-order')
  })
})

describe('WooCommerce', () => {
  test('an order of a guest with a discount, and a refund of which goods get their share', () => {
    expect(mappedOrders('woocommerce', woo)).toEqual([
      {
        number: '727',
        stateAt: Date.parse('2026-03-22T16:30:00Z'),
        order: {
          number: '727',
          customer: 'john.doe@example.com',
          customerName: 'John Doe',
          placedAt: '2026-03-22T16:28:02.000Z',
          currency: 'EUR',
          channel: 'checkout',
          cancelled: false,
          lines: [
            { kind: 'goods', product: '93', name: 'Woo Single #1', quantity: '2', amount: '20', discount: '5' },
            { kind: 'goods', product: 'Bar3', name: 'Ship Your Idea', quantity: '1', amount: '12' },
            // 7.99 × 32 / 39.95
            { kind: 'goods', product: null, name: null, quantity: '-1', amount: '-6.4' },
          ],
        },
      },
    ])
  })
  test('a refund of the whole order gives back just what the goods cost', () => {
    const [mapped] = mappedOrders('woocommerce', { ...woo, status: 'refunded', refunds: [{ total: '-39.95' }] })
    expect(mapped).toMatchObject({ order: { lines: [{}, {}, { amount: '-32' }] } })
  })
  test('cancelled, failed, a draft, a customer, one that was deleted', () => {
    const order = (more: object) => mappedOrders('woocommerce', { ...woo, ...more })[0]
    expect(order({ status: 'cancelled' })).toMatchObject({ order: { cancelled: true } })
    expect(order({ status: 'failed' })).toMatchObject({ order: { cancelled: true } })
    expect(order({ customer_id: 25 })).toMatchObject({ order: { customer: '25' } })
    expect(order({ status: 'checkout-draft' })).toBeUndefined()
    expect(mappedOrders('woocommerce', { id: 727 })).toMatchObject([{ number: '727', reason: 'not-an-order' }])
  })
})

describe('our own shape', () => {
  test('is handed on field by field, nothing else', () => {
    const given = JSON.parse(
      '{"number": 7, "customer": "c1", "lines": [], "updatedAt": "2026-01-01T00:00:00Z", "__proto__": {"x": 1}, "byHand": true}',
    )
    expect(mappedOrders('patron', { orders: [given] })).toEqual([
      { number: '7', stateAt: Date.parse('2026-01-01T00:00:00Z'), order: { number: 7, customer: 'c1', lines: [] } },
    ])
    expect(mappedOrders('patron', { orders: [{}] })).toMatchObject([{ reason: 'number-missing' }])
    expect(mappedOrders('patron', {})).toMatchObject([{ reason: 'not-an-order' }])
  })
})

test('whatever a message holds, a mapping answers', () => {
  const keys = fc.constantFrom(
    'line_items',
    'refunds',
    'customer',
    'billing',
    'name',
    'number',
    'id',
    'orders',
    'quantity',
    'total',
    'price',
    '__proto__',
  )
  const documents = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      fc.string(),
      fc.integer(),
      fc.double(),
      fc.constant(null),
      fc.boolean(),
      fc.array(tie('any')),
      tie('object'),
    ),
    object: fc.dictionary(keys, tie('any')),
  })).object
  fc.assert(
    fc.property(documents, fc.constantFrom('patron' as const, 'shopify' as const, 'woocommerce' as const), (document, form) => {
      for (const mapped of mappedOrders(form, document)) expect('reason' in mapped || mapped.number.length > 0).toBe(true)
    }),
  )
})
