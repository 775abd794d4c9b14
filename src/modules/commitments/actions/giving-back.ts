import { customerOwners, followedBy, holdCustomers, nobodys } from '#modules/customers/public.ts'
import type { Context } from '#platform/context.ts'
import type { Undone } from '#platform/module.ts'
import type { RunView } from '#platform/runs/run-kind.ts'
import { maySignIn } from '#platform/sign-in/users.ts'
import type { Commitment } from '../domain/commitment.ts'
import { commitmentsTakenOver } from '../facts.ts'
import { giveToOthers, heldCommitments } from '../store/commitments.ts'
import { insertEvents } from '../store/events.ts'
import { cancelMany, eventOf } from './making.ts'
import { followedKind } from './others.ts'

/** How the calls are written down that a hand-over brought about. */
export const callsKind = 'commitments.calls'
const batch = 200

/**
 * A hand-over is taken back: what followed it and is still open with whoever took it over goes back to whoever owed it, with what was written in it meanwhile. What somebody closed or gave to another since
 * stays and is named, and so does everything where whoever would get it back cannot sign in. The calls that the hand-over brought about are called off, unless somebody has made them their own since.
 */
export async function giveCommitmentsBack(context: Context, of: RunView): Promise<Readonly<Record<string, Undone>>> {
  const { fromUserId } = of.input as { readonly fromUserId: string }
  // From here on nobody is merged or taken away.
  await holdCustomers(context.db, [])
  return { commitments: await giveBack(context, of.id, fromUserId), calls: await callOff(context, of.id, fromUserId) }
}

async function giveBack(context: Context, runId: string, fromUserId: string): Promise<Undone> {
  const { db } = context
  const signsIn = await maySignIn(db, fromUserId)
  const back = new Map<string, number>()
  const left: { id: string; why: string }[] = []
  const followed = await followedBy(db, runId, followedKind)
  for (let i = 0; i < followed.length; i += batch) {
    const part = followed.slice(i, i + batch)
    const now = await heldCommitments(db, idsOf(part))
    const each = part.flatMap(({ id, ownerId }) => {
      const one = now.get(id)
      // Whatever is gone with its customer is nothing that could stay.
      if (!one || one.ownerId === fromUserId) return []
      const why = one.state !== 'open' ? one.state : one.ownerId !== ownerId ? 'given-on' : signsIn ? null : 'cannot-sign-in'
      if (why === null) return [{ customerId: one.customerId, id, fromOwner: one.ownerId, ownerId: fromUserId }]
      left.push({ id, why })
      return []
    })
    const reached = await giveToOthers(db, each)
    await insertEvents(
      db,
      reached.map((one) => eventOf(context, one, 'handed-over', { ownerId: [one.fromOwner, fromUserId] }, null)),
    )
    for (const { fromOwner } of reached) back.set(fromOwner, (back.get(fromOwner) ?? 0) + 1)
  }
  for (const [userId, commitments] of back)
    await context.publish(commitmentsTakenOver, { fromUserId: userId, given: [{ userId: fromUserId, commitments }] })
  return { restored: [...back.values()].reduce((sum, count) => sum + count, 0), left }
}

/** Only calls that are as they were made, and only of customers who went back: whoever keeps the customer still has to introduce themselves. */
async function callOff(context: Context, runId: string, fromUserId: string): Promise<Undone> {
  const { db } = context
  const former = fromUserId === nobodys ? null : fromUserId
  let restored = 0
  const left: { id: string; why: string }[] = []
  const followed = await followedBy(db, runId, callsKind)
  for (let i = 0; i < followed.length; i += batch) {
    const part = followed.slice(i, i + batch)
    const now = await heldCommitments(db, idsOf(part))
    const accounts = await customerOwners(db, [...new Set([...now.values()].flatMap(({ customerId }) => customerId ?? []))])
    const off: Commitment[] = []
    for (const { id, ownerId } of part) {
      const one = now.get(id)
      if (!one || one.state === 'cancelled') continue
      const wentBack = one.customerId !== null && accounts.get(one.customerId)?.ownerId === former
      const why =
        one.state !== 'open'
          ? one.state
          : one.ownerId !== ownerId
            ? 'given-on'
            : one.version !== 1
              ? 'changed'
              : wentBack
                ? null
                : 'customer-stays'
      if (why === null) off.push(one)
      else left.push({ id, why })
    }
    restored += await cancelMany(context, off)
  }
  return { restored, left }
}

const idsOf = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id)
