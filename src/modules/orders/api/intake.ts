import { z } from 'zod'
import { endpoint, instant, nothing, page, paging } from '#platform/contract.ts'
import { intakeForms, intakeSignatures } from '../domain/intake/forms.ts'

export const IntakeView = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Under what name its orders and customers are known. */
  source: z.string(),
  form: z.enum(intakeForms),
  signature: z.enum(intakeSignatures),
  /** Where the shop sends to. */
  address: z.string(),
  /** To be sent back with a change. */
  version: z.int(),
  createdAt: instant,
  disabledAt: instant.nullable(),
  /** Whether some message could not be brought in and waits for a person. */
  hasFailed: z.boolean(),
})

const name = z.string().trim().min(1).max(120)
const source = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .refine((text) => text !== 'hand', 'is reserved for what people type')
/** One that the shop gave; left out a new one is made. */
const secret = z
  .string()
  .trim()
  .min(16)
  .max(500)
  .regex(/^[\x21-\x7e]+$/, 'must be of letters, figures and signs without blanks')
  .optional()
const one = z.object({ id: z.uuid() })
const withSecret = z.object({ intake: IntakeView, secret: z.string().nullable() })
const common = { permission: 'orders.intake', about: 'nobody' } as const

export const intakeApi = {
  intakes: endpoint('GET /order-intakes', {
    ...common,
    summary: 'The addresses to which shops send their orders',
    input: nothing,
    result: z.object({ items: z.array(IntakeView) }),
  }),
  addIntake: endpoint('POST /order-intakes', {
    ...common,
    summary: 'Makes an address for a shop; a secret that is made here is shown once',
    idempotency: 'none',
    input: z.object({ name, source, form: z.enum(intakeForms), signature: z.enum(intakeSignatures), secret }),
    result: withSecret,
  }),
  changeIntake: endpoint('PUT /order-intakes/:id', {
    ...common,
    summary: 'Renames an address; refused when somebody else has changed it since the given version',
    input: z.object({ ...one.shape, name, version: z.int().min(1) }),
    result: IntakeView,
  }),
  switchIntake: endpoint('PUT /order-intakes/:id/state', {
    ...common,
    summary: 'Closes an address, which then answers as if it were not there, or opens it again',
    input: z.object({ ...one.shape, enabled: z.boolean() }),
    result: IntakeView,
  }),
  replaceIntakeSecret: endpoint('POST /order-intakes/:id/secret', {
    ...common,
    summary: 'Takes another secret, or makes one and shows it once; the old one holds no longer',
    idempotency: 'none',
    input: z.object({ ...one.shape, secret }),
    result: withSecret,
  }),
  removeIntake: endpoint('DELETE /order-intakes/:id', {
    ...common,
    summary: 'Removes an address with its messages; the orders stay',
    input: one.extend({ version: z.int().min(1) }),
    result: nothing,
  }),
  intakeDeliveries: endpoint('GET /order-intakes/:id/deliveries', {
    ...common,
    about: 'everybody',
    summary: 'The messages of a shop and what became of them, newest first; kept for thirty days',
    input: z.object({ ...one.shape, ...paging }),
    result: page(
      z.object({
        id: z.uuid(),
        senderId: z.string().nullable(),
        receivedAt: instant,
        bytes: z.int(),
        state: z.enum(['waiting', 'done', 'failed']),
        attempts: z.int(),
        dueAt: instant,
        attemptedAt: instant.nullable(),
        /** How many orders are in. */
        brought: z.int(),
        /** Why others are not, at most 100. */
        problems: z.array(z.object({ number: z.string().nullable(), reason: z.string(), detail: z.string() })),
      }),
    ),
  }),
  repeatIntake: endpoint('POST /order-intakes/:id/deliveries/:deliveryId/repetition', {
    ...common,
    summary: 'Tries again to bring in what is not in',
    input: z.object({ ...one.shape, deliveryId: z.uuid() }),
    result: nothing,
  }),
  receiveOrders: endpoint('POST /order-intake/:token', {
    permission: 'public',
    about: 'nobody',
    kind: 'signed',
    idempotency: 'none',
    summary:
      'Takes a shop’s message of orders in their full state, signed as the address asks for (Standard Webhooks, Shopify or WooCommerce); they are brought in within seconds',
    signed: {
      headers: [
        'content-type',
        'webhook-id',
        'webhook-timestamp',
        'webhook-signature',
        'x-shopify-hmac-sha256',
        'x-shopify-webhook-id',
        'x-wc-webhook-signature',
        'x-wc-webhook-delivery-id',
      ],
      perMinute: 600,
    },
    input: z.object({ token: z.string().max(200), body: z.string(), headers: z.record(z.string(), z.string()) }),
    result: z.object({ received: z.literal(true) }),
  }),
}
