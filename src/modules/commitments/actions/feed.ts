import { customerNames, customersWithin } from '#modules/customers/public.ts'
import { grantsInAbsence, organizationProfile, readSetting, refuseAccountBeyondOwn, refuseKey } from '#modules/organization/public.ts'
import type { Context, Reach } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import type { Actions } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import { hashOf, randomToken } from '#platform/sign-in/credentials.ts'
import { mailboxesOf, userById } from '#platform/sign-in/users.ts'
import type { commitmentsApi } from '../api.ts'
import type { Commitment } from '../domain/commitment.ts'
import { type CalendarEvent, icalendar, type Participant } from '../domain/icalendar.ts'
import { deleteFeed, feedMadeAt, feedOwner, saveFeed } from '../store/feeds.ts'
import { inCalendar } from '../store/lists.ts'
import { commitmentsWithin } from './reach.ts'
import { existing } from './write.ts'

const mediaType = 'text/calendar; charset=utf-8'
const dayLength = 86_400_000
const daysBack = 60
const daysAhead = 400
const mostEvents = 1000

type Fed = Pick<
  Actions<typeof commitmentsApi>,
  'feed' | 'makeFeed' | 'revokeFeed' | 'feedOfUser' | 'revokeFeedOfUser' | 'readFeed' | 'file'
>
export const feedActions: Fed = {
  feed: async ({ db, actor }) => ({ madeAt: await feedMadeAt(db, actor.id) }),

  async makeFeed(context) {
    const { db, now, actor } = context
    // The address outlives the key that would make it.
    refuseKey(context)
    const token = randomToken()
    await saveFeed(db, actor.id, hashOf(token), now)
    return { path: `/api/v1/commitments/feeds/${token}.ics`, madeAt: now }
  },

  async revokeFeed({ db, actor }) {
    await deleteFeed(db, actor.id)
    return {}
  },

  async feedOfUser({ db }, { userId }) {
    await userCalled(db, userId)
    return { madeAt: await feedMadeAt(db, userId) }
  },

  async revokeFeedOfUser(context, { userId }) {
    await userCalled(context.db, userId)
    await refuseAccountBeyondOwn(context, userId)
    await deleteFeed(context.db, userId)
    return {}
  },

  /** The address stands for the person: it works as long as they may sign in and see commitments, and ends with their password. Whatever is wrong, the answer is the same. */
  async readFeed(context, { token }) {
    const { db, now } = context
    const userId = await feedOwner(db, hashOf(token.slice(0, 43)))
    const user = userId === null ? null : await userById(db, userId)
    const reach = user && (await grantsInAbsence(db, user.id))?.permissions.get('commitments.read')
    if (!user || !reach) throw refuse('missing', 'no-such-feed', 'There is no calendar at this address')
    const from = new Date(now.getTime() - daysBack * dayLength)
    const to = new Date(now.getTime() + daysAhead * dayLength)
    const found = await inCalendar(db, user.id, from, to, { due: false, cancelled: true, limit: mostEvents })
    return fileOf(context, reach, 'calendar.ics', user.name, await commitmentsWithin(db, reach, found))
  },

  async file(context, { id }) {
    const found = await existing(context, id)
    if (!found.startsAt) throw refuse('conflict', 'no-time-of-day', 'Only what takes place at a time has a calendar file')
    return fileOf(context, context.reach, `${found.title.slice(0, 80)}.ics`, found.title, [found])
  },
}

async function userCalled(db: Db, userId: string): Promise<void> {
  if (!(await userById(db, userId))) throw refuse('missing', 'no-such-user', 'There is no such user')
}

/** As on the screen: whoever owes something about a customer beyond their reach sees what they owe, and not about whom. */
async function fileOf(context: Context, reach: Reach, fileName: string, name: string, commitments: readonly Commitment[]) {
  const { db, house } = context
  const { timeZone } = await readSetting(db, organizationProfile)
  const ids = [...new Set(commitments.flatMap(({ customerId }) => customerId ?? []))]
  const names = await customerNames(db, [...(await customersWithin(db, ids, reach))])
  const people = await mailboxesOf(
    db,
    commitments.flatMap(({ ownerId, ours }) => [ownerId, ...ours]),
  )
  const events = commitments.flatMap((one) => {
    const customer = one.customerId === null ? null : (names.get(one.customerId) ?? null)
    return eventOf(one, { customer, people, address: house.address ?? null }) ?? []
  })
  return { fileName, mediaType, content: icalendar(events, { name, timeZone, madeAt: context.now }) }
}

interface Around {
  readonly customer: string | null
  readonly people: ReadonlyMap<string, Participant>
  readonly address: string | null
}

function eventOf(commitment: Commitment, { customer, people, address }: Around): CalendarEvent | null {
  const { id, title, startsAt, endsAt, purpose, plan, note, place, ownerId, ours, theirs, state, version } = commitment
  if (!startsAt || !endsAt) return null
  return {
    uid: `${id}@patron`,
    title: customer ? `${title} · ${customer}` : title,
    description: [purpose, theirs.join(', '), plan, note].filter(Boolean).join('\n') || null,
    place,
    url: address && `${address}/commitments/${id}`,
    organizer: people.get(ownerId) ?? null,
    attendees: ours.filter((userId) => userId !== ownerId).flatMap((userId) => people.get(userId) ?? []),
    startsAt,
    endsAt,
    cancelled: state === 'cancelled',
    version,
  }
}
