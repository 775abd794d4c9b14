import { z } from 'zod'
import type { Db } from '../database/connection.ts'
import { type Fact, fact } from '../fact.ts'
import { timeOrderedId } from '../identifier.ts'
import type { JobQueue } from '../jobs.ts'
import { shareable } from './message.ts'
import { addDeliveries, listenersOf } from './store.ts'

/** Wakes the job that delivers; it is never logged. */
export const deliveriesDue = fact('webhooks.deliveries-due', z.object({}))

/** Notes, in the transaction of a fact, for whom it is to be delivered. With nobody to tell this is one look at a handful of rows. */
export async function tellWebhooks(db: Db, happened: Fact, values: unknown, now: Date, queue: JobQueue): Promise<void> {
  const listeners = await listenersOf(db, happened.name)
  if (listeners.length === 0) return
  const message = { type: happened.name, timestamp: now.toISOString(), data: shareable(happened, values) }
  await addDeliveries(
    db,
    listeners.map((webhookId) => ({ id: timeOrderedId(now), webhookId, message })),
    now,
  )
  await queue.react(db, deliveriesDue.name, {})
}
