import type { Context } from '#platform/context.ts'
import type { Commitment, Origin } from '../domain/commitment.ts'
import { ofOrigin, openOf, type Place, placeOf } from '../store/lists.ts'
import { changeState } from './making.ts'
import { completeCommitment, handOverOne } from './write.ts'

const batch = 200

/** Everything open that somebody owes, by date, in parts of two hundred: for whoever looks at what a leaving colleague leaves behind. */
export async function openCommitmentsOf(
  { db }: Context,
  ownerId: string,
  after: Place | null = null,
): Promise<{ items: readonly Commitment[]; next: Place | null }> {
  const rows = await openOf(db, ownerId, null, after, batch + 1)
  const items = rows.slice(0, batch)
  return { items, next: rows.length > batch ? placeOf(items.at(-1)!) : null }
}

/** Gives everything open that one owes to another, in the transaction of the caller, also where their time is taken; who may, the caller has decided. Says how many. */
export async function handOverCommitments(context: Context, fromOwner: string, toOwner: string, note: string): Promise<number> {
  if (fromOwner === toOwner) return 0
  let handed = 0
  // What was handed over is no longer found, so each part begins at the beginning.
  for (;;) {
    const { items } = await openCommitmentsOf(context, fromOwner)
    for (const commitment of items) await handOverOne(context, commitment, toOwner, { note, evenSo: true })
    handed += items.length
    if (items.length < batch) return handed
  }
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
