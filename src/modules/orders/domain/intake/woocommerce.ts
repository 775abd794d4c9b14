import {
  field,
  type Goods,
  goodsLine,
  isReadable,
  listIn,
  type Mapped,
  microIn,
  momentIn,
  momentText,
  personName,
  textIn,
  unreadable,
} from './fields.ts'

/** Orders in these states were never placed. */
const drafts = new Set(['auto-draft', 'checkout-draft'])
const cancelledStates = new Set(['cancelled', 'failed', 'trash'])

/**
 * An order of WooCommerce (the order of its REST API v3, as its webhooks carry it). A line's total is without tax and after discounts, its subtotal before them. A refund is told as one
 * amount with tax and shipping: the share that goods had in the order's total comes back. The customer is the shop's customer id, for a guest the mail address.
 */
export function fromWooCommerce(document: unknown): Mapped[] {
  const number = textIn(document, 'number') ?? textIn(document, 'id')
  const status = textIn(document, 'status') ?? ''
  if (field(document, 'line_items') === undefined)
    return [{ number, reason: 'not-an-order', detail: 'The message holds no order with line_items' }]
  if (number === null) return [{ number, reason: 'number-missing', detail: 'The order has neither a number nor an id' }]
  if (drafts.has(status)) return []
  const billing = field(document, 'billing')
  const id = textIn(document, 'customer_id')
  const key = id !== null && id !== '0' ? id : (textIn(billing, 'email')?.toLowerCase() ?? null)
  if (key === null) return [{ number, reason: 'customer-missing', detail: 'The order names neither a customer nor a mail address' }]
  const sold = listIn(document, 'line_items').map(goodsOf)
  if (sold.length === 0) return [{ number, reason: 'lines-missing', detail: 'The order has no lines' }]
  const goods = [...sold, ...refunded(document, sold)]
  if (!goods.every(isReadable)) return [unreadable(number)]
  const order = {
    number,
    customer: key,
    customerName: personName(billing),
    placedAt: momentText(momentIn(document, 'date_created_gmt')),
    currency: textIn(document, 'currency', 3),
    channel: textIn(document, 'created_via', 100),
    cancelled: cancelledStates.has(status),
    lines: goods.map(goodsLine),
  }
  return [{ number, stateAt: momentIn(document, 'date_modified_gmt'), order }]
}

function goodsOf(item: unknown): Goods {
  const amountMicro = microIn(item, 'total') ?? Number.NaN
  const variation = textIn(item, 'variation_id')
  return {
    product: textIn(item, 'sku') ?? (variation === '0' ? null : variation) ?? textIn(item, 'product_id'),
    name: textIn(item, 'name', 500),
    quantity: Number(textIn(item, 'quantity') ?? 1),
    amountMicro,
    discountMicro: Math.max(0, (microIn(item, 'subtotal') ?? amountMicro) - amountMicro),
  }
}

/** What came back, as one line without a product; never more than the goods cost. */
function refunded(document: unknown, sold: readonly Goods[]): Goods[] {
  const refunds = listIn(document, 'refunds')
  if (refunds.length === 0) return []
  const given = refunds.reduce<number>((total, refund) => total + Math.abs(microIn(refund, 'total') ?? Number.NaN), 0)
  const paid = sold.reduce((total, { amountMicro }) => total + amountMicro, 0)
  const total = microIn(document, 'total') ?? Number.NaN
  if (given === 0 || total === 0) return []
  if (![given, paid, total].every(Number.isSafeInteger))
    return [{ product: null, name: null, quantity: -1, amountMicro: Number.NaN, discountMicro: 0 }]
  const share = Number((BigInt(given) * BigInt(paid)) / BigInt(total))
  return [{ product: null, name: null, quantity: -1, amountMicro: -Math.min(share, paid), discountMicro: 0 }]
}
