import { z } from 'zod'
import { endpoint, instant, nothing, page, paging } from '../contract.ts'

export const WebhookView = z.object({
  id: z.uuid(),
  name: z.string(),
  url: z.string(),
  facts: z.array(z.string()),
  /** Whether the address may lie in the company's own network. */
  ownNetwork: z.boolean(),
  /** To be sent back with a change. */
  version: z.int(),
  createdAt: instant,
  disabledAt: instant.nullable(),
  disabledBecause: z.enum(['person', 'failing', 'gone']).nullable(),
  failingSince: instant.nullable(),
})

const values = {
  name: z.string().trim().min(1).max(120),
  url: z.string().trim().max(2000),
  facts: z.array(z.string().max(100)).min(1).max(300),
  ownNetwork: z.boolean().default(false),
}
const one = z.object({ id: z.uuid() })
const withSecret = z.object({ webhook: WebhookView, secret: z.string() })
const permission = 'webhooks.manage'
const about = 'nobody'

export const webhooksApi = {
  list: endpoint('GET /webhooks', {
    summary: 'The systems that are told what happens, and everything that they can be told of',
    permission,
    about,
    input: nothing,
    result: z.object({ webhooks: z.array(WebhookView), facts: z.array(z.string()) }),
  }),
  add: endpoint('POST /webhooks', {
    summary: 'Adds a system; the secret with which messages are signed is shown once',
    permission,
    about,
    idempotency: 'none',
    input: z.object(values),
    result: withSecret,
  }),
  change: endpoint('PUT /webhooks/:id', {
    summary: 'Changes where and of what a system is told; refused when somebody else has changed it since the given version',
    permission,
    about,
    input: z.object({ ...one.shape, ...values, version: z.int().min(1) }),
    result: WebhookView,
  }),
  remove: endpoint('DELETE /webhooks/:id', {
    summary: 'Removes a system with its deliveries',
    permission,
    about,
    input: one.extend({ version: z.int().min(1) }),
    result: nothing,
  }),
  switch: endpoint('PUT /webhooks/:id/state', {
    summary: 'Stops telling a system, or begins again; what happened in between is not told',
    permission,
    about,
    input: z.object({ ...one.shape, enabled: z.boolean() }),
    result: WebhookView,
  }),
  replaceSecret: endpoint('POST /webhooks/:id/secret', {
    summary: 'Makes a new secret, shown once; the old one holds no longer',
    permission,
    about,
    idempotency: 'none',
    input: one,
    result: withSecret,
  }),
  tryOut: endpoint('POST /webhooks/:id/trials', {
    summary: 'Sends a message that says nothing, to see whether it arrives',
    permission,
    about,
    input: one,
    result: z.object({ deliveryId: z.uuid() }),
  }),
  deliveries: endpoint('GET /webhooks/:id/deliveries', {
    summary: 'What was sent to a system and how it answered, newest first; kept for thirty days',
    permission,
    about,
    input: z.object({ ...one.shape, ...paging }),
    result: page(
      z.object({
        id: z.uuid(),
        fact: z.string(),
        occurredAt: instant,
        state: z.enum(['waiting', 'delivered', 'failed']),
        attempts: z.int(),
        dueAt: instant,
        attemptedAt: instant.nullable(),
        status: z.int().nullable(),
        problem: z.string().nullable(),
      }),
    ),
  }),
  repeat: endpoint('POST /webhooks/:id/deliveries/:deliveryId/repetition', {
    summary: 'Sends a message again, with the same id',
    permission,
    about,
    input: z.object({ ...one.shape, deliveryId: z.uuid() }),
    result: nothing,
  }),
}
