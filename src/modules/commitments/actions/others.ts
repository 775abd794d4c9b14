import { customerOwners, noteFollowed } from '#modules/customers/public.ts'
import type { Context } from '#platform/context.ts'
import type { Commitment, Origin } from '../domain/commitment.ts'
import { takingOver } from '../domain/hand-over.ts'
import { changedTerms, type Said } from '../domain/terms.ts'
import { commitmentHandedOver, commitmentsTakenOver } from '../facts.ts'
import { commitmentById, giveToOthers } from '../store/commitments.ts'
import { insertEvents } from '../store/events.ts'
import { ofOrigin, openOf } from '../store/lists.ts'
import { type ChangeOptions, changeState, changeTerms, eventOf, factOf, timeZoneOf } from './making.ts'
import { completeCommitment } from './write.ts'

const batch = 200
/** How what followed customers who were handed over is written down there. */
export const followedKind = 'commitments'

/**
 * Gives everything open that somebody owes to those who take over, in the transaction of the caller, also where their time is taken; who may, the caller has decided. Says how many each got.
 */
export async function handOverCommitments(
  context: Context,
  fromOwner: string,
  successors: readonly string[],
  runId: string,
): Promise<ReadonlyMap<string, number>> {
  const given = new Map<string, number>()
  const others = successors.filter((id) => id !== fromOwner)
  if (others.length === 0) return given
  const next = takingOver(others)
  // What was handed over is no longer found, so each part begins at the beginning.
  for (;;) {
    const items = await openOf(context.db, fromOwner, null, null, batch)
    if (items.length === 0) return given
    await handOverBatch(context, fromOwner, items, next, given, runId)
  }
}

/** Only who owes it becomes another: what was written meanwhile stays, and what would no longer be taken as whole is handed over all the same. */
async function handOverBatch(
  context: Context,
  fromUserId: string,
  items: readonly Commitment[],
  next: ReturnType<typeof takingOver>,
  given: Map<string, number>,
  runId: string,
): Promise<void> {
  const ids = items.flatMap(({ customerId }) => customerId ?? [])
  const accounts = await customerOwners(context.db, [...new Set(ids)])
  const each = items.map(({ customerId, id }) => ({
    customerId,
    id,
    fromOwner: fromUserId,
    ownerId: next((customerId && accounts.get(customerId)?.ownerId) || null),
  }))
  const reached = await giveToOthers(context.db, each)
  if (reached.length === 0) return
  await noteFollowed(context.db, runId, followedKind, reached)
  await insertEvents(
    context.db,
    reached.map((one) => eventOf(context, one, 'handed-over', { ownerId: [fromUserId, one.ownerId] }, null)),
  )
  const counts = new Map<string, number>()
  for (const { ownerId } of reached) counts.set(ownerId, (counts.get(ownerId) ?? 0) + 1)
  for (const [userId, count] of counts) given.set(userId, (given.get(userId) ?? 0) + count)
  await context.publish(commitmentsTakenOver, { fromUserId, given: [...counts].map(([userId, commitments]) => ({ userId, commitments })) })
}

/** Says of one commitment that another module brought about when and where it takes place now, and who owes it; what is closed stays as it is. Null where there is none. */
export async function moveCommitment(
  context: Context,
  id: string,
  { ownerId, ...said }: Pick<Said, 'startsAt' | 'endsAt' | 'place'> & { readonly ownerId: string },
  options: ChangeOptions,
): Promise<Commitment | null> {
  const one = await commitmentById(context.db, id)
  if (one?.state !== 'open') return one
  const terms = changedTerms(one, said, await timeZoneOf(context))
  const moved = await changeTerms(context, one, { ...terms, ownerId }, 'changed', options)
  if (moved.ownerId !== one.ownerId) await context.publish(commitmentHandedOver, { ...factOf(moved), before: one.ownerId })
  return moved
}

/** Closes one commitment that another module brought about; what is closed already stays as it is. Null where there is none. */
export async function settleCommitment(
  context: Context,
  id: string,
  to: 'done' | 'cancelled',
  outcome: string | null,
): Promise<Commitment | null> {
  const one = await commitmentById(context.db, id)
  if (one?.state !== 'open') return one
  if (to === 'done') return (await completeCommitment(context, one, { outcome })).done
  return changeState(context, one, to, outcome, one.interactionId)
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
