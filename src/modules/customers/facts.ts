import { z } from 'zod'
import { fact, personal } from '#platform/fact.ts'
import { channels, stages } from './domain/interaction.ts'

export const customerCreated = fact('customers.created', z.object({ customerId: z.uuid(), name: personal(z.string()) }))

/** What changed is in the customer's history; here only which fields. */
export const customerChanged = fact('customers.changed', z.object({ customerId: z.uuid(), fields: z.array(z.string()) }))

/** Computing a person's profile was switched off or on again. */
export const profilingChanged = fact('customers.profiling-changed', z.object({ customerId: z.uuid(), profiling: z.boolean() }))

/** A touch was noted. Without `costMinor` it costs what the rates say for its channel and minutes. */
export const interactionLogged = fact(
  'customers.interaction-logged',
  z.object({
    customerId: z.uuid(),
    interactionId: z.uuid(),
    day: z.iso.date(),
    channel: z.enum(channels),
    direction: z.enum(['in', 'out']),
    stage: z.enum(stages),
    minutes: z.int(),
    costMinor: z.int().nullable(),
  }),
)

/** A batch of an import made or changed customers: one fact per batch. */
export const customersImported = fact('customers.imported', z.object({ runId: z.uuid(), made: z.int(), changed: z.int() }))

export const strategySaved = fact('customers.strategy-saved', z.object({ version: z.int(), complete: z.boolean() }))
