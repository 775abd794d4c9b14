import type { Context, Reach } from './context.ts'
import { publisher } from './facts.ts'
import { timeOrderedId } from './identifier.ts'
import type { JobQueue } from './jobs.ts'

interface ContextParts extends Pick<Context, 'db' | 'now' | 'actor' | 'house'> {
  readonly queue: JobQueue
  readonly reach?: Reach
  readonly visit?: Context['visit']
  readonly link?: Context['link']
  readonly looksAt?: Context['looksAt']
}

/** What actions, jobs and runs are given in one transaction. */
export function newContext(parts: ContextParts): Context {
  const { db, now, actor, queue, house, reach = 'all', visit, link, looksAt } = parts
  return {
    db,
    now,
    actor,
    reach,
    newId: () => timeOrderedId(now),
    publish: publisher(db, now, actor, queue),
    wake: (fact, payload) => queue.react(db, fact.name, fact.payload.parse(payload) as Record<string, unknown>),
    house,
    ...(visit ? { visit } : {}),
    ...(link ? { link } : {}),
    ...(looksAt ? { looksAt } : {}),
    actingAs: (other) => newContext({ ...parts, actor: other }),
  }
}
