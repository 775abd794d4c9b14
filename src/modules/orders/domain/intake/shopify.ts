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

/**
 * An order of Shopify (the Order resource of its Admin REST API, as its order webhooks carry it). Amounts are those of the shop's currency, without tax: where prices hold it, the tax of
 * the line is taken off. What was refunded of a line comes back as goods of the same order; shipping that was charged is no revenue here. The customer is Shopify's customer id, for a
 * guest the mail address.
 */
export function fromShopify(document: unknown): Mapped[] {
  const number = textIn(document, 'name') ?? textIn(document, 'id')
  if (field(document, 'line_items') === undefined)
    return [{ number, reason: 'not-an-order', detail: 'The message holds no order with line_items' }]
  if (number === null) return [{ number, reason: 'number-missing', detail: 'The order has neither a name nor an id' }]
  if (field(document, 'test') === true) return []
  const customer = field(document, 'customer')
  const email = textIn(document, 'email') ?? textIn(customer, 'email')
  const key = textIn(customer, 'id') ?? email?.toLowerCase() ?? null
  if (key === null) return [{ number, reason: 'customer-missing', detail: 'The order names neither a customer nor a mail address' }]
  const taxed = field(document, 'taxes_included') === true
  const sold = new Map<string, Goods>()
  for (const item of listIn(document, 'line_items')) sold.set(textIn(item, 'id') ?? `#${sold.size}`, goodsOf(item, taxed))
  const goods = [...sold.values(), ...refunded(document, sold, taxed)].filter(({ quantity }) => quantity !== 0)
  if (goods.length === 0) return [{ number, reason: 'lines-missing', detail: 'The order has no lines' }]
  if (!goods.every(isReadable)) return [unreadable(number)]
  const order = {
    number,
    customer: key,
    customerName: personName(customer) ?? personName(field(document, 'billing_address')),
    placedAt: momentText(momentIn(document, 'processed_at') ?? momentIn(document, 'created_at')),
    currency: textIn(document, 'currency', 3),
    channel: textIn(document, 'source_name', 100),
    cancelled: textIn(document, 'cancelled_at') !== null || textIn(document, 'financial_status') === 'voided',
    lines: goods.map(goodsLine),
  }
  return [{ number, stateAt: momentIn(document, 'updated_at'), order }]
}

function goodsOf(item: unknown, taxed: boolean): Goods {
  const quantity = Number(textIn(item, 'quantity') ?? 1)
  const discountMicro = sum(listIn(item, 'discount_allocations'), 'amount')
  const taxMicro = taxed ? sum(listIn(item, 'tax_lines'), 'price') : 0
  return {
    product: textIn(item, 'sku') ?? textIn(item, 'variant_id') ?? textIn(item, 'product_id'),
    name: textIn(item, 'name', 500) ?? textIn(item, 'title', 500),
    quantity,
    amountMicro: (microIn(item, 'price') ?? Number.NaN) * quantity - discountMicro - taxMicro,
    discountMicro,
  }
}

/** Goods that came back, with what was given back for them. */
const refunded = (document: unknown, sold: ReadonlyMap<string, Goods>, taxed: boolean): Goods[] =>
  listIn(document, 'refunds').flatMap((refund) =>
    listIn(refund, 'refund_line_items').map((back) => {
      const of = sold.get(textIn(back, 'line_item_id') ?? '')
      const taxMicro = taxed ? (microIn(back, 'total_tax') ?? 0) : 0
      return {
        product: of?.product ?? null,
        name: of?.name ?? null,
        quantity: -Number(textIn(back, 'quantity') ?? Number.NaN),
        amountMicro: -((microIn(back, 'subtotal') ?? Number.NaN) - taxMicro),
        discountMicro: 0,
      }
    }),
  )

const sum = (list: readonly unknown[], name: string): number => list.reduce<number>((total, one) => total + (microIn(one, name) ?? 0), 0)
