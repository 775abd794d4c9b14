import { z } from 'zod'
import { customerIn, day, endpoint, instant, money, nothing, page, paging, thingIn } from '#platform/contract.ts'
import { catalogueEndpoints } from './api/catalogue.ts'
import { code, currency, decimal, word } from './api/shapes.ts'
import { PromiseView, TermsInput } from './api/terms.ts'

export const lineKinds = ['goods', 'shipping', 'fee', 'discount'] as const

/** One line as it is written. Give a unit price, or the amount that was paid for the line; shipping and fees have a cost only. */
export const LineInput = z.object({
  /** Goods where it is left out. */
  kind: z.enum(lineKinds).optional(),
  product: code.nullish(),
  name: word(500).nullish(),
  /** Negative for goods that come back; 1 where it is left out. */
  quantity: decimal.optional(),
  /** In the order's currency, before the discount. */
  unitPrice: decimal.nullish(),
  /** What was paid for the line, in the order's currency; instead of a unit price. */
  amount: decimal.nullish(),
  /** Taken off the line, in the order's currency. */
  discount: decimal.nullish(),
  /** What the whole line costs the company, in the order's currency. */
  cost: decimal.nullish(),
})
export type LineInput = z.output<typeof LineInput>

const content = {
  number: word(200).nullish(),
  /** The day in the organization's time zone; taken from `placedAt` where it is left out. */
  day: day.optional(),
  placedAt: instant.nullish(),
  /** Left out for the organization's currency; another one needs a rate for the day. */
  currency: currency.nullish(),
  channel: word(100).nullish(),
  campaign: word(200).nullish(),
  lines: z.array(LineInput).min(1).max(2000),
}

export const OrderInput = z.object(content)
export type OrderInput = z.output<typeof OrderInput>

export const BatchOrder = z.object({
  ...content,
  number: word(200),
  /** Under what name the source knows the customer; somebody new is made. */
  customer: word(200),
  customerName: word(300).nullish(),
  cancelled: z.boolean().optional(),
  terms: TermsInput.nullish(),
})
export type BatchOrder = z.output<typeof BatchOrder>

export const LineView = z.object({
  /** From 1. */
  place: z.int(),
  kind: z.enum(lineKinds),
  product: z.string().nullable(),
  name: z.string().nullable(),
  quantity: z.string(),
  unitPrice: z.string().nullable(),
  discountMinor: money,
  netMinor: money,
  costMinor: money.nullable(),
  /** Where the cost comes from; `none`: the organization's margin has to do. */
  costBasis: z.enum(['line', 'product', 'category', 'none']),
  /** How many of the goods may still be given back; null for lines that are no goods sold. */
  refundableQuantity: z.string().nullable(),
  /** What was paid for them, less what was given back for this line. */
  refundableMinor: money.nullable(),
})

/** Amounts without a word are minor units of the organization's currency. */
export const OrderView = z.object({
  id: z.uuid(),
  customerId: z.uuid(),
  customerName: z.string(),
  source: z.string(),
  number: z.string().nullable(),
  day,
  placedAt: instant.nullable(),
  /** `refund`: it gives back and is no purchase. */
  kind: z.enum(['purchase', 'refund', 'cancelled', 'empty']),
  /** The order that it gives back. */
  refundOf: z.uuid().nullable(),
  /** The currency that the customer saw, and its rate where it is not the organization's. */
  currency: z.string(),
  rate: z.string().nullable(),
  revenueMinor: money,
  discountMinor: money,
  refundMinor: money,
  netMinor: money,
  costMinor: money,
  costUnknownMinor: money,
  channel: z.string().nullable(),
  campaign: z.string().nullable(),
  byHand: z.boolean(),
  promise: PromiseView.nullable(),
  lineCount: z.int(),
  version: z.int(),
  updatedAt: instant,
})
export type OrderView = z.output<typeof OrderView>

export const OrderDetail = OrderView.extend({
  lines: z.array(LineView),
  /** What was given back for it. */
  refunds: z.array(OrderView),
  /** How much may still be given back. */
  refundableMinor: money,
})

const id = z.object({ id: z.uuid() })
const ofCustomer = { customerId: z.uuid() }
const read = { permission: 'orders.read' }
const write = { permission: 'orders.write' }

export const ordersApi = {
  latest: endpoint('GET /orders', {
    about: 'reach',
    ...read,
    summary: 'Everybody’s orders, newest days first',
    input: z.object(paging),
    result: page(OrderView),
  }),
  find: endpoint('GET /orders/by-number', {
    about: 'reach',
    ...read,
    summary: 'Orders that a source calls by this number, at most 20',
    input: z.object({ number: word(200) }),
    result: z.object({ items: z.array(OrderView) }),
  }),
  ofCustomer: endpoint('GET /customers/:customerId/orders', {
    about: customerIn('customerId'),
    notes: 'input.customerId',
    ...read,
    summary: 'A customer’s orders, newest first',
    input: z.object({ ...ofCustomer, ...paging }),
    result: page(OrderView),
  }),
  ledger: endpoint('GET /customers/:customerId/ledger', {
    about: customerIn('customerId'),
    notes: 'input.customerId',
    ...read,
    summary: 'What a customer bought, was granted and was given back, by year',
    input: z.object(ofCustomer),
    result: z.object({
      currency: z.string(),
      years: z.array(
        z.object({ year: z.int(), orders: z.int(), revenueMinor: money, discountMinor: money, refundMinor: money, netMinor: money }),
      ),
    }),
  }),
  one: endpoint('GET /orders/:id', {
    about: thingIn('orders.order', 'id'),
    notes: 'result.customerId',
    ...read,
    summary: 'One order with its lines and what was given back for it',
    input: id,
    result: OrderDetail,
  }),
  place: endpoint('POST /customers/:customerId/orders', {
    about: customerIn('customerId'),
    ...write,
    summary: 'Enters an order by hand, where wanted with what is promised for it',
    input: OrderInput.extend({ ...ofCustomer, terms: TermsInput.nullish() }),
    result: OrderDetail,
  }),
  change: endpoint('PUT /orders/:id', {
    about: thingIn('orders.order', 'id'),
    ...write,
    summary: 'Replaces an order whole; from then on imports leave it alone unless their mapping says otherwise',
    input: OrderInput.extend({ id: z.uuid(), version: z.int().min(1) }),
    result: OrderDetail,
  }),
  cancel: endpoint('POST /orders/:id/cancellation', {
    about: thingIn('orders.order', 'id'),
    ...write,
    summary: 'Cancels an order: it stays in the archive and counts for nothing',
    input: id.extend({ version: z.int().min(1) }),
    result: OrderDetail,
  }),
  refund: endpoint('POST /orders/:id/refunds', {
    about: thingIn('orders.order', 'id'),
    ...write,
    summary:
      'Gives back an amount, or goods by their place in the order, never more than is left of the order and of each line; a refund is an order of its own on its day',
    idempotency: 'required',
    input: id.extend({
      day: day.optional(),
      /** Minor units of the organization's currency; instead of lines. */
      amountMinor: money.min(1).optional(),
      lines: z
        .array(z.object({ place: z.int().min(1), quantity: decimal }))
        .max(2000)
        .optional(),
    }),
    result: OrderDetail,
  }),
  batch: endpoint('POST /orders/batch', {
    about: 'everybody',
    ...write,
    summary:
      'Brings in up to 1,000 orders of one source in their full state; those that are there are replaced, equal ones left alone; terms that a person wrote stay',
    idempotency: 'required',
    input: z.object({
      source: word(60).refine((name) => name !== 'hand', 'is reserved for what people type'),
      orders: z.array(BatchOrder).min(1).max(1000),
    }),
    result: z.object({ new: z.int(), changed: z.int(), unchanged: z.int(), conflicting: z.int(), customersNew: z.int() }),
  }),
  anonymousMonths: endpoint('GET /anonymous-sales/months', {
    about: 'everybody',
    ...read,
    summary: 'Sales without a customer by month, newest first',
    input: nothing,
    result: z.object({
      currency: z.string(),
      items: z.array(
        z.object({
          month: z.string(),
          sales: z.int(),
          lines: z.int(),
          revenueMinor: money,
          discountMinor: money,
          refundMinor: money,
          netMinor: money,
        }),
      ),
    }),
  }),
  ...catalogueEndpoints,
}
