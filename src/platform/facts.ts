import type { z } from 'zod'
import type { Actor } from './context.ts'
import type { Db } from './database/connection.ts'
import type { Fact, Publish } from './fact.ts'
import type { JobQueue } from './jobs.ts'
import { tellWebhooks } from './webhooks/outbox.ts'

/** Publishes into one transaction: the fact is logged and every job that reacts to it is enqueued there, so both are true or neither is. */
export const publisher =
  (db: Db, now: Date, actor: Actor, queue: JobQueue): Publish =>
  async (fact, payload) => {
    const values = fact.payload.parse(payload) as Record<string, unknown>
    const customerId = typeof values.customerId === 'string' ? values.customerId : null
    await db
      .insertInto('platform.fact')
      .values({ occurred_at: now, name: fact.name, customer_id: customerId, actor: actor.id, payload: JSON.stringify(values) })
      .execute()
    await queue.react(db, fact.name, values)
    await tellWebhooks(db, fact, values, now, queue)
  }

/** The values of the latest fact of a kind, or undefined where there was none yet. */
export async function latestFact<S extends z.ZodType>(db: Db, fact: Fact<S>): Promise<z.output<S> | undefined> {
  const row = await db
    .selectFrom('platform.fact')
    .select('payload')
    .where('name', '=', fact.name)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && fact.payload.parse(row.payload)
}
