import { customersHandedOver } from '#modules/customers/public.ts'
import { dayIn, notify, organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { derivedId } from '#platform/identifier.ts'
import { job } from '#platform/module.ts'
import { makeCommitment } from './actions/making.ts'
import { commitmentHandedOver, commitmentMade, commitmentStateChanged } from './facts.ts'
import { commitmentById } from './store/commitments.ts'
import { texts } from './texts/index.ts'

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
  job({
    name: 'commitments.call-after-hand-over',
    on: customersHandedOver,
    run: async (context, { runId, calls }) => {
      const { locale, timeZone } = await readSetting(context.db, organizationProfile)
      const dueDay = dayIn(timeZone, new Date(context.now.getTime() + callWithin * 86_400_000))
      const what = { kind: 'task', title: texts[locale].calledAfterHandOver, channel: 'call', dueDay } as const
      for (const { customerId, ownerId } of calls)
        await makeCommitment(context, {
          ...what,
          customerId,
          ownerId,
          id: derivedId('commitment', 'hand-over', `${runId} ${customerId}`),
          origin: { module: 'customers', id: runId },
        })
    },
  }),
]

/** Days within which a customer whom somebody new looks after should hear their voice. */
const callWithin = 7

async function tell(context: Context, what: 'assigned' | 'done' | 'cancelled', commitmentId: string, userId: string): Promise<void> {
  const commitment = await commitmentById(context.db, commitmentId)
  if (!commitment) return
  const values = { title: commitment.title }
  await notify(context, { to: [userId], kind: `commitments.${what}`, values, link: `/commitments/${commitmentId}` })
}
