import { customerOwners, type Followed, noteFollowed } from '#modules/customers/public.ts'
import type { Context } from '#platform/context.ts'
import { happened } from '../domain/event.ts'
import { takingOver } from '../domain/hand-over.ts'
import { casesTakenOver } from '../facts.ts'
import { goingOf } from '../store/lists.ts'
import { heldCase, perform } from './performing.ts'

const batch = 200
/** How what followed customers who were handed over is written down there. */
export const followedKind = 'cases'

/**
 * Gives every case that somebody handles and that has not ended to those who take over; one of which nobody can be given, since it is about all of them, to nobody. Who may, the caller has decided.
 * Says how many each got.
 */
export async function handOverCases(
  context: Context,
  fromUserId: string,
  successors: readonly string[],
  runId: string,
): Promise<ReadonlyMap<string, number>> {
  const given = new Map<string, number>()
  const others = successors.filter((id) => id !== fromUserId)
  if (others.length === 0) return given
  const next = takingOver(others)
  // What was handed over is no longer found, so each part begins at the beginning.
  for (;;) {
    const rows = await goingOf(context.db, fromUserId, null, batch)
    if (rows.length === 0) return given
    const accounts = await customerOwners(context.db, [...new Set(rows.map(({ customerId }) => customerId))])
    const counts = new Map<string, number>()
    const followed: Followed[] = []
    for (const { id, customerId } of rows) {
      const found = await heldCase(context, id, null)
      const about = [found.state.record.target?.userId ?? null, found.state.responsible?.userId ?? null]
      const ownerId = next(accounts.get(customerId)?.ownerId ?? null, about)
      await perform(context, found, happened('assigned', { ownerId, why: null }), { unasked: true, untold: true })
      followed.push({ id, ownerId })
      if (ownerId !== null) counts.set(ownerId, (counts.get(ownerId) ?? 0) + 1)
    }
    await noteFollowed(context.db, runId, followedKind, followed)
    for (const [userId, count] of counts) given.set(userId, (given.get(userId) ?? 0) + count)
    await context.publish(casesTakenOver, { fromUserId, given: [...counts].map(([userId, cases]) => ({ userId, cases })) })
  }
}
