import { followedBy, holdCustomers } from '#modules/customers/public.ts'
import type { Context } from '#platform/context.ts'
import type { Undone } from '#platform/module.ts'
import type { RunView } from '#platform/runs/run-kind.ts'
import { maySignIn } from '#platform/sign-in/users.ts'
import { happened } from '../domain/event.ts'
import { casesTakenOver } from '../facts.ts'
import { caseById } from '../store/cases.ts'
import { heldCase, perform } from './performing.ts'
import { followedKind } from './taking-over.ts'

/**
 * A hand-over is taken back: the cases that followed it, have not ended and are still with whoever took them over go back to whoever handled them, with what was done in them meanwhile. What ended or went to
 * another since stays and is named, and so does what has come to be about whoever would get it back, and everything where they cannot sign in.
 */
export async function giveCasesBack(context: Context, of: RunView): Promise<Readonly<Record<string, Undone>>> {
  const { fromUserId } = of.input as { readonly fromUserId: string }
  const left: { id: string; why: string }[] = []
  const back = new Map<string, number>()
  let restored = 0
  const signsIn = await maySignIn(context.db, fromUserId)
  for (const { id, ownerId } of await followedBy(context.db, of.id, followedKind)) {
    const row = await caseById(context.db, id)
    // Of a case that is gone with its customer nothing is written any more.
    if (!row || row.ownerId === fromUserId || !(await holdCustomers(context.db, [row.customerId])).has(row.customerId)) continue
    const found = await heldCase(context, id, null)
    const why = whyNot(found.state, ownerId, fromUserId, signsIn)
    if (why !== null) {
      left.push({ id, why })
      continue
    }
    await perform(context, found, happened('assigned', { ownerId: fromUserId, why: null }), { unasked: true, untold: true })
    restored++
    if (ownerId !== null) back.set(ownerId, (back.get(ownerId) ?? 0) + 1)
  }
  for (const [userId, cases] of back) await context.publish(casesTakenOver, { fromUserId: userId, given: [{ userId: fromUserId, cases }] })
  return { cases: { restored, left } }
}

function whyNot(
  now: { readonly state: string; readonly ownerId: string | null; readonly about: readonly string[] },
  givenTo: string | null,
  fromUserId: string,
  signsIn: boolean,
): string | null {
  if (now.state !== 'open' && now.state !== 'resolved') return 'ended'
  if (now.ownerId !== givenTo) return 'given-on'
  return now.about.includes(fromUserId) ? 'about-them' : signsIn ? null : 'cannot-sign-in'
}
