import { customerOwners } from '#modules/customers/public.ts'
import type { Context } from '#platform/context.ts'
import type { Commitment, Origin } from '../domain/commitment.ts'
import { takingOver } from '../domain/hand-over.ts'
import { commitmentsTakenOver } from '../facts.ts'
import { ofOrigin, openOf } from '../store/lists.ts'
import { changeState, changeTerms } from './making.ts'
import { completeCommitment } from './write.ts'

const batch = 200

/**
 * Gives everything open that somebody owes to those who take over, in the transaction of the caller, also where their time is taken; who may, the caller has decided. Says how many each got.
 */
export async function handOverCommitments(
  context: Context,
  fromOwner: string,
  successors: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const given = new Map<string, number>()
  const others = successors.filter((id) => id !== fromOwner)
  if (others.length === 0) return given
  const next = takingOver(others)
  // What was handed over is no longer found, so each part begins at the beginning.
  for (;;) {
    const items = await openOf(context.db, fromOwner, null, null, batch)
    if (items.length > 0) await handOverBatch(context, fromOwner, items, next, given)
    if (items.length < batch) return given
  }
}

async function handOverBatch(
  context: Context,
  fromUserId: string,
  items: readonly Commitment[],
  next: ReturnType<typeof takingOver>,
  given: Map<string, number>,
): Promise<void> {
  const ids = items.flatMap(({ customerId }) => customerId ?? [])
  const accounts = await customerOwners(context.db, [...new Set(ids)])
  const counts = new Map<string, number>()
  for (const commitment of items) {
    const ownerId = next((commitment.customerId && accounts.get(commitment.customerId)?.ownerId) || null)
    await changeTerms(context, commitment, { ...commitment, ownerId }, 'handed-over', { evenSo: true })
    counts.set(ownerId, (counts.get(ownerId) ?? 0) + 1)
  }
  for (const [userId, count] of counts) given.set(userId, (given.get(userId) ?? 0) + count)
  await context.publish(commitmentsTakenOver, { fromUserId, given: [...counts].map(([userId, commitments]) => ({ userId, commitments })) })
}

/** Closes what another module brought about for a reason that is settled or has gone. */
export async function settleOrigin(
  context: Context,
  customerId: string,
  origin: Origin,
  to: 'done' | 'cancelled',
  outcome: string | null,
): Promise<void> {
  for (const one of await ofOrigin(context.db, customerId, origin)) {
    if (one.state !== 'open') continue
    if (to === 'done' && one.kind !== 'visit') await completeCommitment(context, one, { outcome })
    else await changeState(context, one, to, outcome, one.interactionId)
  }
}
