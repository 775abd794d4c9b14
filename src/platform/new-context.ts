import type { Actor, Context, House, Reach } from './context.ts'
import type { Db } from './database/connection.ts'
import { publisher } from './facts.ts'
import { timeOrderedId } from './identifier.ts'
import type { JobQueue } from './jobs.ts'

/** What actions, jobs and runs are given in one transaction. */
export function newContext(parts: { db: Db; now: Date; actor: Actor; queue: JobQueue; house: House; reach?: Reach }): Context {
  const { db, now, actor, queue, house, reach = 'all' } = parts
  return {
    db,
    now,
    actor,
    reach,
    newId: () => timeOrderedId(now),
    publish: publisher(db, now, actor, queue),
    wake: (fact, payload) => queue.react(db, fact.name, fact.payload.parse(payload) as Record<string, unknown>),
    house,
    actingAs: (other) => newContext({ ...parts, actor: other }),
  }
}
