import { z } from 'zod'
import { fact } from '../fact.ts'

const webhook = z.object({ webhookId: z.uuid() })

export const webhookAdded = fact('webhooks.added', webhook)
export const webhookChanged = fact('webhooks.changed', webhook)
export const webhookRemoved = fact('webhooks.removed', webhook)
/** Nothing is sent to it any more: a person switched it off, or it failed for days, or it said that it is gone. */
export const webhookDisabled = fact('webhooks.disabled', webhook.extend({ because: z.enum(['person', 'failing', 'gone']) }))
export const webhookEnabled = fact('webhooks.enabled', webhook)
export const webhookSecretReplaced = fact('webhooks.secret-replaced', webhook)
