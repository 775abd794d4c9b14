import type { TimelineSource } from '#platform/module.ts'
import { mergeNewest } from './domain/timeline.ts'
import { consentEntries, mergeEntries, ownerEntries } from './store/decisions.ts'
import { interactionEntries } from './store/interactions.ts'

/** What the archive itself tells on a customer's timeline: touches, what was said about being addressed, merges, and who came to look after the customer. */
export const timeline: TimelineSource = async ({ db }, customerId, before, limit) =>
  mergeNewest(
    [
      await interactionEntries(db, customerId, before, limit),
      await consentEntries(db, customerId, before, limit),
      await mergeEntries(db, customerId, before, limit),
      await ownerEntries(db, customerId, before, limit),
    ],
    limit,
  )
