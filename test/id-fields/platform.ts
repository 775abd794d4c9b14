import { type Meanings, mailboxes, runs, webhooks } from './meanings.ts'

export const platform: Meanings = {
  'GET /runs/:id': { id: runs },
  'POST /runs/:id/cancellation': { id: runs },
  'POST /runs/:id/undoing': { id: runs },
  'PUT /webhooks/:id': { id: webhooks },
  'DELETE /webhooks/:id': { id: webhooks },
  'PUT /webhooks/:id/state': { id: webhooks },
  'POST /webhooks/:id/secret': { id: webhooks },
  'POST /webhooks/:id/trials': { id: webhooks },
  'GET /webhooks/:id/deliveries': { id: webhooks },
  'POST /webhooks/:id/deliveries/:deliveryId/repetition': { id: webhooks, deliveryId: webhooks },
  'PUT /mailboxes/:id': { id: mailboxes },
  'DELETE /mailboxes/:id': { id: mailboxes },
  'PUT /mailboxes/:id/state': { id: mailboxes },
  'POST /mailboxes/:id/trials': { id: mailboxes },
}
