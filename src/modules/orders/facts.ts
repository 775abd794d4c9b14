import { z } from 'zod'
import { fact } from '#platform/fact.ts'

/** Orders were made, changed or refunded by hand or through the API. `customerId` is there where it concerns one customer alone, with what happened to which order. */
export const ordersChanged = fact(
  'orders.changed',
  z.object({
    customerIds: z.array(z.uuid()).min(1).max(2000),
    customerId: z.uuid().optional(),
    orderId: z.uuid().optional(),
    what: z.enum(['placed', 'changed', 'cancelled', 'refunded', 'loaded']),
    number: z.string().nullable().optional(),
    day: z.iso.date().optional(),
    netMinor: z.int().optional(),
  }),
)

/** A batch of an import, or of its undoing, is in; the customers of a batch lie side by side by their ids. One fact per batch. */
export const ordersImported = fact(
  'orders.imported',
  z.object({
    runId: z.uuid(),
    orders: z.int(),
    customers: z.int(),
    firstCustomer: z.uuid().nullable(),
    lastCustomer: z.uuid().nullable(),
  }),
)

/** A shop sent a message that bears its signature; its orders are brought in next. */
export const messageReceived = fact('orders.message-received', z.object({ intakeId: z.uuid(), deliveryId: z.uuid() }))
