import { z } from 'zod'
import { code, fact, personal } from '#platform/fact.ts'
import { channels, stages } from './domain/interaction.ts'

export const customerCreated = fact('customers.created', z.object({ customerId: z.uuid(), name: personal(z.string()) }))

/** What changed is in the customer's history; here only which fields. */
export const customerChanged = fact('customers.changed', z.object({ customerId: z.uuid(), fields: z.array(code) }))

/** Computing the profiles of some people was switched off or on again; one fact for all who were switched together. */
export const profilingChanged = fact('customers.profiling-changed', z.object({ customerIds: z.array(z.uuid()), profiling: z.boolean() }))

/**
 * A touch was noted. Without `costMinor` it costs what the rates say for its channel and minutes. `nextStep`: it says what comes next, in words that stand in the touch, or only by which day.
 */
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
    nextStep: z.boolean(),
    nextStepOn: z.iso.date().nullable(),
  }),
)

/** Another customer became one with this one; from now on the other's id leads here. What changed of the archive is in its history. */
export const customersMerged = fact(
  'customers.merged',
  z.object({ customerId: z.uuid(), mergedId: z.uuid(), mergeId: z.uuid(), fields: z.array(z.string()) }),
)

/** The two are two again. */
export const mergeUndone = fact('customers.merge-undone', z.object({ customerId: z.uuid(), mergedId: z.uuid(), mergeId: z.uuid() }))

/** Somebody asked that a person be erased; what for is kept with the request. */
export const erasureRequested = fact('customers.erasure-requested', z.object({ customerId: z.uuid(), erasureId: z.uuid() }))

/** A person was erased; what there was of them is gone, and no fact says it. */
export const customerErased = fact('customers.erased', z.object({ customerId: z.uuid(), erasureId: z.uuid() }))

/** A run gave many customers something at once: one fact per batch. */
export const manyChanged = fact('customers.many-changed', z.object({ runId: z.uuid(), field: z.string(), customers: z.int() }))

/**
 * Customers of somebody who leaves were given to others: one fact per batch. `calls`: the important ones, whom the new account manager or somebody above should call in person (whoever keeps
 * commitments makes tasks of them).
 */
export const customersHandedOver = fact(
  'customers.handed-over',
  z.object({
    runId: z.uuid(),
    fromUserId: z.string(),
    customers: z.int(),
    calls: z.array(z.object({ customerId: z.uuid(), tier: z.enum(['lead', 'iron', 'gold', 'platinum']), ownerId: z.string() })),
  }),
)

/**
 * All customers of somebody who leaves have new owners: once per hand-over, at its end, also where there were none. Whatever else they leave behind goes to the same people. `shares`: who takes over,
 * in the order in which they were chosen, and how many customers each was given.
 */
export const departureHandedOver = fact(
  'customers.departure-handed-over',
  z.object({ runId: z.uuid(), fromUserId: z.string(), shares: z.array(z.object({ userId: z.string(), customers: z.int() })) }),
)

/** A batch of an import made or changed customers: one fact per batch. */
export const customersImported = fact('customers.imported', z.object({ runId: z.uuid(), made: z.int(), changed: z.int() }))

/** A customer said yes or no to being addressed; 'all' stands for every purpose or channel. */
export const consentChanged = fact(
  'customers.consent-changed',
  z.object({ customerId: z.uuid(), purpose: z.string(), channel: z.string(), given: z.boolean() }),
)
/** A batch of an import, or of its undoing, brought consents and withdrawals: one fact per batch. Who said what stands in the ledger. */
export const consentsImported = fact('customers.consents-imported', z.object({ runId: z.uuid(), given: z.int(), withdrawn: z.int() }))
/** A touch was corrected or withdrawn; its costs are to be counted anew. `nextStepChanged`: what it says of what comes next, or by which day, is another. */
export const interactionChanged = fact(
  'customers.interaction-changed',
  z.object({
    customerId: z.uuid(),
    interactionId: z.uuid(),
    withdrawn: z.boolean(),
    nextStepChanged: z.boolean(),
    nextStepOn: z.iso.date().nullable(),
  }),
)
/** A touch names colleagues. */
export const colleaguesMentioned = fact(
  'customers.colleagues-mentioned',
  z.object({ customerId: z.uuid(), interactionId: z.uuid(), userIds: z.array(z.string()), by: z.string() }),
)
/** A need was heard of a customer. */
export const needNoted = fact('customers.need-noted', z.object({ customerId: z.uuid(), needId: z.uuid(), interactionId: z.uuid() }))
/** Two customers became related or are no more. */
export const relationChanged = fact(
  'customers.relation-changed',
  z.object({ customerId: z.uuid(), otherId: z.uuid(), kind: z.string(), related: z.boolean() }),
)
export const strategyApproved = fact('customers.strategy-approved', z.object({ version: z.int() }))
export const strategySaved = fact('customers.strategy-saved', z.object({ version: z.int(), complete: z.boolean() }))
