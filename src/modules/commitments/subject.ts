import type { Context } from '#platform/context.ts'
import type { Subject } from '#platform/subject/subject.ts'
import { updateCommitment } from './store/commitments.ts'
import { insertEvents } from './store/events.ts'
import { openAbout } from './store/lists.ts'
import { commitmentTables } from './store/subject.ts'

/** What becomes of commitments and signals when two customers are merged, one is exported, or one is erased. */
export const commitmentSubject: Subject = { tables: commitmentTables, erased: cancelOpen }

/** Nobody can keep what was promised to a person of whom nothing is known any more. Nobody is told of it one by one: the erasure says it. */
async function cancelOpen({ db, now, actor, newId }: Context, customerIds: readonly string[]): Promise<void> {
  for (const one of await openAbout(db, customerIds)) {
    await updateCommitment(db, { ...one, state: 'cancelled', closedAt: now, closedBy: actor.id })
    const { customerId, id, version } = one
    const event = { customerId, commitmentId: id, id: newId(), version: version + 1, what: 'cancelled' as const, changes: {}, note: null }
    await insertEvents(db, [{ ...event, at: now, by: actor.id }])
  }
}
