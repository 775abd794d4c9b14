import {
  type Approach,
  accountsOf,
  approachesTo,
  type Identity,
  identitiesOf,
  servicePurpose,
  touchesSince,
} from '#modules/customers/public.ts'
import { readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { commitmentsApi } from '../api.ts'
import { type Cadence, type CadenceReading, type Contact, likedForm, reachableForms, readCadence } from '../domain/cadence.ts'
import type { Channel } from '../domain/channel.ts'
import { dayIn } from '../domain/clock.ts'
import { beginningsOf, together } from '../domain/proactive.ts'
import { addDays } from '../domain/recurrence.ts'
import { cadenceSetting } from '../settings.ts'
import { deleteCadence, ownCadences, saveCadence } from '../store/cadences.ts'
import { plannedContacts } from '../store/lists.ts'
import { holdCustomer, timeZoneOf } from './making.ts'
import { ownerAsked } from './reach.ts'

/** How far back forms are compared, where the cadence itself looks back less far. */
const daysOfForms = 180
/** The best accounts of an owner that are looked at; nobody looks after more by hand. */
const mostAccounts = 1000
const mostShown = 100
/** Who is due within these days stands in the list already. */
const daysAhead = 7

type Paced = Pick<Actions<typeof commitmentsApi>, 'cadence' | 'setCadence' | 'removeCadence' | 'contactNext'>
export const cadenceActions: Paced = {
  async cadence(context, { customerId, day, channel, except }) {
    const account = (await identitiesOf(context.db, [customerId])).get(customerId)
    if (!account) throw refuse('missing', 'no-such-customer', 'There is no such customer')
    const { today, paceOf } = await pacesOf(context, [account], except)
    const { cadence, own, contacts } = paceOf(account)
    const reachable = reachableForms((await approachesTo(context.db, [customerId], servicePurpose)).get(customerId) ?? unknown)
    const proposal = day !== undefined && channel !== undefined ? { day, channel } : null
    const reading = readCadence(cadence, contacts, today, proposal, reachable)
    return { ...shown(reading, cadence), own, begun: begunLately(contacts, today), reachable: [...reachable] }
  },

  async setCadence(context, { customerId, before, cadence }) {
    await holdCustomer(context, customerId)
    if (!(await saveCadence(context.db, customerId, cadence, before, { by: context.actor.id, now: context.now })))
      throw changedMeanwhile('this cadence', 'before')
    return {}
  },

  async removeCadence(context, { customerId, before }) {
    const gone = await deleteCadence(context.db, customerId, before)
    if (!gone && (await ownCadences(context.db, [customerId])).has(customerId)) throw changedMeanwhile('this cadence', 'before')
    return {}
  },

  async contactNext(context, { owner }) {
    const found = await accountsOf(context.db, ownerAsked(context, owner), mostAccounts + 1)
    const accounts = found.slice(0, mostAccounts)
    const { today, read, begun } = await readAccounts(context, accounts)
    const soon = addDays(today, daysAhead)
    const allDue = read.filter(({ reading }) => reading.dueBy !== null && reading.dueBy <= soon && !isPlannedInTime(reading, today))
    // Whoever refused everything is nobody to contact, however long it is ago.
    const due = allDue.filter(({ view }) => view.propose !== null)
    return {
      today,
      // The sort is stable: among those due on the same day the best accounts stay first.
      due: due
        .toSorted((a, b) => (a.reading.dueBy! < b.reading.dueBy! ? -1 : a.reading.dueBy! > b.reading.dueBy! ? 1 : 0))
        .slice(0, mostShown)
        .map(({ view }) => view),
      tooMuch: read
        .filter(({ reading }) => reading.state === 'over-served')
        .slice(0, mostShown)
        .map(({ view }) => view),
      refused: allDue.length - due.length,
      begun,
      accounts: accounts.length,
      more: found.length > mostAccounts,
    }
  },
}

/** How the contact with some customers stands: by when the next is due, what the last was, and how to get in touch. */
export async function readContacts(context: Context, ids: readonly string[]) {
  const accounts = [...(await identitiesOf(context.db, ids)).values()]
  const { read } = await readAccounts(context, accounts)
  return new Map(read.map(({ view: { customer, dueBy, last, propose } }) => [customer.id, { dueBy, last, propose }]))
}

async function readAccounts(context: Context, accounts: readonly Identity[]) {
  const { today, paceOf } = await pacesOf(context, accounts)
  const approaches = await approachesTo(
    context.db,
    accounts.map(({ id }) => id),
    servicePurpose,
  )
  const read = accounts.map((account) => {
    const { cadence, contacts } = paceOf(account)
    const approach = approaches.get(account.id) ?? unknown
    const reachable = reachableForms(approach)
    const reading = readCadence(cadence, contacts, today, null, reachable)
    return { reading, view: accountView(account, reading, { cadence, contacts, today, liked: likedForm(approach), reachable }) }
  })
  return { today, read, begun: together(accounts.map((account) => begunLately(paceOf(account).contacts, today))) }
}

/** An account with a slower cadence is looked at further back; all are compared over the same time. */
const begunLately = (contacts: readonly Contact[], today: string) =>
  beginningsOf(contacts.filter(({ day }) => day > addDays(today, -daysOfForms)))

const isPlannedInTime = ({ dueBy, next }: CadenceReading, today: string): boolean =>
  dueBy !== null && next !== null && next.day <= (dueBy > today ? dueBy : today)

interface Pace {
  readonly cadence: Cadence
  /** Whether the account has a cadence of its own. */
  readonly own: boolean
  readonly contacts: readonly Contact[]
}

/** The cadence that holds for each account, and its past and planned contacts; without the commitment `except`, which is being planned anew. */
async function pacesOf(context: Context, accounts: readonly Identity[], except?: string) {
  const { db, now } = context
  const timeZone = await timeZoneOf(context)
  const today = dayIn(timeZone, now)
  const ids = accounts.map(({ id }) => id)
  const ofTier = await readSetting(db, cadenceSetting)
  const own = await ownCadences(db, ids)
  const cadenceOf = ({ id, tier }: Identity) => own.get(id) ?? ofTier[tier]
  const days = Math.max(daysOfForms, ...accounts.map((account) => cadenceOf(account).days))
  const past = (await touchesSince(db, ids, new Date(now.getTime() - (days + 1) * 86_400_000))).map(
    ({ customerId, occurredAt, channel, direction }) => ({
      customerId,
      contact: { day: dayIn(timeZone, occurredAt), channel, ours: direction === 'out', planned: false },
    }),
  )
  const planned = (await plannedContacts(db, ids, now)).flatMap(({ id, customerId, dueDay, channel }) =>
    id === except || customerId === null || dueDay === null || channel === null
      ? []
      : [{ customerId, contact: { day: dueDay, channel, ours: true, planned: true } }],
  )
  const contacts = Map.groupBy([...past, ...planned], ({ customerId }) => customerId)
  const paceOf = (account: Identity): Pace => ({
    cadence: cadenceOf(account),
    own: own.has(account.id),
    contacts: (contacts.get(account.id) ?? []).map(({ contact }) => contact),
  })
  return { today, paceOf }
}

/** Of somebody who is not there any more nothing is known. */
const unknown: Approach = { offered: [], refused: [], liked: null }

const shown = ({ next, ...reading }: CadenceReading, cadence: Cadence) => ({
  ...reading,
  next: next && { day: next.day, channel: next.channel },
  cadence: { ...cadence },
})

interface Seen {
  readonly cadence: Cadence
  readonly contacts: readonly Contact[]
  readonly today: string
  readonly liked: Channel | null
  readonly reachable: readonly Channel[]
}

function accountView(account: Identity, reading: CadenceReading, { cadence, contacts, today, liked, reachable }: Seen) {
  const { id, name, tier, city } = account
  const last = contacts.findLast(({ planned, day }) => !planned && day <= today) ?? null
  return {
    ...shown(reading, cadence),
    customer: { id, name, tier, city },
    last: last && { day: last.day, channel: last.channel },
    // Another form after three times the same; else what they like, or another than last time.
    propose: reading.another ?? liked ?? reachable.find((form) => form !== last?.channel) ?? reachable[0] ?? null,
  }
}
