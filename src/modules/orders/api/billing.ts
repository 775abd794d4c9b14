import { z } from 'zod'
import { day, endpoint, instant, money, nothing, page, paging, thingIn } from '#platform/contract.ts'
import { disputeOutcomes, disputeReasons } from '../domain/billing.ts'

const DisputeView = z.object({
  id: z.uuid(),
  reason: z.enum(disputeReasons),
  note: z.string().nullable(),
  openedAt: instant,
  openedBy: z.string(),
  /** Null while it is open. */
  outcome: z.enum(disputeOutcomes).nullable(),
  settlementNote: z.string().nullable(),
  settledAt: instant.nullable(),
  settledBy: z.string().nullable(),
  version: z.int(),
})
const BilledLine = z.object({
  name: z.string().nullable(),
  product: z.string().nullable(),
  quantity: z.string(),
  unitPrice: z.string().nullable(),
  netMinor: money,
})
export const BillingView = z.object({
  orderId: z.uuid(),
  customerId: z.uuid(),
  disputes: z.array(DisputeView),
  corrections: z.array(
    z.object({
      id: z.uuid(),
      disputeId: z.uuid().nullable(),
      beforeMinor: money,
      afterMinor: money,
      /** Lines that differ. */
      lines: z.array(z.object({ place: z.int(), before: BilledLine.nullable(), after: BilledLine.nullable() })),
      correctedAt: instant,
      correctedBy: z.string(),
    }),
  ),
})
export type BillingView = z.output<typeof BillingView>

const id = z.object({ id: z.uuid() })
const words = z.string().trim().min(1).max(2000)
const about = thingIn('orders.order', 'id')
const read = { permission: 'orders.read' }
const write = { permission: 'orders.write', about }
const month = z.string().meta({ description: 'A month, YYYY-MM' })

export const billingApi = {
  billing: endpoint('GET /orders/:id/billing', {
    about,
    notes: 'result.customerId',
    ...read,
    summary: 'Disputes about what an order was billed, and corrections of it, the latest first',
    input: id,
    result: BillingView,
  }),
  dispute: endpoint('POST /orders/:id/disputes', {
    ...write,
    summary: 'Notes that the customer disputes the bill; one dispute can be open at a time',
    input: id.extend({ reason: z.enum(disputeReasons), note: words.nullish() }),
    result: BillingView,
  }),
  settle: endpoint('POST /orders/:id/disputes/:disputeId/settlement', {
    ...write,
    summary: 'Ends a dispute: the bill was corrected, money was given back, or the bill was right',
    input: id.extend({ disputeId: z.uuid(), version: z.int().min(1), outcome: z.enum(disputeOutcomes), note: words.nullish() }),
    result: BillingView,
  }),
  billingMonths: endpoint('GET /billing/months', {
    about: 'everybody',
    ...read,
    summary: 'Orders and refunds, those of them that were disputed, and corrections made, by month of the last twelve',
    timeLimit: 10_000,
    input: nothing,
    result: z.object({
      currency: z.string(),
      items: z.array(
        z.object({
          month,
          billed: z.int(),
          disputed: z.int(),
          disputedPerThousand: z.number().nullable(),
          corrections: z.int(),
          correctedMinor: money,
        }),
      ),
    }),
  }),
  openDisputes: endpoint('GET /billing/disputes', {
    about: 'reach',
    ...read,
    notes: 'list.items',
    summary: 'Open disputes about bills, those that wait longest first',
    input: z.object(paging),
    result: page(
      z.object({
        id: z.uuid(),
        orderId: z.uuid(),
        customerId: z.uuid(),
        customerName: z.string(),
        number: z.string().nullable(),
        day,
        netMinor: money,
        reason: z.enum(disputeReasons),
        note: z.string().nullable(),
        openedAt: instant,
      }),
    ),
  }),
}
