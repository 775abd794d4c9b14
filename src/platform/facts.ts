import type { Actor } from './context.ts'
import type { Db } from './database/connection.ts'
import type { Publish } from './fact.ts'
import type { JobQueue } from './jobs.ts'

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
  }
