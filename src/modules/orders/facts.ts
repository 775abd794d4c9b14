import { z } from 'zod'
import { fact, personal } from '#platform/fact.ts'
import { disputeOutcomes, disputeReasons } from './domain/billing.ts'
import { freightKinds } from './domain/terms.ts'

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

const ofOrder = { customerId: z.uuid(), orderId: z.uuid() }

/** Somebody wrote what is promised for an order. */
export const termsChanged = fact(
  'orders.terms-changed',
  z.object({ ...ofOrder, promisedDayBefore: z.iso.date().nullable(), promisedDay: z.iso.date().nullable() }),
)

/** Something of an order came. `deliveredDay` is there once nothing more is awaited, `lateDays` where a day was promised: negative before it. */
export const deliveryNoted = fact(
  'orders.delivery-noted',
  z.object({
    ...ofOrder,
    deliveryId: z.uuid(),
    day: z.iso.date(),
    promisedDay: z.iso.date().nullable(),
    deliveredDay: z.iso.date().nullable(),
    lateDays: z.int().nullable(),
  }),
)

/** A delivery that was noted was none. */
export const deliveryRemoved = fact('orders.delivery-removed', z.object({ ...ofOrder, deliveryId: z.uuid(), day: z.iso.date() }))

/**
 * A promised day has passed and the order had not come by then: announced once for each promise, also before the customer says anything. `deliveredDay` is null while it has not come. `days` is how late it
 * is, or was; `ownerId` who looks after the customer.
 */
export const deliveryLate = fact(
  'orders.delivery-late',
  z.object({
    ...ofOrder,
    number: z.string().nullable(),
    promisedDay: z.iso.date(),
    deliveredDay: z.iso.date().nullable(),
    days: z.int().min(1),
    ownerId: z.string().nullable(),
  }),
)

/** Goods of an order were damaged, lost, spoilt or badly handled on their way. */
export const freightNoted = fact(
  'orders.freight-noted',
  z.object({ ...ofOrder, eventId: z.uuid(), kind: z.enum(freightKinds), day: z.iso.date(), note: personal(z.string().nullable()) }),
)

export const freightRemoved = fact(
  'orders.freight-removed',
  z.object({ ...ofOrder, eventId: z.uuid(), kind: z.enum(freightKinds), day: z.iso.date() }),
)

/** A customer disputes what an order was billed. */
export const billingDisputed = fact(
  'orders.billing-disputed',
  z.object({ ...ofOrder, disputeId: z.uuid(), reason: z.enum(disputeReasons), note: personal(z.string().nullable()) }),
)

export const disputeSettled = fact(
  'orders.dispute-settled',
  z.object({ ...ofOrder, disputeId: z.uuid(), outcome: z.enum(disputeOutcomes), note: personal(z.string().nullable()) }),
)

/** A person corrected what an order was billed; `disputeId` names the dispute that was open then. */
export const billingCorrected = fact(
  'orders.billing-corrected',
  z.object({ ...ofOrder, correctionId: z.uuid(), beforeMinor: z.int(), afterMinor: z.int(), disputeId: z.uuid().nullable() }),
)
