import type { z } from 'zod'
import {
  approachesTo,
  customersHandedOver,
  departureHandedOver,
  holdCustomers,
  noteFollowed,
  servicePurpose,
  stillHandedOver,
  successorsOf,
} from '#modules/customers/public.ts'
import {
  dayIn,
  notify,
  organizationProfile,
  passwordReplaced,
  readSetting,
  secondFactorReset,
  sessionsEnded,
  userDisabled,
} from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { Fact } from '#platform/fact.ts'
import { lastHappened } from '#platform/facts.ts'
import { derivedId } from '#platform/identifier.ts'
import { job } from '#platform/module.ts'
import { identityUnlinked, passwordChanged } from '#platform/sign-in/facts.ts'
import { callsKind } from './actions/giving-back.ts'
import { makeMany } from './actions/making.ts'
import { handOverCommitments } from './actions/others.ts'
import { type Approach, type Channel, formOf, isLeftAlone } from './domain/channel.ts'
import type { Commitment } from './domain/commitment.ts'
import { commitmentHandedOver, commitmentMade, commitmentStateChanged } from './facts.ts'
import { nextStepJobs } from './jobs/next-steps.ts'
import { promiseJobs } from './jobs/promises.ts'
import { commitmentById } from './store/commitments.ts'
import { deleteFeedMadeUntil } from './store/feeds.ts'
import { texts } from './texts/index.ts'

/** What ends somebody’s sessions also ends the private address of their calendar, which was made in one. */
const endings = [passwordChanged, passwordReplaced, secondFactorReset, sessionsEnded, identityUnlinked, userDisabled] as const

/** What somebody else brought about is news; what one did oneself is not. */
export const jobs = [
  ...nextStepJobs,
  ...promiseJobs,
  ...endings.map((on: Fact<z.ZodType<{ readonly userId: string }>>) =>
    job({
      name: `commitments.end-feed-on-${on.name.split('.')[1]}`,
      on,
      // Whoever made a new address before the job ran keeps it.
      run: async ({ db, now }, { userId }) => deleteFeedMadeUntil(db, userId, (await lastHappened(db, on, userId)) ?? now),
    }),
  ),
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
    name: 'commitments.take-over',
    on: departureHandedOver,
    run: async (context, { runId, fromUserId, shares }) => {
      if (!(await stillHandedOver(context.db, runId))) return
      const given = await handOverCommitments(
        context,
        fromUserId,
        shares.map(({ userId }) => userId),
        runId,
      )
      for (const [userId, count] of given)
        await notify(context, { to: [userId], kind: 'commitments.taken-over', values: { count }, link: '/my-day' })
    },
  }),
  job({
    name: 'commitments.call-after-hand-over',
    on: customersHandedOver,
    run: async (context, { runId, calls }) => {
      if (!(await stillHandedOver(context.db, runId))) return
      const { locale, timeZone } = await readSetting(context.db, organizationProfile)
      const dueDay = dayIn(timeZone, new Date(context.now.getTime() + callWithin * 86_400_000))
      const origin = { module: callsFrom, id: runId }
      const called = await ownersToCall(context, calls)
      const approaches = await approachesTo(context.db, [...called.keys()], servicePurpose)
      // Whoever refused everything is introduced to nobody.
      const each = [...called]
        .filter(([customerId]) => !isLeftAlone(approaches.get(customerId) ?? nothingSaid))
        .map(([customerId, ownerId]) => ({ id: derivedId('commitment', 'hand-over', `${runId} ${customerId}`), customerId, ownerId }))
        .toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1))
      const made: Commitment[] = []
      for (const [channel, those] of Map.groupBy(each, ({ customerId }) => greetedBy(approaches.get(customerId) ?? nothingSaid))) {
        const title = texts[locale][channel === 'call' ? 'calledAfterHandOver' : 'greetedAfterHandOver']
        made.push(...(await makeMany(context, { kind: 'task', title, channel, dueDay, origin }, those)))
      }
      await noteFollowed(context.db, runId, callsKind, made)
      // Of all of them their owner hears at once.
      const counts = new Map<string, number>()
      for (const { ownerId } of made) counts.set(ownerId, (counts.get(ownerId) ?? 0) + 1)
      for (const [ownerId, count] of counts)
        await notify(context, { to: [ownerId], kind: 'commitments.calls', values: { count }, link: '/my-day' })
    },
  }),
]

/** Days within which a customer whom somebody new looks after should hear their voice. */
const callWithin = 7
/** The module whose hand-overs bring calls about. */
const callsFrom = 'customers'

const nothingSaid: Approach = { offered: [], refused: [], liked: null }

/** A call, unless they refused calls: then what they like best of what they allow; null where nothing is known to do it by. */
function greetedBy({ offered, refused }: Approach): Channel | null {
  if (!refused.includes('phone')) return 'call'
  const other = offered[0]
  return other ? formOf(other.channel) : null
}

/** Who should call which customer. Whoever was merged into another since is called as the other, and whoever is no more is left out. */
async function ownersToCall(
  { db }: Context,
  calls: readonly { readonly customerId: string; readonly ownerId: string }[],
): Promise<ReadonlyMap<string, string>> {
  // From here on nobody is merged or taken away.
  await holdCustomers(db, [])
  const ids = calls.map(({ customerId }) => customerId)
  const merged = await successorsOf(db, ids)
  const there = await holdCustomers(db, [...ids, ...merged.values()])
  return new Map(
    calls.flatMap(({ customerId, ownerId }) => {
      const now = merged.get(customerId) ?? customerId
      return there.has(now) ? [[now, ownerId] as const] : []
    }),
  )
}

async function tell(context: Context, what: 'assigned' | 'done' | 'cancelled', commitmentId: string, userId: string): Promise<void> {
  const commitment = await commitmentById(context.db, commitmentId)
  if (!commitment) return
  const values = { title: commitment.title }
  await notify(context, { to: [userId], kind: `commitments.${what}`, values, link: `/commitments/${commitmentId}` })
}
