import { z } from 'zod'
import { day, endpoint, flag, nothing, page, paging } from '#platform/contract.ts'
import { code, currency, decimal, word } from './shapes.ts'

const Product = z.object({
  code,
  name: z.string().nullable(),
  category: z.string().nullable(),
  /** In the organization's currency. */
  unitCost: z.string().nullable(),
})
const productFields = { name: word(500).nullish(), category: word(200).nullish(), unitCost: decimal.nullish() }
const marginPercent = z.number().min(-100).max(100).nullish()
const Category = z.object({ name: z.string(), marginPercent: z.number().nullable() })
const DayRate = z.object({ currency, day, rate: decimal })

const read = { permission: 'orders.read' }
const manage = { permission: 'orders.manage' }

/** What orders are reckoned with: products and their categories with costs and margins, and what currencies were worth. */
export const catalogueEndpoints = {
  products: endpoint('GET /products', {
    about: 'nobody',
    ...read,
    summary: 'Products by code, where wanted only those that answer no need of the register',
    input: z.object({ ...paging, search: word(100).optional(), withoutNeed: flag.optional() }),
    result: page(Product),
  }),
  saveProduct: endpoint('POST /products', {
    about: 'nobody',
    ...manage,
    summary:
      'Makes or changes a product: null clears a field, one that is left out stays. `before` is what the writer saw in these fields, null or nothing where nothing was known; orders whose lines name no cost are costed anew',
    input: z.object({ code, before: z.object(productFields), ...productFields }),
    result: Product,
  }),
  categories: endpoint('GET /product-categories', {
    about: 'nobody',
    ...read,
    summary: 'Product categories with their margins',
    input: nothing,
    result: z.object({ items: z.array(Category) }),
  }),
  saveCategory: endpoint('POST /product-categories', {
    about: 'nobody',
    ...manage,
    summary:
      'Makes a category or sets its margin: null clears it, left out it stays. `before` is what the writer saw; orders whose lines name no cost are costed anew',
    input: z.object({ name: word(200), before: z.object({ marginPercent }), marginPercent }),
    result: Category,
  }),
  rates: endpoint('GET /day-rates', {
    about: 'nobody',
    ...read,
    summary: 'What currencies were worth in the organization’s, newest days first',
    input: z.object(paging),
    result: page(DayRate),
  }),
  saveRate: endpoint('POST /day-rates', {
    about: 'nobody',
    ...manage,
    summary: 'Sets the rate of a currency on a day; `before` is the one that the writer saw, null for none',
    input: DayRate.extend({ before: decimal.nullable() }),
    result: DayRate,
  }),
  deleteRate: endpoint('DELETE /day-rates/:currency/:day', {
    about: 'nobody',
    ...manage,
    summary: 'Takes out a rate; orders that used it stay as they are',
    input: z.object({ currency, day, before: decimal }),
    result: nothing,
  }),
}
