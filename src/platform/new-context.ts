import type { Actor, Context, House } from './context.ts'
import type { Db } from './database/connection.ts'
import { publisher } from './facts.ts'
import { timeOrderedId } from './identifier.ts'
import type { JobQueue } from './jobs.ts'

/** What actions, jobs and runs are given in one transaction. */
export function newContext(parts: { db: Db; now: Date; actor: Actor; queue: JobQueue; house: House }): Context {
  const { db, now, actor, queue, house } = parts
  return {
    db,
    now,
    actor,
    newId: () => timeOrderedId(now),
    publish: publisher(db, now, actor, queue),
    house,
    actingAs: (other) => newContext({ ...parts, actor: other }),
  }
}
