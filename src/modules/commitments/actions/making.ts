import { holdCustomers } from '#modules/customers/public.ts'
import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import {
  type Commitment,
  changesBetween,
  type Kind,
  lacksOf,
  type Origin,
  type State,
  type Terms,
  type timedKinds,
} from '../domain/commitment.ts'
import { newTerms, type Said } from '../domain/terms.ts'
import { commitmentMade, commitmentRescheduled, commitmentStateChanged, manyMade } from '../facts.ts'
import { cancelOpen, commitmentById, insertCommitments, lockCalendarOf, takenBy, updateCommitment } from '../store/commitments.ts'
import { type Happening, insertEvents, type NewEvent } from '../store/events.ts'
import { commitmentsWithin } from './reach.ts'

export interface Draft extends Said {
  readonly kind: Kind
  readonly title: string
  readonly customerId?: string | null | undefined
  /** Who owes it; the actor where it is left out. */
  readonly ownerId?: string | undefined
  /** Who asked for it; the actor where it is left out. */
  readonly requestedBy?: string
  /** The same id twice makes one commitment. */
  readonly id?: string
  readonly origin?: Origin
  /** The time of the owner may be taken already. */
  readonly evenSo?: boolean | undefined
}

export const timeZoneOf = async ({ db }: Context): Promise<string> => (await readSetting(db, organizationProfile)).timeZone

/** Makes a commitment: whole, about somebody who is there, at a time that is free; with its history and its fact. */
export async function makeCommitment(context: Context, draft: Draft): Promise<Commitment> {
  const { actor, newId } = context
  const {
    kind,
    customerId = null,
    ownerId = actor.id,
    requestedBy = actor.id,
    id = newId(),
    origin = null,
    evenSo = false,
    ...said
  } = draft
  const terms = newTerms({ kind, ownerId, requestedBy }, said, await timeZoneOf(context))
  return enter(context, { terms, customerId, id, origin, evenSo })
}

/** The same with terms that are known already, such as those of a series. */
export async function enter(
  context: Context,
  {
    terms,
    customerId,
    id,
    origin,
    evenSo,
  }: { terms: Terms; customerId: string | null; id: string; origin: Origin | null; evenSo: boolean },
): Promise<Commitment> {
  const { db } = context
  mustBeWhole(terms, customerId !== null)
  if (customerId !== null) await holdCustomer(context, customerId)
  if (!evenSo) await mustBeFree(context, terms, id)
  const made = opened(context, terms, { customerId, id, origin })
  if (!(await insertCommitments(db, [made])).has(id)) return (await commitmentById(db, id)) ?? made
  await note(context, made, 'created', {}, null)
  await context.publish(commitmentMade, { ...factOf(made), dueDay: made.dueDay })
  return made
}

/** What many commitments have in common; they are due by a day, and take nobody's time. */
export interface ManyAlike extends Said {
  readonly kind: Exclude<Kind, (typeof timedKinds)[number]>
  readonly title: string
  readonly origin: Origin
}

/** Makes one for each of many customers: whole, in one statement, with one fact for all that are new, which it answers. The caller holds the customers. The same id twice makes one commitment. */
export async function makeMany(
  context: Context,
  { kind, origin, ...said }: ManyAlike,
  each: readonly { readonly id: string; readonly customerId: string; readonly ownerId: string }[],
): Promise<readonly Commitment[]> {
  const timeZone = await timeZoneOf(context)
  const wanted = each.map(({ id, customerId, ownerId }) => {
    const terms = newTerms({ kind, ownerId, requestedBy: context.actor.id }, said, timeZone)
    mustBeWhole(terms, true)
    return opened(context, terms, { customerId, id, origin })
  })
  const fresh = await insertCommitments(context.db, wanted)
  const made = wanted.filter(({ id }) => fresh.has(id))
  const first = made[0]
  if (!first) return []
  await insertEvents(
    context.db,
    made.map((one) => eventOf(context, one, 'created', {}, null)),
  )
  const commitments = made.map(({ customerId, id, ownerId }) => ({ customerId: customerId!, commitmentId: id, ownerId }))
  await context.publish(manyMade, { kind, requestedBy: first.requestedBy, origin: { ...origin }, dueDay: first.dueDay, commitments })
  return made
}

const opened = (
  { now, actor }: Context,
  terms: Terms,
  about: { readonly customerId: string | null; readonly id: string; readonly origin: Origin | null },
): Commitment => {
  const open = { state: 'open', outcome: null, closedAt: null, closedBy: null, interactionId: null } as const
  return { ...terms, ...open, ...about, createdAt: now, createdBy: actor.id, version: 1 }
}

export interface ChangeOptions {
  readonly note?: string | undefined
  /** The time of the owner may be taken already. */
  readonly evenSo?: boolean | undefined
}

/** Writes a change of terms: whole, at a free time, with its history. What stays as it was, is not written. */
export async function changeTerms(
  context: Context,
  before: Commitment,
  terms: Terms,
  what: Happening,
  options: ChangeOptions,
): Promise<Commitment> {
  mustBeWhole(terms, before.customerId !== null)
  const changes = changesBetween(before, terms)
  if (Object.keys(changes).length === 0) return before
  const moves = 'startsAt' in changes || 'endsAt' in changes || 'ownerId' in changes
  if (moves && !options.evenSo) await mustBeFree(context, terms, before.id)
  const after = await write(context, { ...before, ...terms })
  await note(context, after, what, changes, options.note ?? null)
  const { startsAt, endsAt } = after
  if (('startsAt' in changes || 'endsAt' in changes) && startsAt && endsAt)
    await context.publish(commitmentRescheduled, { ...factOf(after), startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() })
  return after
}

/** Closes or opens a commitment, with its history and its fact. What is open has not come out yet: an outcome that is kept is only what it may be done with again. */
export async function changeState(
  context: Context,
  before: Commitment,
  state: State,
  outcome: string | null,
  interactionId: string | null,
): Promise<Commitment> {
  const { now, actor } = context
  const closed = state === 'open' ? { closedAt: null, closedBy: null } : { closedAt: now, closedBy: actor.id }
  const after = await write(context, { ...before, ...closed, state, outcome, interactionId })
  const said = state === 'open' ? null : outcome
  await note(context, after, state === 'open' ? 'reopened' : state === 'done' ? 'completed' : 'cancelled', {}, said)
  await context.publish(commitmentStateChanged, { ...factOf(after), before: before.state, after: state, outcome: said })
  return after
}

/** Calls off many that are open, in one statement, each with its history and its fact. Says how many. */
export async function cancelMany(context: Context, open: readonly Commitment[]): Promise<number> {
  if (open.length === 0) return 0
  const { db, now, actor } = context
  const reached = await cancelOpen(db, open, now, actor.id)
  const cancelled = open.flatMap((one) => (reached.has(one.id) ? [{ ...one, version: reached.get(one.id)! }] : []))
  await insertEvents(
    db,
    cancelled.map((one) => eventOf(context, one, 'cancelled', {}, null)),
  )
  for (const one of cancelled)
    await context.publish(commitmentStateChanged, { ...factOf(one), before: 'open', after: 'cancelled', outcome: null })
  return cancelled.length
}

async function write(context: Context, commitment: Commitment): Promise<Commitment> {
  if (!(await updateCommitment(context.db, commitment))) throw changedMeanwhile()
  return { ...commitment, version: commitment.version + 1 }
}

const note = (context: Context, ...happened: Happened) => insertEvents(context.db, [eventOf(context, ...happened)])

type Happened = [
  of: Pick<Commitment, 'customerId' | 'id' | 'version'>,
  what: Happening,
  changes: ReturnType<typeof changesBetween>,
  words: string | null,
]

export const eventOf = ({ now, actor, newId }: Context, ...[{ customerId, id, version }, what, changes, words]: Happened): NewEvent => ({
  customerId,
  commitmentId: id,
  id: newId(),
  version,
  what,
  changes,
  note: words,
  at: now,
  by: actor.id,
})

export const factOf = ({ customerId, id, kind, ownerId, requestedBy, origin }: Commitment) => ({
  customerId,
  commitmentId: id,
  kind,
  ownerId,
  requestedBy,
  origin: origin && { ...origin },
})

export async function holdCustomer({ db }: Context, customerId: string): Promise<void> {
  if (!(await holdCustomers(db, [customerId])).has(customerId)) throw refuse('missing', 'no-such-customer', 'There is no such customer')
}

function mustBeWhole(terms: Terms, aboutCustomer: boolean): void {
  const lacks = lacksOf(terms, aboutCustomer)
  const first = lacks[0]
  if (!first) return
  const fields = lacks.map(({ field, reason }) => ({ field, reason, detail: sentences[reason] ?? reason }))
  throw refuse('invalid', first.reason, sentences[first.reason] ?? first.reason, { fields })
}
const sentences: Readonly<Record<string, string>> = {
  required: 'This is needed',
  'visit-needs-purpose': 'A visit without a purpose cannot be scheduled',
  'visit-needs-customer': 'A visit needs the customer who is visited',
  'time-needed': 'It takes place, so it needs a beginning and an end',
  'ends-before-start': 'It must end after it starts',
  'too-long': 'It may last two weeks at most',
  'no-time-wanted': 'Only visits and appointments take place at a time; others are due',
  'day-needed': 'It needs the day by which it is due',
  'only-reviews-repeat': 'Only reviews and tasks come back',
  'contact-needs-customer': 'A contact needs the customer who is contacted',
}

/** Of what takes the time, only those hear whom it may concern: a title can say more of a customer than they may know. */
export async function mustBeFree({ db, reach }: Context, { ownerId, startsAt, endsAt }: Terms, except: string): Promise<void> {
  if (!startsAt || !endsAt) return
  await lockCalendarOf(db, ownerId)
  const taken = await takenBy(db, ownerId, startsAt, endsAt, except)
  if (!taken) return
  const fields = [{ field: 'startsAt', reason: 'time-taken', detail: 'This time is taken' }]
  const [seen] = await commitmentsWithin(db, reach, [taken])
  if (!seen) throw refuse('conflict', 'time-taken-unseen', 'This time is taken; choose another, or book it all the same', { fields })
  throw refuse('conflict', 'time-taken', `This time is taken by “${seen.title}”; choose another, or book it all the same`, {
    fields,
    values: { title: seen.title },
  })
}
