import { notify } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { job } from '#platform/module.ts'
import { commitmentHandedOver, commitmentMade, commitmentStateChanged } from './facts.ts'
import { commitmentById } from './store/commitments.ts'

/** What somebody else brought about is news; what one did oneself is not. */
export const jobs = [
  job({
    name: 'commitments.tell-owner',
    on: commitmentMade,
    run: (context, { commitmentId, ownerId, requestedBy }) =>
      ownerId === requestedBy ? Promise.resolve() : tell(context, 'assigned', commitmentId, ownerId),
  }),
  job({
    name: 'commitments.tell-new-owner',
    on: commitmentHandedOver,
    run: (context, { commitmentId, ownerId }) => tell(context, 'assigned', commitmentId, ownerId),
  }),
  job({
    name: 'commitments.tell-requester',
    on: commitmentStateChanged,
    run: (context, { commitmentId, ownerId, requestedBy, after }) =>
      after === 'open' || ownerId === requestedBy ? Promise.resolve() : tell(context, after, commitmentId, requestedBy),
  }),
]

async function tell(context: Context, what: 'assigned' | 'done' | 'cancelled', commitmentId: string, userId: string): Promise<void> {
  const commitment = await commitmentById(context.db, commitmentId)
  if (!commitment) return
  const values = { title: commitment.title }
  await notify(context, { to: [userId], kind: `commitments.${what}`, values, link: `/commitments/${commitmentId}` })
}
