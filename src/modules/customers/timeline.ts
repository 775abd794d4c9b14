import type { TimelineSource } from '#platform/module.ts'
import { interactionEntries } from './store/interactions.ts'

/** What the archive itself tells on a customer's timeline: the touches that were noted. */
export const timeline: TimelineSource = ({ db }, customerId, before, limit) => interactionEntries(db, customerId, before, limit)
