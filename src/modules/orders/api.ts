import { z } from 'zod'
import { day, endpoint, instant, money, nothing, page, paging } from '#platform/contract.ts'

const id = z.uuid()
/** An exact decimal with at most six places, `-12.5`. */
const decimal = z.string().regex(/^-?\d{1,12}(\.\d{1,6})?$/)
const positive = z.string().regex(/^\d{1,12}(\.\d{1,6})?$/)
const text = (limit: number) => z.string().trim().max(limit).nullable()
const lineKind = z.enum(['goods', 'shipping', 'fee', 'discount'])

/** One line; its key is its place. Quantity and unit price in the order's currency, amounts in minor units of the organization's. */
export const OrderLine = z.object({
  kind: lineKind,
  product: z.string().nullable(),
  name: z.string().nullable(),
  quantity: decimal,
  /** Null where only the line's amount is known. */
  unitPrice: decimal.nullable(),
  discountMinor: money,
  netMinor: money,
  /** What the line costs, from `costBasis`: what the line itself says, the product's cost, the category's margin, or nothing known. */
  costMinor: money.nullable(),
  costBasis: z.enum(['line', 'product', 'category', 'none']),
})

export const Order = z.object({
  id,
  customerId: id,
  version: z.int(),
  number: z.string().nullable(),
  day,
  placedAt: instant.nullable(),
  cancelled: z.boolean(),
  /** The order that this one takes back, wholly or in part. */
  refundOf: id.nullable(),
  /** Null: the organization's. */
  currency: z.string().nullable(),
  rate: z.string().nullable(),
  channel: z.string().nullable(),
  campaign: z.string().nullable(),
  /** The name of where it comes from; 'hand' where a person typed it in. */
  source: z.string(),
  /** Changed or made by hand: files no longer overrule it. */
  byHand: z.boolean(),
  updatedAt: instant,
  revenueMinor: money,
  discountMinor: money,
  refundMinor: money,
  netMinor: money,
  costMinor: money,
  costUnknownMinor: money,
  lines: z.array(OrderLine),
})
export type Order = z.output<typeof Order>

export const LedgerYear = z.object({
  year: z.int(),
  orders: z.int(),
  revenueMinor: money,
  discountMinor: money,
  refundMinor: money,
  netMinor: money,
})

/** What a person types in. Amounts of lines are minor units of the organization's currency; `unitPrice` is in the order's. A line has a unit price or an amount. */
const orderFields = {
  day,
  number: text(200).optional(),
  channel: text(100).optional(),
  campaign: text(200).optional(),
  /** Another currency than the organization's needs a rate of the day. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullable()
    .optional(),
  lines: z
    .array(
      z.object({
        kind: lineKind,
        product: text(200),
        name: text(500),
        quantity: decimal,
        unitPrice: decimal.nullable(),
        amountMinor: money.nullable(),
        discountMinor: money,
        costMinor: money.nullable(),
      }),
    )
    .min(1)
    .max(1000),
}

const Product = z.object({
  code: z.string(),
  name: z.string().nullable(),
  category: z.string().nullable(),
  unitCost: positive.nullable(),
  /** The margin of its category, which serves where the cost is not known. */
  marginPercent: z.number().nullable(),
})
const marginPercent = z.number().min(-100).max(100).nullable()
const Category = z.object({ name: z.string(), marginPercent })
const currency = z.string().regex(/^[A-Z]{3}$/)
const DayRate = z.object({ currency, day, rate: z.string() })

const read = { permission: 'orders.read' }
const write = { permission: 'orders.write' }
const manage = { permission: 'orders.manage' }

export const api = {
  ofCustomer: endpoint('GET /customers/:customerId/orders', {
    ...read,
    summary: 'A customer’s orders and refunds with their lines, newest first',
    input: z.object({ customerId: id, ...paging }),
    result: page(Order),
  }),
  ledger: endpoint('GET /customers/:customerId/ledger', {
    ...read,
    summary: 'A customer’s consumption ledger: totals by year, newest first',
    input: z.object({ customerId: id }),
    result: z.object({ years: z.array(LedgerYear) }),
  }),
  list: endpoint('GET /orders', {
    ...read,
    summary: 'Everybody’s orders, newest day first, where wanted only up to a day',
    timeLimit: 1000,
    input: z.object({ until: day.optional(), ...paging }),
    result: page(Order.omit({ lines: true }).extend({ customerName: z.string().nullable(), lineCount: z.int() })),
  }),
  one: endpoint('GET /orders/:id', {
    ...read,
    summary: 'One order with its lines, and what of it can still be given back',
    input: z.object({ id }),
    result: Order.extend({
      /** Per line, in the order of the lines: the quantity and amount that no refund has taken back yet. */
      left: z.array(z.object({ quantity: decimal, netMinor: money })),
      refunds: z.array(z.object({ id, day, refundMinor: money })),
    }),
  }),
  anonymous: endpoint('GET /anonymous-sales', {
    ...read,
    summary: 'Sales whose customer nobody knows, by month, newest first',
    input: nothing,
    result: z.object({
      months: z.array(
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
  create: endpoint('POST /orders', {
    ...write,
    summary: 'Adds an order by hand',
    input: z.object({ customerId: id, ...orderFields }),
    result: Order,
  }),
  change: endpoint('PUT /orders/:id', {
    ...write,
    summary: 'Writes an order anew; from then on it is by hand, and files no longer overrule it',
    input: z.object({ id, version: z.int().min(1), ...orderFields }),
    result: Order,
  }),
  cancel: endpoint('POST /orders/:id/cancellation', {
    ...write,
    summary: 'Cancels an order: it stays to be seen and counts for nothing',
    input: z.object({ id, version: z.int().min(1) }),
    result: Order,
  }),
  refund: endpoint('POST /orders/:id/refunds', {
    ...write,
    summary: 'Gives back what is left of an order, or some lines of it, or an amount; the refund is an order of its own',
    input: z.object({
      id,
      day: day.optional(),
      lines: z
        .array(z.object({ line: z.int().min(0), quantity: positive }))
        .min(1)
        .max(1000)
        .optional(),
      amountMinor: money.min(1).optional(),
    }),
    result: Order,
  }),
  products: endpoint('GET /products', {
    ...read,
    summary: 'The catalogue by code, where wanted only what contains a text in code or name',
    timeLimit: 1000,
    input: z.object({ q: z.string().trim().max(200).optional(), ...paging }),
    result: page(Product),
  }),
  saveProduct: endpoint('POST /products', {
    ...manage,
    summary: 'Adds a product or writes what is known of it anew; what its cost changes is recomputed',
    input: z.object({
      code: z.string().trim().min(1).max(200),
      name: text(500),
      category: text(200),
      unitCost: positive.nullable(),
    }),
    result: Product,
  }),
  categories: endpoint('GET /product-categories', {
    ...read,
    summary: 'Categories of products with the margins that serve where no cost is known',
    input: nothing,
    result: z.object({ items: z.array(Category) }),
  }),
  saveCategory: endpoint('POST /product-categories', {
    ...manage,
    summary: 'Adds a category or sets its margin; what it changes is recomputed',
    input: z.object({ name: z.string().trim().min(1).max(200), marginPercent }),
    result: Category,
  }),
  rates: endpoint('GET /day-rates', {
    ...read,
    summary: 'What one unit of another currency was worth in the organization’s, newest day first',
    input: z.object(paging),
    result: page(DayRate),
  }),
  saveRate: endpoint('POST /day-rates', {
    ...manage,
    summary: 'Sets the rate of a currency from a day on',
    input: z.object({
      currency,
      day,
      rate: z
        .string()
        .regex(/^\d{1,12}(\.\d{1,12})?$/)
        .refine((value) => Number(value) > 0, 'must be greater than 0'),
    }),
    result: DayRate,
  }),
  removeRate: endpoint('DELETE /day-rates/:currency/:day', {
    ...manage,
    summary: 'Forgets a rate; orders keep the rate they were booked at',
    input: z.object({ currency, day }),
    result: nothing,
  }),
}
